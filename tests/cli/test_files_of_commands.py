"""Whatever lies where a command is to read or write a file: one sentence, and nothing is harmed.

The commands come from the command tree itself, so a new option that names a file is tried too.
"""

import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import openpyxl
import pytest
from support.commands import Answer
from support.core import COMMUNE
from support.keeper import Keeper

from engine.cli.files import FilePath, NameOrPath
from engine.cli.main import clb
from engine.errors import ClbError
from engine.files import DatabaseFileError, write_file

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
NOBODY = 65534
LONG = "ă" * 130
"""A name of 260 bytes: no file system here takes it."""
SECONDS = 60

CLUB, FILE = "CLUB", "FILE"
AS = ("--as", "hoi_nct")
MISTAKES = str(Path(__file__).parents[1] / "rosters" / "20_nhieu_loi.xlsx")
READING: dict[str, tuple[str, ...]] = {
    "advance --form": ("advance", CLUB, "meeting", "--form", FILE, *AS),
    "advance --many": ("advance", "--many", FILE, *AS),
    "book import FILE": ("book", "import", CLUB, FILE, *AS),
    "bundle export --since": (
        "bundle", "export", "--club", CLUB, "--since", FILE, "--out", "new.clbz", "--as", "hoi_nct",
    ),
    "bundle import FILE": ("bundle", "import", FILE, "--yes", "--as", "hoi_nct"),
    "bundle rebase --from": ("bundle", "rebase", CLUB, "--from", FILE, "--as", "hoi_nct"),
    "commune import FILE": (
        "commune", "import", FILE, "--province", "bac_ninh", "--as", "quan_tri",
    ),
    "db restore FILE": ("db", "restore", FILE),
    "document render --template": (
        "document", "render", CLUB, "to_trinh", "--out", "paper.docx", "--template", FILE,
    ),
    "member import FILE": ("member", "import", CLUB, FILE, *AS),
    "officer import FILE": ("officer", "import", FILE, "--as", "quan_tri"),
    "province check WHAT": ("province", "check", FILE),
    "province impact FILE": ("province", "impact", FILE),
    "province install WHAT": ("province", "install", FILE),
}  # fmt: skip
WRITING: dict[str, tuple[str, ...]] = {
    "audit proof --out": ("audit", "proof", CLUB, "3", "--out", FILE),
    "audit seal --out": ("audit", "seal", "--province", "bac_ninh", "--out", FILE),
    "book export FILE": ("book", "export", CLUB, f"{FILE}.xlsx", *AS),
    "bundle export --out": (
        "bundle", "export", "--club", CLUB, "--out", f"{FILE}.clbz", "--as", "hoi_nct",
    ),
    "db backup FILE": ("db", "backup", FILE),
    "doctor --support": ("doctor", "--support", FILE),
    "document render --out": ("document", "render", CLUB, "to_trinh", "--out", f"{FILE}.docx"),
    "document template --out": ("document", "template", "to_trinh", "--out", f"{FILE}.docx"),
    "due --ics": ("due", "--province", "bac_ninh", "--ics", FILE),
    "export events FILE": ("export", "events", FILE),
    "member export FILE": ("member", "export", CLUB, f"{FILE}.xlsx", *AS),
    "member import --corrections": (
        "member", "import", CLUB, MISTAKES, "--skip-bad", "--keep-duplicates", "--dry-run",
        "--answer", "ages=estimate", "--answer", "household:chính sách=none",
        "--corrections", f"{FILE}.xlsx", *AS,
    ),
    "member template FILE": ("member", "template", f"{FILE}.csv"),
    "officer export FILE": ("officer", "export", f"{FILE}.csv"),
    "policy keys --schema": ("policy", "keys", "--schema", f"{FILE}.json"),
    "report build --out": (
        "report", "build", "bac_ninh", "overview", "--period", "2022", "--out", FILE,
    ),
}  # fmt: skip
FOLDERS: dict[str, tuple[str, ...]] = {
    "document dossier --out": ("document", "dossier", CLUB, "--out", FILE),
    "db backup --to": ("db", "backup", "--to", FILE),
    "demo --out": ("demo", "--out", FILE),
    "book export --to": ("book", "export", "--commune", COMMUNE, "--to", FILE, *AS),
    "book import-all FOLDER": ("book", "import-all", FILE, *AS),
    "province add --to": ("province", "add", "hook", "clb_check", "--to", FILE),
    "province new --out": ("province", "new", "tinh_thu", "--out", FILE, "--skip-tests"),
}
MARKED = ("member", "import", CLUB, "{list}", *AS, "--corrections", FILE)
"""What writes a file only when the list that it reads has mistakes, and then fails in any case."""
NEVER_OVER = {"db backup FILE"}
"""What never writes over anything that is there."""
FOLDERS_TOO = {"bundle import FILE"}
"""What takes in all files of a folder too; a folder without any is no mistake, and it says so."""
FORMS = {"advance --form"}
"""What may be read from a stream that the process was given."""


