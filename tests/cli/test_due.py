"""``clb due``: the contract's rows, its filters, the calendar file, and a quick start."""

import json
import os
import shlex
import subprocess
import sys
from typing import Any

import icalendar
import pytest
from support.roster_cli import Office

KEYS = ["task", "club", "kind", "due_on", "role", "source", "overdue_days"]
COMPOSITION = [f"CLB-COMP-{part}" for part in ("SIZE", "ELDERLY", "YOUNG", "WOMEN", "POOR")]
HEAVY = ("jsonschema", "transitions", "xlsxwriter", "python_calamine", "clb_bac_ninh")


@pytest.fixture
def club(office: Office) -> str:
    """A club decided on 1 September 2021 and launched a month later, on a Friday."""

    def build() -> str:
        made = office.decided_club()
        office.advance(
            *(made, "launch", "date=2021-10-01", "place=Nhà văn hóa", "attendance=70"),
            *("charter_adopted=true", 'funds_opened=["income","operating"]'),
            *("--ack", "CLB-TRAIN-MISSING=đã biết"),
        )
        return made

    return office.prepared("launched for due", build)


def rows(office: Office, *args: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.json("due", "due", *args)
    return found


def kinds(found: list[dict[str, Any]]) -> set[str]:
    return {one["kind"] for one in found}


def test_each_row_has_the_contracts_keys_in_their_order(office: Office, club: str) -> None:
    found = rows(office, "--on", "2022-03-01")
    assert all(list(one)[: len(KEYS)] == KEYS for one in found)
    (one,) = [row for row in found if row["kind"] == "supervision"]
    assert {name: one[name] for name in KEYS} == {
        "task": "supervision",
        "club": club,
        "kind": "supervision",
        "due_on": "2022-04-01",
        "role": "province",
        "source": "QĐ 933/QĐ-UBND, Phần thứ ba, II.4",
        "overdue_days": 0,
    }


def test_what_the_province_does_not_ask_for_is_given_as_the_general_procedure(
    office: Office, club: str
) -> None:
    (one,) = [row for row in rows(office, "--on", "2022-03-01") if row["kind"] == "review"]
    assert one["source"] == "general procedure, not a provision of the province"
    vietnamese = office.run("due", "--on", "2022-03-01", "--lang", "vi").out
    assert "theo quy trình chung, không phải quy định của tỉnh, thành phố" in vietnamese


def test_an_obligation_without_a_day_is_null_and_marked(office: Office, club: str) -> None:
    found = rows(office, "--on", "2022-03-01")
    (one,) = [row for row in found if row["kind"] == "training_initial" and row["club"]]
    assert (one["due_on"], one["overdue_days"], one["status"]) == (None, None, "not_stipulated")


def test_after_a_document_s_end_what_it_asked_for_is_shown_as_of_that_day(
    office: Office, club: str
) -> None:
    found = {one["kind"]: one for one in rows(office, "--on", "2026-02-01") if one["club"]}
    training, supervision = found["training_initial"], found["supervision"]
    assert (training["status"], training["ended_on"]) == ("ended", "2025-12-31")
    # The general procedure goes on with supervisions: owed under that, not under the document.
    assert supervision["status"] == "overdue"
    assert supervision["source"].startswith("general procedure")
    assert "QĐ 933/QĐ-UBND, Phần thứ ba, II.4" in supervision["note"]
    text = office.run("due", "--on", "2026-02-01").out
    living, ended = text.split("Not done under a rule in force only until 31/12/2025: ")
    assert "initial training" not in living
    assert "initial training" in ended
    assert "QĐ 933/QĐ-UBND, Phần thứ ba, II.2" in ended


def test_a_report_of_an_ended_document_is_late_by_the_days_of_its_life(
    office: Office, club: str
) -> None:
    found = rows(office, "--on", "2031-06-01", "--overdue")
    reports = {one["period"]: one for one in found if one["kind"] == "report" and one["due_on"]}
    assert {one["status"] for one in reports.values()} == {"ended"}
    assert reports["2025"]["overdue_days"] == 12  # from 19/12 to 31/12/2025
    kept = office.run("club", "show", club, "--on", "2031-06-01").out
    assert "under a rule in force only until 31/12/2025" in " ".join(kept.split())


def test_days_late_are_counted_on_the_day_asked(office: Office, club: str) -> None:
    late = rows(office, "--on", "2022-04-11", "--overdue")
    assert [(one["kind"], one["overdue_days"]) for one in late] == [
        ("report", 113),
        ("supervision", 10),
    ]
    assert {one["status"] for one in late} == {"overdue"}


@pytest.mark.parametrize(
    ("within", "found"),
    [("30d", {"report"}), ("31d", {"report", "supervision"}), ("1m", {"report", "supervision"})],
)
def test_within_reaches_so_many_days_and_keeps_what_is_late(
    office: Office, club: str, within: str, found: set[str]
) -> None:
    assert kinds(rows(office, "--on", "2022-03-01", "--within", within)) == found


@pytest.mark.parametrize("within", ["soon", "-3d", "30x", "", "99999d"])
def test_what_is_no_span_of_time_is_bad_input(office: Office, club: str, within: str) -> None:
    code = office.error("due", f"--within={within or ' '}", code=2)
    assert code == "CLB-DUE-WITHIN"


def test_a_role_sees_its_own_work(office: Office, club: str) -> None:
    own = rows(office, "--on", "2021-11-01", "--role", "association")
    assert all(one["role"] == "association" for one in own)
    assert "supervision" not in kinds(own)
    assert "supervision" in kinds(rows(office, "--on", "2021-11-01", "--role", "province"))


def test_an_unknown_province_is_bad_input(office: Office) -> None:
    assert office.error("due", "--province", "tinh_khac", code=2) == "CLB-PROVINCE-UNKNOWN"


def test_another_provinces_work_is_asked_for_by_name(office: Office, club: str) -> None:
    found = rows(office, "--province", "ha_noi", "--on", "2026-06-01")
    assert all(one["club"] is None for one in found)


def test_the_text_names_club_day_and_article(office: Office, club: str) -> None:
    text = office.run("due", "--on", "2022-04-11", "--lang", "vi").out
    assert "01/04/2022" in text
    assert club in text
    assert "QĐ 933/QĐ-UBND, Phần thứ ba, II.4" in text
    assert "chưa có hạn" in text


def test_a_day_off_is_noted(office: Office, club: str) -> None:
    text = office.run("due", "--on", "2022-04-11").out
    assert "19/06/2022 is a Sunday" in text


def test_the_calendar_file_holds_every_row_with_a_day(office: Office, club: str) -> None:
    path = office.folder / "han.ics"
    found = rows(office, "--on", "2022-03-01", "--ics", str(path), "--as", "tinh")
    events = list(icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"))
    dated = [one for one in found if one["due_on"]]
    open_ = [event for event in events if str(event["STATUS"]) == "CONFIRMED"]
    # A calendar shows what is late on the day it was asked, where people look.
    assert [str(event["DTSTART"].dt) for event in open_] == [
        "2022-03-01" if one["overdue_days"] else one["due_on"] for one in dated
    ]
    assert len({str(event["UID"]) for event in events}) == len(events) > 3


def test_an_event_keeps_its_uid_from_one_day_to_the_next(office: Office, club: str) -> None:
    uids = []
    for on in ("2022-03-01", "2022-03-02"):
        path = office.folder / f"{on}.ics"
        assert office.run("due", "--on", on, "--ics", path, "--as", "tinh").code == 0
        events = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        uids.append({str(event["UID"]) for event in events})
    assert uids[0] == uids[1]


def calendar(office: Office, *args: str) -> dict[str, icalendar.Event]:
    path = office.folder / "lich.ics"
    assert office.run("due", "--ics", path, *args).code == 0
    found = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return {str(event["UID"]): event for event in found}


def test_an_entry_names_club_commune_place_body_and_reminds(office: Office, club: str) -> None:
    events = calendar(office, "--on", "2022-03-01", "--lang", "vi", "--as", "tinh")
    (event,) = [one for uid, one in events.items() if uid.startswith(f"supervision.{club}.")]
    assert str(event["SUMMARY"]) == "giám sát: CLB Thôn Đông, phường Đình Bảng"
    assert str(event["LOCATION"]) == "Thôn Đông, phường Đình Bảng"
    assert [str(name) for name in event["CATEGORIES"].cats] == ["CLB Liên thế hệ", "giám sát"]
    assert str(event["CONTACT"]) == "cấp tỉnh hoặc cấp huyện"
    assert len(event.walk("VALARM")) == 2
    (report,) = [one for uid, one in events.items() if uid.startswith("report.") and "2021" in uid]
    assert str(report["SUMMARY"]).startswith("Trễ 72 ngày: Báo cáo năm")
    assert "Hạn: 19/12/2021" in str(report["DESCRIPTION"])


def test_what_was_done_is_cancelled_under_the_uid_it_had(office: Office, club: str) -> None:
    before = calendar(office, "--on", "2022-03-01", "--as", "tinh")
    (uid,) = [one for one in before if one.startswith(f"supervision.{club}.")]
    office.advance(
        *(club, "supervise", "date=2022-03-15", "inspector=Bà Tư", "meetings_held=5"),
        *("activities=[]", "borrowers=3"),
        *("conclusion=pass", "--as", "tinh"),
        *("--ack", "CLB-SUPERVISE-EARLY=gần hạn"),
        *(part for code in COMPOSITION for part in ("--ack", f"{code}=đã biết")),
    )
    sent = ("report", "sent", "bac_ninh", "year", "--period", "2021", "--on", "2022-03-15")
    assert office.run(*sent, "--as", "tinh").code == 0
    after = calendar(office, "--on", "2022-03-16", "--as", "tinh")
    assert str(after[uid]["STATUS"]) == "CANCELLED"
    assert after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"]
    assert str(after["report.bac_ninh.year.2021@clb-lien-the-he"]["STATUS"]) == "CANCELLED"
    living = {one for one, event in after.items() if str(event["STATUS"]) == "CONFIRMED"}
    assert uid not in living
    assert [one for one in living if one.startswith(f"supervision.{club}.")]


def test_an_officer_of_a_commune_sees_its_own_tasks_first_and_what_to_type(
    office: Office, club: str
) -> None:
    monthly = office.run("due", "--on", "2021-09-10", "--lang", "vi", "--as", "hoi").out
    own, others = monthly.split("Việc của nơi khác đối với câu lạc bộ:")
    assert own.startswith("Hội NCT phường, Hội Người cao tuổi phường Đình Bảng, ngày 10/09/2021")
    assert "Việc của ông/bà:" in own
    assert f'→ clb buoc {club} "lễ ra mắt"' in own
    assert "giám sát" not in own
    assert others.index("cấp tỉnh") < others.index("Việc của cấp tỉnh:")
    assert "Báo cáo" not in others.partition("Việc của cấp tỉnh:")[0]
    elsewhere = office.run("due", "--on", "2021-09-10", "--lang", "vi", "--as", "hoi_ban").out
    assert club not in elsewhere
    assert "Việc của các xã, phường khác: clb han --province bac_ninh" in elsewhere


@pytest.mark.parametrize("words", ["vi", "en"])
def test_what_is_shown_to_be_typed_is_understood(office: Office, club: str, words: str) -> None:
    shown = office.run("due", "--on", "2022-04-11", "--as", "tinh", "--lang", words).out
    commands = [line.partition("→ clb ")[2] for line in shown.splitlines() if "→ clb" in line]
    assert len(commands) > 4
    for command in commands:
        typed = shlex.split(command)
        out = ("--out", office.folder / "b.json") if {"build", "lap"} & {*typed} else ()
        error = office.run(*typed, *out, "--as", "tinh", "--json").data.get("error")
        assert error is None or error["code"] == "CLB-FORM-MISSING", (command, error)


def test_messages_to_paste_are_one_a_club_without_tables(office: Office, club: str) -> None:
    named = ("board", "set", club, "--chair", "Trần Thị Lan", "--vice", "Lê Văn Ba")
    assert office.run(*named, "--on", "2021-10-02").code in (0, 1)
    text = office.run("due", "--zalo", "--on", "2022-04-11", "--lang", "vi").out
    lines = text.splitlines()
    assert lines[0] == "Kính gửi Ban Chủ nhiệm CLB Thôn Đông, phường Đình Bảng:"
    assert "- 01/04/2022, đã trễ 10 ngày: giám sát (cấp tỉnh hoặc cấp huyện làm)" in lines
    assert all(line.startswith("- ") for line in lines[1:])


def test_a_calendar_file_that_cannot_be_written_is_an_error(office: Office, club: str) -> None:
    nowhere = office.folder / "khong_co" / "han.ics"
    assert office.error("due", "--ics", nowhere, code=2) == "CLB-FILE"


def test_a_cold_start_loads_nothing_heavy(office: Office, club: str) -> None:
    assert office.run("due").code == 0, "the policy is checked once, by the first command"
    program = (
        "import sys; from engine.cli import run; code = run(['due', '--json']); "
        f"print([name for name in {HEAVY!r} if name in sys.modules], code, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ},
        check=False,
    )
    assert done.stderr.splitlines()[-1] == "[] 0"
    assert json.loads(done.stdout)


def test_each_row_of_the_table_points_at_its_ground_below_it(office: Office, club: str) -> None:
    """Two supervisions can have two grounds: the row says which, not the kind of task."""
    lines = office.run("due", "--on", "2022-04-11").out.splitlines()
    below = {line[1]: line[4:] for line in lines if line.startswith("[")}
    shown = {line.rstrip()[-2] for line in lines[3:] if line.rstrip().endswith("]")}
    assert shown == set(below)
    (supervision,) = [line for line in lines if "supervision" in line]
    assert below[supervision.rstrip()[-2]] == "QĐ 933/QĐ-UBND, Phần thứ ba, II.4"
    (review,) = [line for line in lines if "yearly review" in line]
    assert below[review.rstrip()[-2]] == "general procedure, not a provision of the province"


def test_a_period_is_shown_in_words(office: Office, club: str) -> None:
    out = office.run("due", "--on", "2022-04-11", "--lang", "vi").out
    assert "2022H1" not in out
    assert "6 tháng đầu năm 2022" in " ".join(out.split())
