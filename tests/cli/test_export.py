"""The log for other tools: every event, checkable, and harmless in a spreadsheet."""

import csv
import io
import json
from pathlib import Path

import pytest
from support.keeper import Keeper

from engine.lifecycle.registry import make_registry
from engine.model import Officer, Role
from engine.store.canonical import digest, dumps


def exported(keeper: Keeper, file: Path, *more: str) -> int:
    answer = keeper.json("export-events", "export", "events", file, *more)
    assert answer["file"] == str(file)
    return int(answer["events"])


def kept(keeper: Keeper) -> list[tuple[str, str]]:
    return keeper.sql("SELECT body, hash FROM event ORDER BY stream, seq")


def test_every_line_holds_the_body_its_hash_is_over(keeper: Keeper) -> None:
    keeper.lived()
    file = keeper.folder / "nhật ký.jsonl"
    count = exported(keeper, file, "--format", "jsonl")
    lines = file.read_bytes().decode("utf-8").splitlines()
    assert count == len(lines) == len(kept(keeper))
    for line, (body, hash_) in zip(lines, kept(keeper), strict=True):
        event = json.loads(line)
        assert event["hash"] == hash_ == digest(dumps(event["body"]))
        assert dumps(event["body"]) == body


def test_a_spreadsheet_gets_columns_and_the_body(keeper: Keeper) -> None:
    keeper.lived()
    file = keeper.folder / "log.csv"
    count = exported(keeper, file, "--format", "csv")
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == count
    assert [(row["body"], row["hash"]) for row in rows] == kept(keeper)
    assert {row["stream"] for row in rows} > {"province:bac_ninh"}
    assert all(json.loads(row["body"])["on"] == row["on"] for row in rows)


@pytest.mark.parametrize("officer", ["=1+1", "+84", "@SUM", "＝1"])
def test_no_cell_acts_as_a_formula(keeper: Keeper, officer: str) -> None:
    keeper.run("db", "init")
    registry, _made = make_registry(str(keeper.database))  # an id that older programs took
    registry.officers.add(Officer(officer, "X", Role.ADMIN, "bac_ninh"), by=None)
    registry.store.close()
    file = keeper.folder / "log.csv"
    exported(keeper, file)
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    assert f"'{officer}" in rows[1]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(("name", "form"), [("a.csv", "csv"), ("a.CSV", "csv"), ("a.txt", "jsonl")])
def test_the_form_follows_the_name_where_none_is_given(
    keeper: Keeper, name: str, form: str
) -> None:
    keeper.lived()
    answer = keeper.json("export-events", "export", "events", keeper.folder / name)
    assert answer["format"] == form


def test_no_name_of_a_member_leaves_the_database(keeper: Keeper) -> None:
    keeper.lived()
    file = keeper.folder / "log.jsonl"
    exported(keeper, file)
    text = file.read_text(encoding="utf-8")
    members = keeper.sql("SELECT name, id_number, phone FROM personal")
    assert members
    assert not [word for row in members for word in row if word and len(word) > 6 and word in text]


def test_a_later_export_takes_the_place_of_an_earlier_one(keeper: Keeper) -> None:
    keeper.lived()
    file = keeper.folder / "log.jsonl"
    file.write_text("cũ", encoding="utf-8")
    exported(keeper, file)
    assert len(file.read_text(encoding="utf-8").splitlines()) == len(kept(keeper))


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_damaged_log_is_not_passed_on(keeper: Keeper, form: str) -> None:
    keeper.lived()
    keeper.sql("UPDATE event SET body = replace(body, 'met', 'mét') WHERE step = 'approve'")
    file = keeper.folder / "log"
    file.write_text("cũ", encoding="utf-8")
    error = keeper.error("export", "events", file, "--format", form, code=5)
    assert error["code"] == "CLB-LOG-DAMAGED"
    assert file.read_text(encoding="utf-8") == "cũ"
    assert not list(keeper.folder.glob("*.part"))


def test_a_folder_that_is_not_there_is_reported(keeper: Keeper) -> None:
    keeper.lived()
    file = keeper.folder / "none" / "log.csv"
    assert keeper.error("export", "events", file, code=2)["code"] == "CLB-FILE"