def named_files(command: click.Command, path: str = "") -> Iterator[str]:
    """Yield every option and argument of the command tree that names a file."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from named_files(found, f"{path} {name}".strip())
        return
    for one in command.params:
        if isinstance(one.type, FilePath | NameOrPath | click.File | click.Path):
            option = isinstance(one, click.Option)
            name = max(one.opts, key=len) if option else str(one.name).upper()
            yield f"{path} {'FILE' if name == 'PATH' else name}"


@pytest.fixture
def keeper(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Keeper]:
    """A database in a folder that any user may enter, and which is where the commands run."""
    folder = Path(tempfile.mkdtemp(prefix="clb-files-"))
    place = folder / "work"
    place.mkdir()
    keeper = Keeper(place, monkeypatch, capsys)
    monkeypatch.chdir(place)
    yield keeper
    shutil.rmtree(folder)


@contextmanager
def limited() -> Iterator[None]:
    """Let a command that waits for ever fail."""

    def late(_number: int, _frame: Any) -> None:
        raise AssertionError("the command waits")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def words(keeper: Keeper, command: tuple[str, ...], file: str | Path) -> list[str]:
    club = keeper.sql("SELECT id FROM club WHERE state = 'operating'")[0][0]
    return [
        word.replace(CLUB, club) if word == CLUB else word.replace(FILE, str(file), 1)
        for word in command
    ]


def refused(keeper: Keeper, command: tuple[str, ...], file: str | Path) -> Answer:
    """Run a command that must fail, as text and as JSON, and return the text's result."""
    typed = words(keeper, command, file)
    before = keeper.dump()
    with limited():
        text = keeper.run(*typed)
        answer = keeper.run(*typed, "--json")
    assert text.code == answer.code in (1, 2, 5), text.out + text.err
    assert "Traceback" not in text.err + answer.err
    if "error" in answer.data:
        error = answer.data["error"]
        assert error["message"] in text.err
        assert error["help"]
        assert len(error["message"]) < 700
    else:
        found = "rows" if "--many" in command else "findings"
        assert answer.data[found], "a command that answers with what it found"
    assert keeper.dump() == before
    return text


def unfinished(folder: Path) -> list[str]:
    """Return what a command that failed left lying about."""
    return [one.name for one in folder.rglob("*") if ".part" in one.name or ".clb-" in one.name]


def test_every_command_that_names_a_file_is_tried() -> None:
    assert set(named_files(clb)) == {
        *READING, *WRITING, *FOLDERS, "member import --corrections", "book import --corrections",
        "db roles --passwords",
    }  # fmt: skip


