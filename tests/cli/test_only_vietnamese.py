"""Nothing that people read is half in English, and no answer is wider than the screen.

Every message of the catalogue, every title of a form; then every command that answers, on the
database of the demonstration, and every finding of every case that experts wrote.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from support.demo_run import clb
from support.sources import ROOT
from support.vietnamese_words import foreign, is_syllable

from engine import i18n
from engine.cli import run, tables
from engine.cli.lifecycle import FORMATS
from engine.model import Finding, State
from engine.provinces.load import Provinces
from engine.scenario.case import play_case
from engine.scenario.case_file import read_case

CATALOGUE = Path(i18n.LOCALES) / "vi" / "LC_MESSAGES" / "clb.po"
CASES = sorted((ROOT / "tests" / "cases").glob("*/*.toml"))
DAYS = {
    "bac_ninh": "2022-05-01",
    "ha_noi": "2026-09-01",
    "hai_phong": "2022-06-01",
    "hoa_binh": "2019-11-01",
}
"""A day of each province on which its document asks for much."""
READ_BY_PROGRAMS = {"svg", "json", "bpmn", "xes"}
"""The formats of other programs, whose words are those programs' own."""
COPIED = {"zalo", "mermaid"} | READ_BY_PROGRAMS
"""What is there to be copied or for other programs is not fitted to the screen."""


@pytest.mark.parametrize(
    "text", ["quỹ", "giếng", "gì", "Nghiêng", "khuỷu", "ương", "quyết", "ai", "ý", "oẳn", "thuở"]
)
def test_a_vietnamese_syllable_is_known(text: str) -> None:
    assert is_syllable(text)


@pytest.mark.parametrize(
    "text", ["2022H1", "met", "pass", "state", "none", "of", "the", "Club", "not", "due"]
)
def test_an_english_word_is_found(text: str) -> None:
    assert foreign(f"Kết luận: {text}") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Chạy clb db check rồi gửi tệp policy.toml.",
        "Số dư [CLB-DISSOLVE-BALANCE] của HN-0JHE681W, QĐ 933/QĐ-UBND, mục II.4",
        "Thêm --set course.kind=supplementary, hoặc mở bằng Excel (.xlsx).",
    ],
)
def test_commands_codes_and_names_of_files_are_no_english(text: str) -> None:
    assert foreign(text) == []


def test_every_message_is_vietnamese() -> None:
    with CATALOGUE.open("rb") as file:
        found = {str(one.id): foreign(str(one.string)) for one in read_po(file, locale="vi")}
    assert {message: words for message, words in found.items() if message and words} == {}


def test_every_title_of_a_form_is_vietnamese() -> None:
    titles = [
        value
        for file in (ROOT / "schemas" / "forms").glob("*.json")
        for name, value in _inside(json.loads(file.read_text(encoding="utf-8")))
        if name in ("title", "x-help", "x-example")
    ]
    assert len(titles) > 100
    assert {title: foreign(title) for title in titles if foreign(title)} == {}


