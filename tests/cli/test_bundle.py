"""``clb bundle``: files between a commune's computer and the province's, as officers type it."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from support.core import ADMIN, ASSOCIATION, COMMUNE, ELSEWHERE, NEIGHBOUR_ASSOCIATION, TOWN
from support.keeper import Keeper

AS_TOWN, AS_COMMUNE = ("--as", TOWN), ("--as", ASSOCIATION)
MEETING = ("meeting", "--set", "attendance=40", "--set", "activities=health_care")


class Two:
    """The province's computer, which has clubs, and a commune's, which begins with nothing."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper
        self.club = keeper.lived()
        self.commune = keeper.folder / "commune.sqlite3"
        self.start = keeper.folder / "start.clbz"
        self.export(self.start, "--for", COMMUNE, "--names", *AS_TOWN)

    @property
    def there(self) -> tuple[str, ...]:
        return ("--database", str(self.commune))

    def export(self, out: Path, *args: str) -> Any:
        return self.keeper.json("bundle-export", "bundle", "export", "--out", out, *args)

    def take(self, file: Path, *args: str) -> Any:
        return self.keeper.json("bundle-import", "bundle", "import", file, *args)

    def begin(self) -> None:
        self.take(self.start, *self.there)


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Two:
    return Two(Keeper(tmp_path, monkeypatch, capsys))


def test_a_new_computer_begins_with_the_provinces_file(two: Two) -> None:
    seen = two.take(two.start, "--dry-run", *two.there)
    assert not two.commune.exists()
    taken = two.take(two.start, *two.there)
    assert (seen["events"], seen["names"]) == (taken["events"], taken["names"])
    assert two.keeper.json("db-check", "db", "check", *two.there)["ok"]
    (other,) = two.keeper.json("bundle-status", "bundle", "status", *two.there, *AS_COMMUNE)
    assert (other["with"], other["lacks"]) == ("province", 0)


def test_without_names_people_are_counted_and_nothing_is_missing(two: Two) -> None:
    nameless = two.keeper.folder / "nameless.clbz"
    two.export(nameless, "--for", COMMUNE, *AS_TOWN)
    taken = two.take(nameless, *two.there)
    assert (taken["names"], taken["nameless"] > 0) == (0, True)
    assert two.keeper.json("audit-verify", "audit", "verify", *two.there)["ok"]
    for new in (taken["nameless"], 0):  # the same file twice brings nothing
        later = two.take(two.start, *two.there)
        assert (later["events"], later["names"]) == (0, new)
    assert (
        "Nothing in this file is new here"
        in two.keeper.run("bundle", "import", two.start, *two.there).out
    )


def test_both_sides_of_a_fork_are_shown_and_the_file_is_remembered(two: Two) -> None:
    two.begin()
    keeper, file = two.keeper, two.keeper.folder / "more.clbz"
    for when, where in (("2023-04-02", ()), ("2023-04-03", two.there)):
        done = keeper.run(
            "advance", two.club, *MEETING, "--on", when, *AS_COMMUNE, *where, "--json"
        )
        assert done.code == 0, done.out
    two.export(file, "--for", COMMUNE, *AS_TOWN)
    (fork,) = two.take(file, *two.there)["forks"]
    assert [one["on"] for one in fork["here"]] == ["2023-04-03"]
    assert [one["on"] for one in fork["there"]] == ["2023-04-02"]
    shown = keeper.run("bundle", "import", file, *two.there).out
    assert "02/04/2023" in shown
    assert "03/04/2023" in shown
    settled = keeper.json("bundle-rebase", "bundle", "rebase", two.club, *two.there, *AS_COMMUNE)
    assert [one["again"] for one in settled["own"]] == [fork["common"] + 2]
    back = keeper.folder / "back.clbz"
    two.export(back, *two.there, *AS_COMMUNE)
    assert two.take(back)["events"] == 1
    assert keeper.json("db-check", "db", "check")["ok"]


def test_a_folder_of_files_answers_a_line_each(two: Two) -> None:
    folder = two.keeper.folder / "files"
    folder.mkdir()
    (folder / "a.clbz").write_bytes(two.start.read_bytes())
    (folder / "b.clbz").write_bytes(two.start.read_bytes()[:500])
    good, bad = sorted(
        two.keeper.json(
            "bundle-import",
            "bundle",
            "import",
            folder,
            code=1,
        ),
        key=lambda one: "error" in one,
    )
    assert (good["events"], bad["error"]["code"]) == (0, "CLB-BUNDLE-FILE")


def test_the_lines_of_a_folder_are_in_the_language_in_use_and_all_are_counted(two: Two) -> None:
    folder = two.keeper.folder / "files"
    folder.mkdir()
    (folder / "A.CLBZ").write_bytes(two.start.read_bytes())
    (folder / "b.clbz").write_bytes(two.start.read_bytes()[:500])
    done = two.keeper.run("bundle", "import", folder, "--lang", "vi")
    assert "✓ A.CLBZ: của cấp tỉnh: không có gì mới" in done.out
    assert done.out.count("b.clbz") == 1
    assert "Số tệp đã xong: 2/2" in done.err