def test_a_copy_with_marks_is_written_or_refused_as_every_file_is(keeper: Keeper) -> None:
    keeper.lived()
    bad = keeper.folder / "list.csv"
    bad.write_text("Họ và tên,Ngày sinh,Giới tính\nLê Thị Mơ,31/02/1950,Nữ\n", encoding="utf-8")
    command = tuple(word.replace("{list}", str(bad)) for word in MARKED)
    os.mkfifo(keeper.folder / "pipe.xlsx")
    for name in ("", f"{LONG}.xlsx", "nowhere/x.xlsx", "x.docx", "pipe.xlsx"):
        refused(keeper, command, keeper.folder / name if name else name)
    assert unfinished(keeper.folder) == []
    keeper.run(*words(keeper, command, keeper.folder / "x.xlsx"))
    assert (keeper.folder / "x.xlsx").stat().st_size > 1000


def test_a_marked_copy_of_a_club_s_workbook_is_written_or_refused_too(keeper: Keeper) -> None:
    keeper.lived()
    book = keeper.folder / "book.xlsx"
    keeper.run(*words(keeper, ("book", "export", CLUB, FILE, *AS), book))
    found = openpyxl.load_workbook(book)
    sheet = found["Meetings"]
    (day,) = [cell.column for cell in sheet[1] if cell.value == "date"]
    line = next(row for row in range(4, 99) if sheet.cell(row, day).value is None)
    sheet.cell(line, day, "31/02/2022")
    found.save(book)
    command = ("book", "import", CLUB, str(book), "--corrections", FILE, *AS)
    os.mkfifo(keeper.folder / "pipe.xlsx")
    for name in (f"{LONG}.xlsx", "nowhere/x.xlsx", "x.docx", "pipe.xlsx"):
        refused(keeper, command, keeper.folder / name)
    assert unfinished(keeper.folder) == []
    keeper.run(*words(keeper, command, keeper.folder / "x.xlsx"))
    assert (keeper.folder / "x.xlsx").stat().st_size > 1000


@pytest.mark.parametrize("name", READING)
class TestReading:
    """A file to be read."""

    @pytest.fixture(autouse=True)
    def _lived(self, keeper: Keeper) -> None:
        keeper.lived()

    def test_it_is_missing(self, keeper: Keeper, name: str) -> None:
        refused(keeper, READING[name], "./không có.xlsx")

    def test_its_name_is_empty(self, keeper: Keeper, name: str) -> None:
        result = refused(keeper, READING[name], "")
        assert (result.code, "name of a file is empty" in result.err) == (2, True)

    def test_its_name_is_too_long(self, keeper: Keeper, name: str) -> None:
        refused(keeper, READING[name], f"./{LONG}")
        refused(keeper, READING[name], f"./{LONG}/{LONG}")

    def test_it_is_a_folder(self, keeper: Keeper, name: str) -> None:
        folder = keeper.folder / "folder"
        folder.mkdir()
        if name not in FOLDERS_TOO:
            refused(keeper, READING[name], folder)
            return
        before = keeper.dump()
        found = keeper.run(*words(keeper, READING[name], folder))
        answer = keeper.run(*words(keeper, READING[name], folder), "--json")
        assert (found.code, answer.code, answer.data) == (0, 0, [])
        assert f"no file ending in .clbz in the folder {folder}" in " ".join(found.out.split())
        assert keeper.dump() == before

    @pytest.mark.parametrize("device", ["/dev/null", "/dev/zero"])
    def test_it_is_a_device(self, keeper: Keeper, name: str, device: str) -> None:
        refused(keeper, READING[name], device)

    def test_it_is_a_link_that_leads_round_in_a_circle(self, keeper: Keeper, name: str) -> None:
        (keeper.folder / "a").symlink_to(keeper.folder / "b")
        (keeper.folder / "b").symlink_to(keeper.folder / "a")
        refused(keeper, READING[name], keeper.folder / "a")

    @pytest.mark.skipif(not ROOT, reason="becoming another user takes root")
    def test_the_right_to_read_it_is_missing(self, keeper: Keeper, name: str) -> None:
        file = keeper.folder / "secret.toml"
        file.write_text("x")
        file.chmod(0o600)
        closed = keeper.folder / "closed"
        closed.mkdir(mode=0o700)
        with another_user(keeper):
            refused(keeper, READING[name], file)
            refused(keeper, READING[name], closed / "x.toml")


