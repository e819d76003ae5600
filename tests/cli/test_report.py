# ruff: noqa: N802  (tests are named for the facts they hold)
"""``clb report``: the list, a built file, and the record of its sending."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from support.roster_cli import Office

import schemas

KEYS = ["id", "title", "cycle", "due_rule", "due_on", "to", "source"]


def listed(office: Office, province: str, on: str) -> dict[str, dict[str, Any]]:
    found = office.json("report-list", "report", "list", province, "--on", on)
    return {one["id"]: one for one in found}


def sent(office: Office, period: str, on: str, *more: str) -> dict[str, Any]:
    found: dict[str, Any] = office.json(
        *("report-sent", "report", "sent", "bac_ninh", "half_year", "--period", period),
        *("--on", on, "--as", "tinh", *more),
    )
    return found


def test_BN_65_the_list_has_the_contracts_keys_and_the_strict_day(office: Office) -> None:
    found = listed(office, "bac_ninh", "2022-03-01")
    assert all(list(one)[: len(KEYS)] == KEYS for one in found.values())
    half, year = found["half_year"], found["year"]
    assert (half["due_rule"], half["due_on"]) == ("before 20/6", "2022-06-19")
    assert (year["due_rule"], year["due_on"]) == ("before 20/12", "2022-12-19")
    assert half["to"] == ["Ủy ban nhân dân tỉnh Bắc Ninh", "Bộ Lao động - Thương binh và Xã hội"]
    assert half["source"] == "QĐ 933/QĐ-UBND, Phần thứ ba, V, đoạn kết"


def test_T_ALL2_recipients_are_those_of_the_day_asked(office: Office) -> None:
    half = listed(office, "bac_ninh", "2025-03-01")["half_year"]
    assert half["to"] == ["Ủy ban nhân dân tỉnh Bắc Ninh", "Bộ Y tế (not confirmed)"]
    assert half["via"] == "Sở Y tế (not confirmed)"
    assert half["confirmed"] is False


def test_a_report_without_a_day_has_none_stipulated_after_its_document_too(office: Office) -> None:
    text = office.run("report", "list", "hoa_binh", "--on", "2022-03-01").out
    assert "Due: not stipulated; the document is no longer in force" in text
    text = office.run("report", "list", "hoa_binh", "--on", "2022-03-01", "--lang", "vi").out
    assert "Hạn: không quy định; văn bản không còn hiệu lực" in text
    assert "chưa có hạn" not in text


@pytest.mark.parametrize("province", ["bac_ninh", "hoa_binh", "hai_phong", "ha_noi"])
def test_every_province_has_an_overview(office: Office, province: str) -> None:
    assert "overview" in listed(office, province, "2022-03-01")


def test_HB_90_a_report_without_a_day_is_null_with_its_status(office: Office) -> None:
    found = listed(office, "hoa_binh", "2019-03-01")["half_year"]
    assert (found["due_rule"], found["due_on"], found["status"]) == (None, None, "not_stipulated")
    text = office.run("report", "list", "hoa_binh", "--on", "2019-03-01", "--lang", "vi").out
    assert "không quy định" in text


def test_reports_of_a_document_that_has_ended_come_last_and_say_until_when(
    office: Office,
) -> None:
    living, _heading, past = office.run(
        "report", "list", "hoa_binh", "--on", "2022-03-01"
    ).out.partition("Asked for no more")
    assert "overview" in living
    assert "KH 47" not in living
    past = " ".join(past.split())
    assert past.count("KH 47/KH-UBND") == past.count("in force only until 31/12/2020") == 6
    assert "Asked for no more" not in office.run("report", "list", "--on", "2022-03-01").out


def test_who_reports_is_marked_where_the_document_names_nobody(office: Office) -> None:
    found = listed(office, "bac_ninh", "2022-03-01")
    assert found["phase"]["reporters"] == ["Ban điều hành Đề án (as this system reads it)"]
    assert "reads" not in found["phase"]["source"] + " ".join(found["periodic"]["reporters"])


def test_in_vietnamese_the_rule_reads_as_the_document(office: Office) -> None:
    text = office.run("report", "list", "--on", "2022-03-01", "--lang", "vi").out
    assert "trước 20/6" in text
    assert "19/06/2022" in text


def test_a_report_is_written_to_a_file_and_named(office: Office) -> None:
    office.decided_club()
    path = office.folder / "bao_cao.json"
    answer = office.json(
        *("report-build", "report", "build", "bac_ninh", "year", "--period", "2021"),
        *("--format", "json", "--out", str(path)),
    )
    made = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator(schemas.load("report")).validate(made)
    assert (answer["file"], answer["due_on"]) == (str(path), "2021-12-19")
    assert answer["log"] == made["log"]
    assert made["figures"]["clubs"] == 1


def test_without_a_file_the_report_itself_is_the_answer(office: Office) -> None:
    office.decided_club()
    answer = office.json(
        "../report", "report", "build", "bac_ninh", "overview", "--on", "2021-09-30"
    )
    assert answer["period"]["end"] == "2021-09-30"


def test_two_files_of_one_log_are_the_same_bytes_from_two_processes(office: Office) -> None:
    office.decided_club()
    build = [
        sys.executable,
        *["-m", "engine", "report", "build", "bac_ninh", "year", "--period", "2021"],
    ]
    files: list[bytes] = []
    for name in ("mot.json", "hai.json"):
        path = office.folder / name
        done = subprocess.run(
            [*build, "--out", str(path)],
            env={**os.environ, "PYTHONHASHSEED": str(len(files))},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        files.append(path.read_bytes())
    assert files[0] == files[1]


def test_a_file_that_cannot_be_written_is_an_error(office: Office) -> None:
    nowhere = office.folder / "khong_co" / "r.json"
    args = ("report", "build", "bac_ninh", "year", "--period", "2021", "--out", nowhere)
    assert office.error(*args, code=2) == "CLB-FILE"


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("bac_ninh", "yaer", "--period", "2021"), "CLB-REPORT-UNKNOWN"),
        (("bac_ninh", "year", "--period", "2021H1"), "CLB-PERIOD"),
        (("bac_ninh", "year", "--period", "2031"), "CLB-PERIOD"),
        (("bac_ninh", "year"), "CLB-PERIOD"),
        (("tinh_khac", "year", "--period", "2021"), "CLB-PROVINCE-UNKNOWN"),
        (("bac_ninh", "year", "--period", "2021", "--format", "pdf"), "CLB-USAGE"),
    ],
)
def test_what_cannot_be_built_is_bad_input(
    office: Office, args: tuple[str, ...], code: str
) -> None:
    assert office.error("report", "build", *args, code=2) == code


@pytest.mark.parametrize(
    ("on", "late", "days"), [("2022-06-19", False, 0), ("2022-06-20", True, 1)]
)
def test_BN_65_sent_on_the_19th_is_in_time_and_on_the_20th_late(
    office: Office, on: str, late: bool, days: int
) -> None:
    found = sent(office, "2022H1", on)
    assert (found["late"], found["due_on"], found["days_late"]) == (late, "2022-06-19", days)


def test_a_report_without_a_day_is_never_late(office: Office) -> None:
    found = office.json(
        *("report-sent", "report", "sent", "bac_ninh", "yearly_conference"),
        *("--period", "2022", "--on", "2023-05-01", "--as", "tinh"),
    )
    assert (found["late"], found["due_on"], found["status"]) == (False, None, "not_stipulated")


def test_a_sending_is_an_event_and_the_report_is_no_longer_due(office: Office) -> None:
    office.decided_club()
    found = sent(office, "2022H1", "2022-06-17")
    assert found["event"]["stream"] == "province:bac_ninh"
    due = office.json("due", "due", "--on", "2022-07-01")
    assert "2022H1" not in {one["period"] for one in due}
    assert office.run("audit", "verify").code == 0
    assert office.run("db", "check").code == 0


def test_a_period_is_recorded_twice_only_with_a_reason(office: Office) -> None:
    office.decided_club()
    sent(office, "2022H1", "2022-06-25")
    args = ("report", "sent", "bac_ninh", "half_year", "--period", "2022H1", "--on", "2022-06-18")
    assert office.error(*args, "--as", "tinh", code=1) == "CLB-REPORT-SENT"
    sent(office, "2022H1", "2022-06-18", "--again", "Ghi nhầm ngày")
    assert office.run("db", "check").code == 0
    assert "18/06/2022" in office.run(*args, "--as", "tinh").err, "the last record counts"
    made = office.json("../report", "report", "build", "bac_ninh", "overview", "--period", "2022")
    (one,) = [row for row in made["earlier_reports"] if row["period"] == "2022H1"]
    assert (one["sent_on"], one["days_late"]) == ("2022-06-18", 0)


@pytest.mark.parametrize("officer", ["hoi", "ubnd"])
def test_an_officer_of_a_commune_does_not_send_for_the_province(
    office: Office, officer: str
) -> None:
    args = ("report", "sent", "bac_ninh", "half_year", "--period", "2022H1", "--on", "2022-06-17")
    assert office.error(*args, "--as", officer, code=3) == "CLB-REPORT-ROLE"
    assert office.error(*args, "--as", "ai_do", code=2) == "CLB-OFFICER-UNKNOWN"


def test_a_sending_lies_neither_in_the_future_nor_before_its_period(office: Office) -> None:
    start = ("report", "sent", "bac_ninh", "half_year", "--period", "2022H1", "--as", "tinh")
    tomorrow = (date.today() + timedelta(days=2)).isoformat()  # noqa: DTZ011
    assert office.error(*start, "--on", tomorrow, code=1) == "CLB-DATE-FUTURE"
    assert office.error(*start, "--on", "2021-12-31", code=1) == "CLB-REPORT-EARLY"
    assert office.run("db", "check").code == 0