def _inside(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for name, value in node.items():
            if isinstance(value, str):
                yield name, value
            yield from _inside(value)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration of every province, as it leaves its database."""
    folder: Path = tmp_path_factory.mktemp("demo")
    done = clb(folder, "demo", "--out", str(folder / "out"), CLB_LANG="vi")
    assert done.returncode == 0, done.stderr
    (folder / "shown.txt").write_text(done.stdout, encoding="utf-8")
    return folder / "out" / "demo.sqlite3"


def commands(database: Path) -> Iterator[tuple[str, ...]]:
    """Yield every command that answers without changing anything, for every province."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute
        for province, on in DAYS.items():
            yield from _of_province(province, on)
            officers = "SELECT min(id) FROM officer WHERE province = ? GROUP BY role"
            for (officer,) in rows(officers, (province,)).fetchall():
                yield ("due", "--as", officer, "--on", on)
            clubs = "SELECT min(id) FROM club WHERE province = ? GROUP BY state"
            for (club,) in rows(clubs, (province,)).fetchall():
                yield from _of_club(club, on)
    yield from (("lifecycle", "show", "--format", form) for form in FORMATS)
    for command in (
        *("officer list", "province list", "document list", "explain", "doctor", "db check"),
        *("audit verify", "audit head", "policy keys", "explain CLB-COMP-SIZE"),
    ):
        yield tuple(command.split())


def _of_province(province: str, on: str) -> Iterator[tuple[str, ...]]:
    for command in ("club list", "due", "due --zalo", "commune search thịnh"):
        yield (*command.split(), "--province", province)
    for command in (
        *("progress", "policy show", "policy coverage", "policy keys", "report list"),
        *("province show", "fund summary"),
    ):
        yield (*command.split(), province)
    yield ("due", "--province", province, "--on", on)
    for command in ("progress", "policy show", "policy keys", "report list"):
        yield (*command.split(), province, "--on", on)


def _of_club(club: str, on: str) -> Iterator[tuple[str, ...]]:
    for command in (
        *("club show", "club history", "member list", "fund show", "board show", "check"),
        *("loan list", "audit show"),
    ):
        yield (*command.split(), club)
    yield ("club", "show", club, "--on", on)
    yield ("check", club, "--on", on)


def _ids(database: Path) -> set[str]:
    """Return the ids in a column of their own, with what they mean in the next one."""
    from engine.documents.papers import papers

    provinces = Provinces()
    found = {one.id for one in papers()} | set(provinces.found())
    found |= {provinces.plugin(province).name for province in DAYS}
    for province in DAYS:
        for entry in provinces.policy(province).entries:
            found.add(entry)
    with closing(sqlite3.connect(database)) as connection:
        found |= {row[0] for row in connection.execute("SELECT id FROM officer")}
    return found


@pytest.mark.slow
def test_the_demonstration_is_reported_in_vietnamese(database: Path) -> None:
    shown = (database.parent.parent / "shown.txt").read_text(encoding="utf-8")
    assert set(foreign(" ".join(shown.split()))) - _ids(database) == set()


@pytest.mark.slow
@pytest.mark.parametrize("columns", [80, 100, 120])
def test_every_screen_is_vietnamese_and_fits(
    database: Path,
    columns: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ids = _ids(database)
    monkeypatch.setattr(tables, "is_terminal", lambda: True)
    for name, value in {
        "CLB_DATABASE": str(database),
        "CLB_HOME": str(tmp_path),
        "CLB_LANG": "vi",
        "COLUMNS": str(columns),
        "TERM": "dumb",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("CLB_OFFICER", raising=False)
    strange, wide, failed = {}, {}, []
    for command in commands(database):
        code = run(list(command))
        printed = capsys.readouterr()
        if code:
            failed.append((command, printed.err))
        text = printed.out + printed.err
        if not READ_BY_PROGRAMS & set(command):
            # The names of a diagram's nodes are the states' ids, whatever their labels.
            nodes = set(State) if "mermaid" in command else set()
            words = set(foreign(" ".join(text.split()))) - ids - nodes
            strange.update(dict.fromkeys(words, command))
        if not COPIED & {one.removeprefix("--") for one in command}:
            long = [line for line in text.splitlines() if tables.width(line) > columns]
            wide.update({line: command for line in long if "clb " not in line})
    assert failed == []
    assert strange == {}
    assert wide == {}


@pytest.mark.slow
def test_every_finding_of_every_case_is_vietnamese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a finding is filled in with (expected, found, the fix) is words too, not values."""
    seen: set[tuple[str, str]] = set()
    make: Callable[..., None] = Finding.__init__

    def heard(self: Finding, *args: Any, **given: Any) -> None:
        make(self, *args, **given)
        texts = (self.message, self.expected, self.actual, self.source, self.who, self.fix)
        seen.update((self.code, text) for text in texts if text)

    monkeypatch.setattr(Finding, "__init__", heard)
    before = i18n.language()
    i18n.use("vi")
    try:
        for place, path in enumerate(CASES):
            folder = tmp_path / str(place)
            folder.mkdir()
            play_case(read_case(path), folder)
    finally:
        i18n.use(before)
    assert len(seen) > 500
    assert {text: foreign(text) for _code, text in seen if foreign(text)} == {}