ENDINGS = [(name, "") for name in READING] + [
    (name, ending)
    for name in READING
    if name.startswith("province")
    for ending in (".toml", ".whl")
]
"""Plugins go by what their file's name ends in."""
BROKEN = {
    "empty": b"",
    "bytes": b"\xff\xfe\xfd",
    "zeros": b"\x00" * 900,
    "deep": b"[" * 5_000,
    "zip": b"PK\x03\x04",
    "number": b"a = " + b"9" * 5_000,
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x01" * 600,
    "utf-16": "club,step\nă,b".encode("utf-16"),
}


@pytest.mark.parametrize(("name", "ending"), ENDINGS)
def test_a_pipe_is_not_waited_for(keeper: Keeper, name: str, ending: str) -> None:
    keeper.lived()
    pipe = keeper.folder / f"pipe{ending}"
    os.mkfifo(pipe)
    refused(keeper, READING[name], pipe)


@pytest.mark.parametrize("name", sorted(WRITING))
def test_nothing_is_written_over_a_database(keeper: Keeper, name: str) -> None:
    keeper.lived()
    (suffix,) = (word.removeprefix(FILE) for word in WRITING[name] if word.startswith(FILE))
    link = keeper.folder / f"link{suffix}"
    link.symlink_to(keeper.database)
    before = keeper.database.read_bytes()
    for file in (link, keeper.database) if not suffix else (link,):
        refused(keeper, WRITING[name], str(file).removesuffix(suffix))
        assert keeper.database.read_bytes() == before


def test_nothing_is_written_over_what_sqlite_keeps_for_a_database(keeper: Keeper) -> None:
    keeper.lived()
    side = Path(f"{keeper.database}-wal")
    side.write_bytes(b"")
    with pytest.raises(ClbError) as error:
        write_file(side, b"x")
    assert isinstance(error.value.__cause__, DatabaseFileError)
    assert side.read_bytes() == b""
    write_file(Path(f"{keeper.folder}/another-wal"), b"x")


@pytest.mark.slow
@pytest.mark.parametrize(("name", "ending"), ENDINGS)
def test_a_broken_file_is_named(keeper: Keeper, name: str, ending: str) -> None:
    keeper.lived()
    for what, data in BROKEN.items():
        file = keeper.folder / f"{what}{ending}"
        file.write_bytes(data)
        found = refused(keeper, READING[name], file)
        assert what in found.err + found.out or what == "utf-16"


@contextmanager
def another_user(keeper: Keeper) -> Iterator[None]:
    """Be a user who may use the database and nothing else in its folder."""
    for one in (keeper.folder.parent, keeper.folder, keeper.folder.parent / "clb-home"):
        one.mkdir(exist_ok=True)
        one.chmod(0o777)
    for one in keeper.folder.glob("clb.sqlite3*"):
        one.chmod(0o666)
    os.seteuid(NOBODY)
    try:
        if not os.access(sys.prefix, os.R_OK | os.X_OK, effective_ids=True):
            pytest.skip("no other user may read the environment that the tests run in")
        yield
    finally:
        os.seteuid(0)


def made(keeper: Keeper, name: str, file: Path) -> Path:
    """Return the path that a command writes when it is given ``file``."""
    (word,) = [one for one in WRITING[name] if one.startswith(FILE)]
    return Path(word.replace(FILE, str(file)))


def written(keeper: Keeper, name: str, file: Path) -> None:
    with limited():
        result = keeper.run(*words(keeper, WRITING[name], file))
    assert result.code == 0, result.err