def test_a_file_of_a_ward_is_described_in_its_words(two: Two) -> None:
    file = two.keeper.folder / "whole.clbz"
    order = ("--for", COMMUNE, "--whole", "--out", file, *AS_TOWN)
    sheet = two.keeper.run("bundle", "export", *order, "--lang", "vi").out
    taken = two.keeper.run("bundle", "import", file, *two.there, "--lang", "vi").out
    for text in (sheet, taken):
        assert "trình UBND phường" in text
        assert "UBND xã" not in text


def test_a_file_is_for_a_commune_of_which_something_is_known(two: Two) -> None:
    order = ("bundle", "export", "--for", f"{COMMUNE}x", "--out", two.keeper.folder / "x.clbz")
    error = two.keeper.error(*order, *AS_TOWN, code=2)
    assert (error["code"], error["help"]) == ("CLB-BUNDLE-SENDER", f"Nearest: {COMMUNE}.")
    assert not (two.keeper.folder / "x.clbz").exists()


def test_only_the_province_sends_to_a_commune(two: Two) -> None:
    out = ("--out", str(two.keeper.folder / "x.clbz"))
    export = ("bundle", "export", *out)
    for args, code in (
        ((*export, "--for", COMMUNE, *AS_COMMUNE), 3),
        ((*export, "--commune", ELSEWHERE, *AS_COMMUNE), 3),
        ((*export, *AS_TOWN), 2),
    ):
        assert two.keeper.error(*args, code=code)["code"] == "CLB-BUNDLE-SENDER"


def test_a_file_is_readable_without_this_program(two: Two) -> None:
    with zipfile.ZipFile(two.start) as archive:
        assert archive.namelist()[:2] == ["cover.txt", "bundle.json"]
        cover = archive.read("cover.txt").decode()
    assert COMMUNE in cover
    assert two.club in cover


def test_a_fork_of_the_provinces_own_records_is_remembered_and_settled(two: Two) -> None:
    two.begin()
    keeper, file = two.keeper, two.keeper.folder / "more.clbz"
    for officer, where in (("moi-1", ()), ("moi-2", two.there)):
        add = ("officer", "add", officer, "--name", "Người mới", "--role", "province")
        done = keeper.run(*add, "--province", "bac_ninh", "--as", ADMIN, *where)
        assert done.code == 0, done.err
    two.export(file, "--for", COMMUNE, *AS_TOWN)
    error = keeper.error("bundle", "import", file, *two.there, code=4)
    assert error["code"] == "CLB-BUNDLE-FORK"
    assert ("moi-1" in error["message"], "moi-2" in error["message"]) == (True, True)
    settled = keeper.json("bundle-rebase", "bundle", "rebase", "province", *two.there, *AS_COMMUNE)
    assert [(one["step"], one["again"]) for one in settled["own"]] == [("officer_add", None)]
    assert two.take(file, *two.there)["forks"] == []


def test_a_fork_names_which_side_settles_it(two: Two) -> None:
    two.begin()
    keeper, folder = two.keeper, two.keeper.folder
    for when, where in (("2023-04-02", ()), ("2023-04-03", two.there)):
        done = keeper.run("advance", two.club, *MEETING, "--on", when, *AS_COMMUNE, *where)
        assert done.code == 0, done.err
    two.export(folder / "back.clbz", *two.there, *AS_COMMUNE)
    assert two.take(folder / "back.clbz")["forks"][0]["settle"] == "here"
    two.export(folder / "more.clbz", "--for", COMMUNE, *AS_TOWN)
    assert two.take(folder / "back.clbz")["forks"][0]["settle"] == "there"
    assert "bundle export --for" in keeper.run("bundle", "import", folder / "back.clbz").out
    assert two.take(folder / "more.clbz", *two.there)["forks"][0]["settle"] == "here"


def test_a_file_is_named_after_who_sends_it(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    two.begin()
    monkeypatch.chdir(two.keeper.folder)
    made = two.keeper.json("bundle-export", "bundle", "export", *two.there, *AS_COMMUNE)
    assert made["file"].startswith(f"{COMMUNE} to the province")


def test_a_neighbours_file_to_the_province_is_refused_as_foreign(two: Two) -> None:
    two.begin()
    keeper, folder = two.keeper, two.keeper.folder
    neighbour = ("--database", str(folder / "neighbour.sqlite3"))
    two.export(folder / "other.clbz", "--for", ELSEWHERE, *AS_TOWN)
    two.take(folder / "other.clbz", *neighbour)
    two.export(folder / "sent.clbz", *neighbour, "--as", NEIGHBOUR_ASSOCIATION)
    error = keeper.error("bundle", "import", folder / "sent.clbz", *two.there, code=2)
    assert error["code"] == "CLB-BUNDLE-FOREIGN"
