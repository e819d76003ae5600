"""What officers wrote down besides the procedure: who manages a club, how a course was held."""

from typing import Any

from support.roster_cli import COMMUNE, Office

OPEN = ("club", "open", "--province", "bac_ninh", "--commune", COMMUNE, "--village", "Thôn Đông")
MANAGED = ("--set", "managing_unit=Chi hội NCT Thôn Đông", "--set", "self_managed=true")


def opened(office: Office, *more: str) -> str:
    answer = office.json("club-open", *OPEN, "--name", "CLB", "--on", "2021-08-01", *more)
    return str(answer["club"])


def test_t_bn5_the_page_of_a_club_reports_both_who_manages_it_and_that_it_does_itself(
    office: Office,
) -> None:
    club = opened(office, *MANAGED)
    page: dict[str, Any] = office.json("club-show", "club", "show", club)
    assert (page["managing_unit"], page["self_managed"]) == ("Chi hội NCT Thôn Đông", True)
    shown = office.run("club", "show", club).out
    assert "Managed by: Chi hội NCT Thôn Đông" in shown
    assert "Manages itself: yes" in shown


def test_what_was_not_written_down_is_null_and_not_reported(office: Office) -> None:
    club = opened(office)
    page: dict[str, Any] = office.json("club-show", "club", "show", club)
    assert (page["managing_unit"], page["self_managed"]) == (None, None)
    shown = office.run("club", "show", club).out
    assert "Managed by" not in shown
    assert "Manages itself" not in shown


def test_no_is_reported_as_no(office: Office) -> None:
    club = opened(office, "--set", "self_managed=false")
    assert "Manages itself: no" in office.run("club", "show", club).out


def test_a_field_the_opening_has_not_is_bad_input(office: Office) -> None:
    code = office.error(*OPEN, "--name", "CLB", "--set", "managing=x", code=2)
    assert code == "CLB-FORM-FIELD"


def test_hb_20_the_history_reports_the_kind_and_the_form_of_a_course(office: Office) -> None:
    club = office.decided_club()
    course = ("course.start=2021-09-13", "course.days=2", "course.attendees=5", "--as", "tinh")
    office.advance(club, "train", "course.kind=initial", "course.form=model", *course)
    shown = office.run("club", "history", club).out
    assert "initial, model training; 2 days; 5 took part" in shown
    (event,) = [
        one
        for one in office.json("club-history", "club", "history", club)
        if one["step"] == "train"
    ]
    assert event["form"]["course"]["form"] == "model"


def test_the_dates_of_the_documents_are_among_the_facts_of_a_finding(office: Office) -> None:
    club = opened(office)
    office.advance(club, "propose", "submission.number=1", "submission.date=2026-02-02")
    asked = ("check", club, "approve", "--on", "2026-03-02", "--explain", "CLB-PROGRAMME-ENDED")
    found = office.json("check-explain", *asked)
    assert {"document": "QĐ 933/QĐ-UBND", "from": "2021-07-28", "to": "2025-12-31"} in found[
        "facts"
    ]["documents"]
    shown = office.run(*asked).out
    assert "QĐ 933/QĐ-UBND: 28/07/2021 - 31/12/2025" in shown
    assert "the same in every province" not in shown


def test_hp_11_17_the_money_and_the_lead_of_each_activity_can_be_asked(office: Office) -> None:
    asked = ("policy", "show", "hai_phong", "funding.by_activity", "--on", "2021-06-01")
    found = office.json("policy-show", *asked)
    assert len(found["value"]) == 7
    assert all(one["activity"] and one["funding"] and one["lead"] for one in found["value"])
    shown = office.run(*asked).out
    assert shown.count("in charge: ") == 7
    table = [one for one in shown.splitlines() if not one.startswith("  Source: ")]
    assert max(map(len, table)) <= 100