@pytest.mark.parametrize("name", WRITING)
class TestWriting:
    """A file to be written."""

    @pytest.fixture(autouse=True)
    def _lived(self, keeper: Keeper) -> None:
        keeper.lived()
        assert keeper.run("audit", "seal", "--as", "quan_tri").code == 0

    def test_its_folder_is_missing(self, keeper: Keeper, name: str) -> None:
        refused(keeper, WRITING[name], keeper.folder / "none" / "x")
        refused(keeper, WRITING[name], keeper.database / "x")

    def test_its_name_is_empty(self, keeper: Keeper, name: str) -> None:
        command = tuple(FILE if one.startswith(FILE) else one for one in WRITING[name])
        assert refused(keeper, command, "").code == 2

    def test_its_name_is_too_long(self, keeper: Keeper, name: str) -> None:
        refused(keeper, WRITING[name], f"./{LONG}")

    def test_a_name_as_long_as_names_may_be_is_written(self, keeper: Keeper, name: str) -> None:
        if name in NEVER_OVER:
            pytest.skip("SQLite puts endings of its own behind the name of a database")
        most = 255 - len(made(keeper, name, Path("x")).name) + 1
        written(keeper, name, keeper.folder / ("a" * most))

    def test_it_is_a_folder(self, keeper: Keeper, name: str) -> None:
        made(keeper, name, keeper.folder / "x").mkdir()
        refused(keeper, WRITING[name], keeper.folder / "x")
        assert unfinished(keeper.folder) == []

    def test_it_is_a_pipe_that_nobody_reads(self, keeper: Keeper, name: str) -> None:
        pipe = made(keeper, name, keeper.folder / "x")
        os.mkfifo(pipe)
        refused(keeper, WRITING[name], keeper.folder / "x")
        assert stat.S_ISFIFO(pipe.lstat().st_mode)

    def test_it_is_a_pipe_that_somebody_reads(self, keeper: Keeper, name: str) -> None:
        if name in NEVER_OVER:
            pytest.skip("it never writes over anything")
        pipe, got = made(keeper, name, keeper.folder / "x"), keeper.folder / "got"
        os.mkfifo(pipe)
        held = os.open(pipe, os.O_RDWR)  # so that nobody waits for the other to open it
        with got.open("wb") as out, pipe.open("rb") as end:
            reader = subprocess.Popen(["cat"], stdin=end, stdout=out)
        written(keeper, name, keeper.folder / "x")
        os.close(held)
        assert reader.wait(SECONDS) == 0
        assert got.stat().st_size > 40
        assert stat.S_ISFIFO(pipe.lstat().st_mode)

    @pytest.mark.skipif(not ROOT, reason="making a device takes root")
    def test_it_is_a_device(self, keeper: Keeper, name: str) -> None:
        """As /dev/null is, which a command run by root once replaced by a plain file."""
        null = made(keeper, name, keeper.folder / "null")
        try:
            os.mknod(null, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
        except PermissionError:
            pytest.skip("devices cannot be made here")
        if name in NEVER_OVER:
            refused(keeper, WRITING[name], keeper.folder / "null")
        else:
            written(keeper, name, keeper.folder / "null")
        assert stat.S_ISCHR(null.lstat().st_mode)
        assert unfinished(keeper.folder) == []

    @pytest.mark.skipif(not ROOT, reason="making a device takes root")
    def test_it_is_a_disk_that_is_full(self, keeper: Keeper, name: str) -> None:
        full = made(keeper, name, keeper.folder / "full")
        try:
            os.mknod(full, 0o666 | stat.S_IFCHR, os.makedev(1, 7))
        except PermissionError:
            pytest.skip("devices cannot be made here")
        result = refused(keeper, WRITING[name], keeper.folder / "full")
        assert name in NEVER_OVER or "the disk is full" in result.err
        assert stat.S_ISCHR(full.lstat().st_mode)

    def test_no_room_is_left_for_it(self, keeper: Keeper, name: str) -> None:
        keeper.sql("PRAGMA journal_mode=DELETE")  # which needs no file to be read
        typed = words(keeper, WRITING[name], keeper.folder / "x")
        kept = made(keeper, name, keeper.folder / "x")
        if name not in NEVER_OVER:
            kept.write_bytes(b"what was there before")
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20, hard))
        try:
            result = keeper.run(*typed)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert result.code in (2, 5), result.out + result.err
        assert "Traceback" not in result.err
        assert name in NEVER_OVER or kept.read_bytes() == b"what was there before"
        assert unfinished(keeper.folder) == []

    def test_a_file_that_is_replaced_keeps_its_mode_and_its_owner(
        self, keeper: Keeper, name: str
    ) -> None:
        if name in NEVER_OVER:
            pytest.skip("it never writes over anything")
        file = made(keeper, name, keeper.folder / "x")
        file.write_bytes(b"before")
        file.chmod(0o640)
        if ROOT:
            os.chown(file, NOBODY, NOBODY)
        written(keeper, name, keeper.folder / "x")
        after = file.stat()
        assert stat.S_IMODE(after.st_mode) == 0o640
        assert not ROOT or (after.st_uid, after.st_gid) == (NOBODY, NOBODY)
        assert after.st_size > 40

    def test_a_link_goes_on_to_lead_to_its_file(self, keeper: Keeper, name: str) -> None:
        if name in NEVER_OVER:
            pytest.skip("it never writes over anything")
        link, file = made(keeper, name, keeper.folder / "x"), keeper.folder / "real"
        file.write_bytes(b"before")
        link.symlink_to(file)
        written(keeper, name, keeper.folder / "x")
        assert link.is_symlink()
        assert file.stat().st_size > 40

    @pytest.mark.skipif(not ROOT, reason="becoming another user takes root")
    def test_the_right_to_write_there_is_missing(self, keeper: Keeper, name: str) -> None:
        closed = keeper.folder / "closed"
        closed.mkdir(mode=0o755)
        file = made(keeper, name, keeper.folder / "x")
        file.write_bytes(b"before")
        file.chmod(0o644)
        with another_user(keeper):
            refused(keeper, WRITING[name], closed / "x")
            refused(keeper, WRITING[name], keeper.folder / "x")
        assert file.read_bytes() == b"before"
        assert unfinished(keeper.folder) == []


