"""A file of steps that is read again records nothing twice, however its first run ended."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.keeper import Keeper

from engine.lifecycle.file_rows import FileRows

HEAD = "club,step,on,attendance,activities\n"
MEETINGS = "SELECT count(*) FROM event WHERE step = 'meeting'"


@pytest.fixture
def club(keeper: Keeper) -> str:
    """A club at work, which the association keeps."""
    return keeper.lived()


def rows(path: Path, *lines: str, head: str = HEAD) -> Path:
    path.write_text(head + "".join(f"{line}\n" for line in lines), encoding="utf-8-sig")
    return path


def meeting(club: str, number: int) -> str:
    return f"{club},meeting,2023-04-{number % 28 + 1:02},{40 + number // 28},health_care"


def many(keeper: Keeper, path: Path, *more: str, code: int = 0) -> Any:
    return keeper.json(
        "advance-many", "advance", "--many", path, "--as", "hoi_nct", *more, code=code
    )


def test_a_file_that_was_read_records_nothing_the_second_time(keeper: Keeper, club: str) -> None:
    path = rows(keeper.folder / "a.csv", *(meeting(club, number) for number in range(5)))
    first, before = many(keeper, path), keeper.sql(MEETINGS)
    again = many(keeper, path)
    assert keeper.sql(MEETINGS) == before
    assert (first["done"], first["already"], first["refused"]) == (5, 0, 0)
    assert (again["done"], again["already"], again["refused"]) == (5, 5, 0)
    assert [row["event"] for row in again["rows"]] == [row["event"] for row in first["rows"]]
    assert (
        "recorded before, as event" in keeper.run("advance", "--many", path, "--as", "hoi_nct").out
    )
    keeper.json("db-check", "db", "check")


def test_two_rows_that_say_the_same_are_two(keeper: Keeper, club: str) -> None:
    path = rows(keeper.folder / "a.csv", meeting(club, 1), meeting(club, 1))
    count = keeper.sql(MEETINGS)[0][0]
    assert many(keeper, path)["already"] == 0
    assert many(keeper, path)["already"] == 2
    third = rows(path, meeting(club, 1), meeting(club, 1), meeting(club, 1))
    assert [row["already"] for row in many(keeper, third)["rows"]] == [True, True, False]
    assert keeper.sql(MEETINGS)[0][0] == count + 3


def test_the_same_row_in_a_workbook_with_days_as_people_write_them_is_the_same(
    keeper: Keeper, club: str
) -> None:
    from xlsxwriter import Workbook

    many(keeper, rows(keeper.folder / "a.csv", meeting(club, 0)))
    book = Workbook(keeper.folder / "a.xlsx")
    sheet = book.add_worksheet()
    name = keeper.sql("SELECT name FROM club WHERE id = ?", club)[0][0]
    sheet.write_row(0, 0, ["activities", "attendance", "date", "club", "step"])
    sheet.write_row(1, 0, ["health_care", 40, "1/4/2023", name, "meeting"])
    book.close()
    assert many(keeper, keeper.folder / "a.xlsx")["already"] == 1


def test_a_row_recorded_before_its_club_was_renamed_is_known(keeper: Keeper, club: str) -> None:
    name = keeper.sql("SELECT name FROM club WHERE id = ?", club)[0][0]
    path = rows(keeper.folder / "a.csv", meeting(name, 0), meeting(name, 1))
    many(keeper, path)
    keeper.json(
        "advance", "advance", club, "rename", "--set", "name=CLB Tên Khác", "--set", "document=1",
        "--on", "2023-05-01", "--as", "ubnd",
    )  # fmt: skip
    assert many(keeper, path)["already"] == 2
    rows(path, meeting(name, 0), meeting(name, 2))
    found = many(keeper, path, code=1)["rows"]
    assert (found[0]["already"], found[1]["done"]) == (True, False)
    assert found[1]["error"]["code"] == "CLB-CLUB-UNKNOWN"


def test_a_refused_row_is_taken_once_its_fault_is_gone(keeper: Keeper, club: str) -> None:
    wrong = meeting(club, 1).replace("health_care", "boi_loi")
    path = rows(keeper.folder / "a.csv", meeting(club, 0), wrong, meeting(club, 2))
    assert [row["done"] for row in many(keeper, path, code=1)["rows"]] == [True, False, True]
    rows(path, meeting(club, 0), meeting(club, 1), meeting(club, 2))
    assert [row["already"] for row in many(keeper, path)["rows"]] == [True, False, True]


def test_who_means_it_records_rows_once_more_with_a_reason_that_the_log_keeps(
    keeper: Keeper, club: str
) -> None:
    path = rows(keeper.folder / "a.csv", meeting(club, 0))
    many(keeper, path)
    more = ("--again", "họp hai buổi")
    assert many(keeper, path, *more)["already"] == 0
    assert many(keeper, path, *more)["already"] == 1, "with the same reason it goes on too"
    body = json.loads(keeper.sql("SELECT body FROM event ORDER BY rowid DESC LIMIT 1")[0][0])
    assert body["row"]["again"] == "họp hai buổi"
    assert keeper.json("audit-show", "audit", "show", club)[-1]["row"] == body["row"]
    assert keeper.json("club-history", "club", "history", club)[-1]["seq"] == body["seq"]
    assert keeper.json("audit-verify", "audit", "verify")["ok"]


def test_a_changed_copy_of_the_digest_is_found(keeper: Keeper, club: str) -> None:
    many(keeper, rows(keeper.folder / "a.csv", meeting(club, 0)))
    keeper.sql("UPDATE event SET row_digest = 'x' WHERE row_digest IS NOT NULL")
    found = keeper.json("audit-verify", "audit", "verify", code=5)
    assert "row_digest" in found["reason"]


@pytest.mark.parametrize(
    "more", [("--dry-run",), ("--on", "2023-01-01"), ("--set", "a=b"), ("CLB",)]
)
def test_what_a_file_would_pass_over_is_refused(
    keeper: Keeper, club: str, more: tuple[str, ...]
) -> None:
    path = rows(keeper.folder / "a.csv", meeting(club, 0))
    before = keeper.sql(MEETINGS)
    error = keeper.error("advance", *more, "--many", path, "--as", "hoi_nct", code=2)
    assert error["code"] == "CLB-USAGE"
    assert keeper.sql(MEETINGS) == before
    assert keeper.error("advance", club, "meeting", "--again", "x", code=2)["code"] == "CLB-USAGE"


def test_a_broken_run_says_which_rows_are_kept_and_goes_on(keeper: Keeper, club: str) -> None:
    """The 130th meeting cannot be written; the rows of the first transaction stay."""
    path = rows(keeper.folder / "a.csv", *(meeting(club, number) for number in range(250)))
    seq = keeper.sql("SELECT seq FROM club WHERE id = ?", club)[0][0]
    keeper.sql(
        f"CREATE TRIGGER full BEFORE INSERT ON meeting WHEN NEW.seq > {seq + 130} "
        "BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
    )
    broken = many(keeper, path, code=5)
    assert "In the log, 100 of 250 rows: 2–101." in broken["error"]["message"]
    assert "run the same file again" in broken["error"]["help"]
    assert len(broken["rows"]) == 100
    assert "2–101" in keeper.run("advance", "--many", path, "--as", "hoi_nct").err
    keeper.sql("DROP TRIGGER full")
    whole = many(keeper, path)
    assert (whole["done"], whole["already"]) == (250, 100)
    assert many(keeper, path)["already"] == 250


def process(path: Path, database: Path, home: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "engine", "advance", "--many", str(path), "--as", "hoi_nct"],
        env={
            **os.environ,
            "CLB_HOME": str(home),
            "CLB_LANG": "en",
            "CLB_DATABASE": str(database),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def progressed(running: "subprocess.Popen[str]", rows_done: str) -> None:
    """Wait until the process reports so many rows."""
    assert running.stderr is not None
    for line in running.stderr:
        if rows_done in line:
            return
    raise AssertionError(running.communicate())


@pytest.mark.slow
def test_whoever_stops_a_run_is_shown_what_is_kept(keeper: Keeper, club: str) -> None:
    path = rows(keeper.folder / "a.csv", *(meeting(club, number) for number in range(3_000)))
    before = keeper.sql(MEETINGS)[0][0]
    running = process(path, keeper.database, keeper.folder)
    progressed(running, "100/3.000")
    running.send_signal(signal.SIGINT)
    _out, err = running.communicate(timeout=60)
    assert running.returncode == 130, err
    kept = keeper.sql(MEETINGS)[0][0] - before
    assert 100 <= kept < 3_000
    assert f"In the log, {kept} of 3000 rows: 2–{kept + 1}." in err
    assert err.count("un the same file again") == 1
    assert (many(keeper, path)["already"], keeper.sql(MEETINGS)[0][0]) == (kept, before + 3_000)


@pytest.mark.slow
def test_a_run_killed_at_any_moment_and_run_again_records_each_row_once(
    keeper: Keeper, club: str
) -> None:
    """Each first run is killed within the time that a whole one took on this machine."""
    chance = random.Random(7)
    whole = 300
    path = rows(keeper.folder / "whole.csv", *(meeting(club, number) for number in range(whole)))
    begun = time.monotonic()
    out, err = process(path, keeper.database, keeper.folder).communicate(timeout=600)
    took = time.monotonic() - begun
    assert "300 done, 0 refused." in out, err
    kills = 0
    for attempt in range(4):
        lines = [meeting(club, number + 1_000 * (attempt + 1)) for number in range(whole)]
        path = rows(keeper.folder / f"{attempt}.csv", *lines)
        before = keeper.sql(MEETINGS)[0][0]
        while True:
            running = process(path, keeper.database, keeper.folder)
            try:
                out, err = running.communicate(
                    timeout=took * chance.uniform(0.2, 1.5 if kills else 0.7)
                )
            except subprocess.TimeoutExpired:
                running.kill()
                running.communicate()
                kills += 1
                continue
            assert running.returncode == 0, err
            assert "300 done, 0 refused." in out
            break
        assert keeper.sql(MEETINGS)[0][0] == before + whole
        assert many(keeper, path)["already"] == whole
    assert kills
    keeper.json("db-check", "db", "check")


FORM = st.dictionaries(
    st.sampled_from(["attendance", "activities", "date"]),
    st.one_of(st.integers(0, 3), st.just("2023-04-01"), st.lists(st.sampled_from("ab"))),
)
ROW = st.tuples(st.sampled_from(["BN-1", "BN-2"]), FORM, st.none() | st.just(date(2023, 4, 1)))


@given(st.lists(ROW, max_size=12), st.none() | st.just("lần hai"))
def test_every_row_of_a_file_has_a_name_of_its_own_and_the_same_in_every_run(
    lines: list[tuple[str, dict[str, Any], date | None]], again: str | None
) -> None:
    first, second = FileRows(again), FileRows(again)
    names = [first.identify(club, "meeting", form, on) for club, form, on in lines]
    assert names == [second.identify(club, "meeting", form, on) for club, form, on in lines]
    assert len(set(names)) == len(lines)
    other = FileRows("một lý do khác")
    assert not {one.digest for one in names} & {
        other.identify(club, "meeting", form, on).digest for club, form, on in lines
    }


@given(FORM)
def test_a_day_in_its_own_column_or_in_the_form_is_the_same(form: dict[str, Any]) -> None:
    day = date(2023, 4, 1)
    form.pop("date", None)
    inside = FileRows().identify("BN-1", "meeting", {**form, "date": "2023-04-01"}, None)
    assert FileRows().identify("BN-1", "meeting", form, day) == inside


def test_one_cause_is_shown_once_with_the_rows_and_their_count(keeper: Keeper, club: str) -> None:
    path = keeper.folder / "nhieu.csv"
    rows = "".join(f"{club},meeting,2021-10-{1 + place % 28:02},48\n" for place in range(408))
    path.write_text("club,step,on,nguoi_du\n" + rows, encoding="utf-8")
    answer = keeper.run("advance", "--many", path)
    assert answer.code == 1
    assert answer.out.count("nguoi_du") == 1
    (line,) = [line for line in answer.out.splitlines() if line.startswith("2–409")]
    assert line.split()[1] == "408"
    assert answer.out.splitlines()[-1] == "0 done, 408 refused."
