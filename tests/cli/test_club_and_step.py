"""Clubs, checks and steps at the command line answer as their schemas say."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

import schemas
from engine.cli import run

Call = Callable[..., tuple[int, Any]]
ASPECTS = ("conditions", "criteria", "organisation", "personnel")
APPRAISED = [f"appraisal.{name}=met" for name in ASPECTS]
DECIDED = ["decision.number=5", "decision.signer=Trần Văn Ký", "decision.title=Chủ tịch"]


def valid(name: str, answer: Any) -> None:
    """Hold an answer against its schema."""
    checker = FormatChecker()
    Draft202012Validator(schemas.load(f"cli/{name}"), format_checker=checker).validate(answer)


@pytest.fixture
def clb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """The command line on a database with Bắc Ninh's officers and one club being prepared."""
    monkeypatch.setenv("CLB_DATABASE", str(tmp_path / "clb.sqlite3"))

    def call(*args: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = run([*args, "--json"])
        return code, json.loads(capsys.readouterr().out)

    province = ["--province", "bac_ninh"]
    call("db", "init")
    call("officer", "add", "qt", "--name", "Q", "--role", "admin", *province)
    for officer, role in (("hoi", "association"), ("ubnd", "committee"), ("tinh", "province")):
        commune = [] if role == "province" else ["--commune", "Phường Đình Bảng"]
        call(
            "officer",
            "add",
            officer,
            "--name",
            officer,
            "--role",
            role,
            *province,
            *commune,
            "--as",
            "qt",
        )
    code, opened = call(
        "club",
        "open",
        *province,
        "--commune",
        "Phường Đình Bảng",
        "--village",
        "Khu 1",
        "--name",
        "CLB Một",
        "--on",
        "02/08/2021",
        "--as",
        "hoi",
    )
    assert code == 0
    valid("club-open", opened)
    return call


def sets(fields: list[str]) -> list[str]:
    """Return fields as --set options."""
    return [part for field in fields for part in ("--set", field)]


def propose(clb: Call) -> tuple[int, Any]:
    """Propose the empty club, its size acknowledged."""
    return clb(
        "advance",
        "CLB Một",
        "propose",
        "--set",
        "submission.number=1",
        "--on",
        "09/08/2021",
        "--as",
        "hoi",
        "--ack",
        "CLB-COMP-SIZE=sẽ bổ sung",
    )


def test_the_pages_of_a_club_answer_as_their_schemas_say(clb: Call) -> None:
    code, answer = propose(clb)
    assert code == 0
    valid("advance", answer)
    for command in ("list", "show", "history"):
        args = ["--province", "bac_ninh"] if command == "list" else ["CLB Một"]
        code, answer = clb("club", command, *args)
        assert code == 0
        valid(f"club-{command}", answer)
    assert [event["step"] for event in clb("club", "history", "CLB Một")[1]] == ["open", "propose"]


def test_a_dry_run_reports_and_changes_nothing(clb: Call) -> None:
    code, answer = clb(
        "advance",
        "CLB Một",
        "propose",
        "--set",
        "submission.number=1",
        "--on",
        "09/08/2021",
        "--as",
        "hoi",
        "--ack",
        "CLB-COMP-SIZE=x",
        "--dry-run",
    )
    assert (code, answer["state"], answer["event"]) == (0, "proposed", None)
    valid("advance", answer)
    assert clb("club", "show", "CLB Một")[1]["state"] == "preparing"


def test_check_lists_every_step_from_here_and_each_reason(clb: Call) -> None:
    propose(clb)
    code, answer = clb("check", "CLB Một", "--on", "01/09/2021", "--as", "hoi")
    assert code == 0
    valid("check", answer)
    by_step = {one["step"]: one for one in answer["steps"]}
    assert {"approve", "return", "reject", "withdraw"} <= set(by_step)
    codes = [one["code"] for one in by_step["approve"]["findings"]]
    assert codes.count("CLB-APPRAISAL-MISSING") == 5
    assert {"CLB-ROLE", "CLB-DUTIES"} <= set(codes)
    assert by_step["withdraw"]["allowed"] is True


def test_explaining_a_finding_gives_value_article_and_facts(clb: Call) -> None:
    propose(clb)
    code, answer = clb(
        "check", "CLB Một", "approve", "--on", "01/09/2021", "--explain", "CLB-COMP-SIZE"
    )
    assert code == 0
    valid("check-explain", answer)
    assert answer["policy"][0]["key"] == "membership.size"
    assert answer["policy"][0]["value"] == {"min": 60, "max": 75}
    assert answer["policy"][0]["source"] == answer["finding"]["source"]
    assert answer["facts"]["state"] == "proposed"
    code, answer = clb("check", "CLB Một", "approve", "--explain", "CLB-GIO")
    assert (code, answer["error"]["code"]) == (2, "CLB-FINDING-UNKNOWN")


def test_a_refusal_lists_every_reason_and_its_schema_holds(clb: Call) -> None:
    propose(clb)
    code, answer = clb(
        "advance",
        "CLB Một",
        "approve",
        *sets([*APPRAISED, *DECIDED]),
        "--on",
        "01/09/2021",
        "--as",
        "ubnd",
    )
    assert code == 1
    valid("error", answer)
    found = [(one["code"], one["level"]) for one in answer["findings"]]
    assert found == [("CLB-APPRAISAL-MISSING", "block"), ("CLB-COMP-SIZE", "warn")]


def test_many_steps_are_reported_row_by_row_and_a_bad_row_stops_no_other(
    clb: Call, tmp_path: Path
) -> None:
    rows = tmp_path / "many.csv"
    rows.write_text(
        "club,step,on,attendance,activities\n"
        "CLB Một,meeting,2021-09-05,40,health_care\n"
        "CLB Hai,meeting,2021-09-05,40,health_care\n"
        "CLB Một,meeting,2021-10-05,41,rights\n",
        encoding="utf-8-sig",
    )
    code, answer = clb("advance", "--many", str(rows), "--as", "hoi")
    assert code == 1
    valid("advance-many", answer)
    assert [(row["row"], row["done"]) for row in answer["rows"]] == [
        (2, True),
        (3, False),
        (4, True),
    ]
    assert (answer["done"], answer["refused"]) == (2, 1)
    steps = [event["step"] for event in clb("club", "history", "CLB Một")[1]]
    assert steps == ["open", "meeting", "meeting"]


def test_units_and_plugins_answer_as_their_schemas_say(clb: Call, tmp_path: Path) -> None:
    units = tmp_path / "units.csv"
    units.write_text("id,name,kind,valid_from\n1,Xã Dét,xã,2020-01-01\n", encoding="utf-8")
    code, answer = clb("commune", "import", str(units), "--province", "bac_ninh", "--as", "tinh")
    assert code == 0
    valid("commune-import", answer)
    valid("commune-search", clb("commune", "search", "det", "--province", "bac_ninh")[1])
    code, answer = clb("province", "check", "bac_ninh")
    assert code == 0
    valid("province-check", answer)


def test_opening_a_file_shows_what_was_found_about_it(clb) -> None:
    opened = (
        *("club", "open", "--province", "bac_ninh", "--commune", "phường Đình Bảng"),
        *("--village", "Thôn Mới", "--name", "CLB Mới", "--on", "2021-08-02", "--as", "hoi"),
    )
    code, answer = clb(*opened)
    assert code == 0, answer
    valid("club-open", answer)
    assert [one["code"] for one in answer["findings"]] == ["CLB-COMMUNE-UNCHECKED"]