@pytest.mark.parametrize("name", FOLDERS)
class TestFolders:
    """A folder to be filled."""

    @pytest.fixture(autouse=True)
    def _lived(self, keeper: Keeper) -> None:
        keeper.lived()

    def test_its_name_cannot_be(self, keeper: Keeper, name: str) -> None:
        assert refused(keeper, FOLDERS[name], "").code == 2
        refused(keeper, FOLDERS[name], f"./{LONG}")

    def test_it_is_something_else(self, keeper: Keeper, name: str) -> None:
        os.mkfifo(keeper.folder / "pipe")
        refused(keeper, FOLDERS[name], keeper.folder / "pipe")
        refused(keeper, FOLDERS[name], keeper.database)
        refused(keeper, FOLDERS[name], "/dev/null/x")

    @pytest.mark.skipif(not ROOT, reason="becoming another user takes root")
    def test_the_right_to_write_there_is_missing(self, keeper: Keeper, name: str) -> None:
        (keeper.folder / "closed").mkdir(mode=0o755)
        with another_user(keeper):
            refused(keeper, FOLDERS[name], keeper.folder / "closed" / "x")


def test_an_id_that_is_no_utf_8_is_named(keeper: Keeper) -> None:
    keeper.lived()
    strange = os.fsdecode(b"BN-\xff\xfe")
    for command in (
        ("club", "show", strange),
        ("audit", "show", strange),
        ("due", "--as", strange),
        ("policy", "show", strange),
        ("explain", strange),
        ("advance", "CLB", "meeting", "--set", f"attendance={strange}", "--as", "hoi_nct"),
    ):
        result = keeper.run(*command)
        assert (result.code, "is not text in UTF-8" in result.err) == (2, True), command


def test_a_file_whose_name_is_no_utf_8_is_written(keeper: Keeper) -> None:
    keeper.lived()
    name = os.fsdecode(b"l\xee\xff.ics")
    assert keeper.run("due", "--province", "bac_ninh", "--ics", name).code == 0
    assert (keeper.folder / name).stat().st_size > 40


@pytest.mark.parametrize("day", ["01/01/0001", "31/12/9999", "0001-01-01"])
def test_days_at_the_ends_of_the_calendar_are_refused_everywhere(keeper: Keeper, day: str) -> None:
    club = keeper.lived()
    for command in (
        ("club", "show", club, "--on", day),
        ("due", "--province", "bac_ninh", "--on", day),
        ("progress", "bac_ninh", "--on", day),
        ("check", club, "--on", day),
        ("report", "list", "bac_ninh", "--on", day),
        ("policy", "show", "bac_ninh", "--on", day),
        ("advance", club, "meeting", "--set", f"date={day}", "--as", "hoi_nct"),
        ("member", "list", club, "--on", day),
        ("commune", "search", "x", "--province", "bac_ninh", "--on", day),
    ):
        result = keeper.run(*command)
        assert (result.code, day in result.err) == (2, True), command


@pytest.mark.parametrize("text", ["0000", "0001", "9999", "0001H1", "9999H2", "99999"])
def test_periods_at_the_ends_of_the_calendar_are_refused(keeper: Keeper, text: str) -> None:
    keeper.lived()
    build = ("report", "build", "bac_ninh", "overview", "--period", text)
    sent = ("report", "sent", "bac_ninh", "overview", "--period", text, "--as", "hoi_tinh")
    for command in (build, sent, ("fund", "summary", "bac_ninh", "--year", text[:4])):
        result = keeper.run(*command)
        assert "Traceback" not in result.err
        assert result.code in ((0, 2) if command[0] == "fund" else (1, 2)), (command, result.out)


FORMS_NOBODY_WROTE = {
    "a list where a group is": '{"submission": [1, 2]}',
    "900 deep": '{"a":' * 900 + "1" + "}" * 900,
    "5,000 digits": '{"attendance": ' + "9" * 5_000 + "}",
    "half of a letter": '{"reason": "\\ud800"}',
    "no form": "[]",
    "a number": "1",
    "nothing": "",
    "a year nobody lives in": '{"date": "0001-01-01", "attendance": 4, "activities": ["rights"]}',
}


@pytest.mark.parametrize("step", ["meeting", "propose", "correct", "annul", "supervise", "train"])
@pytest.mark.parametrize("case", FORMS_NOBODY_WROTE)
def test_a_form_nobody_wrote_is_refused_in_a_sentence(keeper: Keeper, case: str, step: str) -> None:
    club = keeper.lived()
    form = keeper.folder / "form.json"
    form.write_text(FORMS_NOBODY_WROTE[case], encoding="utf-8")
    result = keeper.run("advance", club, step, "--form", form, "--as", "hoi_nct")
    assert result.code in (1, 2, 3), result.out
    assert "Traceback" not in result.err


def test_a_form_may_come_from_a_stream(keeper: Keeper) -> None:
    club = keeper.lived()
    ours, theirs = os.pipe()
    os.write(theirs, b'{"attendance": 40, "activities": ["rights"], "date": "2023-05-05"}')
    os.close(theirs)
    step = ("advance", club, "meeting", "--form", f"/dev/fd/{ours}", "--as", "hoi_nct")
    assert keeper.run(*step).code == 0
    os.close(ours)
