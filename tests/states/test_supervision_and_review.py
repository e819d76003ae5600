"""Supervising and reviewing a club: checks and effects, with literals."""

from dataclasses import replace
from typing import Any

import pytest
from support.literals import (
    Dated,
    club,
    codes,
    day,
    effects,
    judged,
    report,
    request,
    rules,
    task,
    text,
)

from engine.frozen import FrozenMap
from engine.model import (
    Composition,
    Effects,
    EntryKind,
    FundKind,
    LedgerEntry,
    Role,
    TaskClosing,
    TaskKind,
    TaskOpening,
    TaskOutcome,
)
from engine.rules.request import Review, Supervision
from engine.states import step as find_step

pytestmark = pytest.mark.usefixtures("english")

LAUNCHED = club(launched_on=day("2021-10-01"))
SIX = {"supervision.interval_months": Dated(6, source="QD1, II.4")}
PEOPLE = Composition(70, elderly=49, young=21)


def supervise(form: Any = None, on: str = "2022-04-01", **parts: Any) -> list[Any]:
    given = {"club": LAUNCHED, "composition": PEOPLE, **parts}
    return judged("supervise", request(on, form, **given))


def test_a_supervision_on_the_day_it_is_due_is_not_early() -> None:
    assert supervise(policy=SIX) == []


def test_a_supervision_the_day_before_it_is_due_warns() -> None:
    assert report(supervise(on="2022-03-31", policy=SIX)) == text("""
        warn CLB-SUPERVISE-EARLY
          Less than 6 months since 01/10/2021.
          expected: from 01/04/2022
          actual: 31/03/2022
          source: QD 1, II.4
          who: the province
          fix: It may be supervised sooner with a reason; later needs none, the days are
            noted.
        """)


def test_an_older_club_is_not_held_to_what_is_asked_of_new_ones() -> None:
    only = Dated(6, source="QD1, II.4", extra={"new_clubs_only": True})
    old = club(decided_on=day("2020-12-31"), launched_on=day("2021-10-01"))
    values, general = {"supervision.interval_months": only}, {"supervision.interval_months": 6}
    assert supervise(on="2022-03-31", policy=values, club=old) == []
    (found,) = supervise(on="2022-03-31", policy=rules(values, general=general), club=old)
    assert found.source == "general procedure, not a provision of the province"


def test_the_interval_counts_from_the_last_supervision_if_there_was_one() -> None:
    seen = club(launched_on=day("2021-10-01"), supervised_on=day("2022-01-01"))
    assert codes(supervise(club=seen, policy=SIX)) == ["CLB-SUPERVISE-EARLY"]


def test_a_supervision_recorded_late_for_an_earlier_day_is_not_early() -> None:
    assert supervise(on="2021-09-30", policy=SIX) == []
    assert codes(supervise(on="2021-10-01", policy=SIX)) == ["CLB-SUPERVISE-EARLY"]


def test_without_an_interval_or_a_first_day_nothing_is_early() -> None:
    assert supervise(on="2021-10-02") == []
    assert supervise(on="2021-10-02", club=club(), policy=SIX) == []


def test_an_early_supervision_by_the_general_procedure_cites_no_article() -> None:
    (found,) = supervise(on="2021-10-02", policy=rules(general=dict(SIX)))
    assert found.source == "general procedure, not a provision of the province"


def test_a_supervision_after_its_due_day_is_noted() -> None:
    due = (task(TaskKind.SUPERVISION, day("2022-03-31")),)
    assert codes(supervise(tasks=due)) == ["CLB-TASK-LATE"]


COUNTS = ("borrowers", "borrowers_in_kind", "members_with_need", "members_served")


@pytest.mark.parametrize("field", COUNTS)
def test_no_more_people_are_counted_than_the_club_has_members(field: str) -> None:
    assert supervise({field: 70}) == []
    assert codes(supervise({field: 71})) == ["CLB-SUPERVISE-COUNT"]


def test_too_many_borrowers_warn_with_the_number_of_members() -> None:
    assert report(supervise({"borrowers": 71})) == text("""
        warn CLB-SUPERVISE-COUNT
          Members who borrowed money: 71, but the club has 70 members.
          expected: at most 70
          actual: 71
          who: the province
          fix: Check the figure and the member list.
        """)


def test_no_more_have_a_better_income_than_borrowed() -> None:
    lent = {"borrowers": 20, "borrowers_in_kind": 5}
    assert supervise({**lent, "borrowers_improved": 25}) == []
    assert report(supervise({**lent, "borrowers_improved": 26})) == text("""
        warn CLB-SUPERVISE-COUNT
          Borrowers whose income has improved: 26, but 25 borrowed.
          expected: at most 25
          actual: 26
          who: the province
          fix: Check the figure and how many borrowed.
        """)


def test_a_club_whose_members_are_not_known_is_not_counted() -> None:
    assert supervise({"borrowers": 71}, composition=Composition()) == []


def test_a_supervision_is_held_against_the_province_s_shares() -> None:
    values = {"membership.size": {"max": 69}}
    assert codes(supervise(policy=values)) == ["CLB-COMP-SIZE"]


FIGURES = {
    "meetings_held": 6,
    "activities": ["health_care", "rights"],
    "income_fund_balance": 1,
    "operating_fund_balance": 2,
    "borrowers": 3,
    "borrowers_in_kind": 4,
    "members_with_need": 5,
    "members_served": 0,
    "conclusion": "pass",
    "inspector": "Trần Thị Hoa",
}


def test_a_supervision_records_its_figures_and_opens_the_next() -> None:
    due = (task(TaskKind.SUPERVISION, day("2022-02-28")),)
    made = effects("supervise", request(form=FIGURES, policy=SIX, tasks=due, composition=PEOPLE))
    row = {**FIGURES, "activities": "health_care,rights", "members": 70}
    del row["inspector"]
    assert made == Effects(
        fields=(("supervised_on", day("2022-03-01")),),
        opened=(TaskOpening(TaskKind.SUPERVISION, day("2022-09-01"), Role.PROVINCE, "QD 1, II.4"),),
        closed=(TaskClosing(TaskKind.SUPERVISION, TaskOutcome.DONE, 1),),
        records=(("supervision", FrozenMap(row)),),
    )


def test_a_supervision_closes_no_meeting_whatever_number_it_states() -> None:
    form = {"meetings_held": 6, "activities": [], "conclusion": "pass"}
    owed = (task(TaskKind.SUPERVISION), task(TaskKind.MEETING))
    done = effects("supervise", request("2022-04-01", form, club=LAUNCHED, tasks=owed))
    assert [one.kind for one in done.closed] == [TaskKind.SUPERVISION]


def test_a_supervision_records_no_figure_that_was_not_given() -> None:
    given = {"activities": [], "borrowers": 3, "conclusion": "consolidate"}
    (record,) = effects("supervise", request(form=given)).records
    row = {"activities": "", "borrowers": 3, "conclusion": "consolidate", "members": 0}
    assert record == ("supervision", FrozenMap(row))


MONEY_IN = LedgerEntry(
    EntryKind.GRANT, FundKind.OPERATING, "donor", 5, 5, "UNC 1", seq=7, on=day("2021-10-01")
)
BACK = LedgerEntry(
    *(EntryKind.REVERSAL, FundKind.OPERATING, "donor", 5, -5, "UNC 1"),
    reverses=7,
    of=EntryKind.GRANT,
    seq=8,
    on=day("2021-11-01"),
)
RESERVE = {"fund.own_du_phong": {"label": "Quỹ dự phòng"}}
INTO_RESERVE = LedgerEntry(
    EntryKind.GRANT, "own_du_phong", "donor", 3, 3, "UNC 2", seq=9, on=day("2021-10-01")
)


def balances(form: dict[str, Any], *ledger: LedgerEntry, **parts: Any) -> list[str]:
    """Return the codes about what the funds hold."""
    found = supervise(form, ledger=ledger, **parts)
    return [str(one.code) for one in found if "FUND" in str(one.code) or "UNOPEN" in str(one.code)]


def test_the_balance_of_an_opened_fund_is_the_ledger_s() -> None:
    assert balances({"operating_fund_balance": 5}, MONEY_IN) == []
    assert balances({"operating_fund_balance": 6}, MONEY_IN) == ["CLB-SUPERVISE-FUND"]
    assert balances({"borrowers": 0}, MONEY_IN) == ["CLB-SUPERVISE-FUND"]


def test_another_balance_warns_with_both() -> None:
    found = supervise({"operating_fund_balance": 6}, ledger=(MONEY_IN,))
    assert report(found) == text("""
        warn CLB-SUPERVISE-FUND
          Operating fund: 6 đồng, but the club's book has 5 đồng.
          expected: 5 đồng
          actual: 6 đồng
          who: the commune's Association of the Elderly
          fix: --set operating_fund_balance=…; clb fund show c1
        """)


def test_money_in_a_fund_that_was_never_opened_warns() -> None:
    assert balances({"income_fund_balance": 1}) == ["CLB-SUPERVISE-UNOPENED"]
    assert balances({"income_fund_balance": 0}) == []
    assert balances({"borrowers": 0}) == []


def test_an_entry_that_was_taken_back_opens_no_fund() -> None:
    assert balances({"borrowers": 0}, MONEY_IN, BACK) == []
    assert balances({"operating_fund_balance": 5}, MONEY_IN, BACK) == ["CLB-SUPERVISE-UNOPENED"]


def test_a_fund_that_is_opened_later_is_not_asked_for() -> None:
    later = replace(MONEY_IN, on=day("2022-06-01"))
    assert balances({"borrowers": 0}, later) == []


def test_a_fund_of_the_province_s_own_is_held_against_its_entries_too() -> None:
    own = {"own": {"du_phong_fund_balance": 3}}
    assert balances(own, INTO_RESERVE, policy=RESERVE) == []
    assert balances({"borrowers": 0}, INTO_RESERVE, policy=RESERVE) == ["CLB-SUPERVISE-FUND"]
    assert balances(own, policy=RESERVE) == ["CLB-SUPERVISE-UNOPENED"]
    (record,) = effects("supervise", request(form={**own, "activities": []})).records
    assert record[1]["own_du_phong_fund_balance"] == 3


def test_asking_without_a_form_warns_of_no_balance() -> None:
    found = judged("supervise", request(ledger=(MONEY_IN,), club=LAUNCHED, asking=True))
    assert "CLB-SUPERVISE-FUND" not in codes(found)


@pytest.mark.parametrize(("step", "field"), [("supervise", "conclusion"), ("review", "result")])
def test_asking_without_a_form_is_asking_about_a_pass(step: str, field: str) -> None:
    outcome = find_step(step).outcome
    assert outcome is not None
    assert outcome(request(form={})) == "pass"
    assert outcome(request(form={field: "consolidate"})) == "consolidate"


def seen(on: str, seq: int = 5, **figures: Any) -> Supervision:
    return Supervision(day(on), FrozenMap({"members": 70, "borrowers": 35, **figures}), seq)


MET = tuple(map(day, ("2021-09-15", "2021-10-15", "2021-11-15", "2022-04-15", "2022-05-15")))


@pytest.mark.parametrize(
    ("on", "earlier", "counted", "found"),
    [
        ("2022-04-01", (), 2, []),
        ("2022-04-01", (), 6, ["2", "6"]),
        ("2022-10-01", ("2022-04-01",), 2, []),
        ("2022-10-01", ("2022-04-01",), 4, ["2", "4"]),
        ("2023-04-01", ("2022-04-01", "2022-10-01"), 1, ["0", "1"]),
        ("2023-04-01", ("2022-04-01", "2022-10-01"), 0, []),
    ],
)
def test_another_number_of_meetings_than_is_recorded_since_the_last_time_is_noted(
    on: str, earlier: tuple[str, ...], counted: int, found: list[str]
) -> None:
    before = tuple(seen(one) for one in earlier)
    notes = supervise({"meetings_held": counted}, on, meetings=MET, supervisions=before)
    assert [text for one in notes for text in (one.expected, one.actual)] == found
    assert {one.level for one in notes} <= {"note"}


def test_a_number_of_meetings_is_held_against_nothing_where_none_was_recorded_by_then() -> None:
    later = (day("2022-05-15"),)
    assert supervise({"meetings_held": 6}, "2022-04-01") == []
    assert supervise({"meetings_held": 6}, "2022-04-01", meetings=later) == []


IN_2022 = (seen("2022-04-01"),)


def review(form: Any = None, on: str = "2022-12-20", **parts: Any) -> list[Any]:
    given = {"club": LAUNCHED, "supervisions": IN_2022, "composition": PEOPLE, **parts}
    return judged("review", request(on, form, **given))


def test_a_review_of_the_year_of_its_day_is_right() -> None:
    assert review() == []
    assert review({"year": 2022}) == []


def test_a_year_is_reviewed_once() -> None:
    done = (
        Review(2021, day("2021-12-20"), "pass", 8),
        Review(2022, day("2022-12-01"), "pass", 9),
    )
    assert report(review(reviews=done)) == text("""
        block CLB-REVIEW-TWICE
          2022 was reviewed on 01/12/2022.
          expected: one review a year
          actual: 01/12/2022
          source: general procedure, not a provision of the province
          who: the province
          fix: Correct the earlier review: clb advance c1 correct --set seq=9.
        """)
    assert review(reviews=done[:1]) == []


def test_a_year_that_has_not_begun_cannot_be_reviewed() -> None:
    supervised = (seen("2023-01-01"),)
    assert report(review({"year": 2023}, supervisions=supervised)) == text("""
        block CLB-REVIEW-YEAR
          2023 cannot be reviewed on 20/12/2022.
          expected: 2021 - 2022
          actual: 2023
          who: the province
          fix: Check the year under review.
        """)


def test_a_year_before_the_launch_cannot_be_reviewed() -> None:
    supervised = (seen("2020-04-01"), seen("2021-04-01"))
    assert codes(review({"year": 2020}, supervisions=supervised)) == ["CLB-REVIEW-YEAR"]
    assert review({"year": 2021}, supervisions=supervised) == []


def test_a_club_whose_launch_is_not_known_may_be_reviewed_for_any_year_begun() -> None:
    supervised = (seen("1999-04-01"), seen("2023-01-01"))
    assert review({"year": 1999}, club=club(), supervisions=supervised) == []
    (found,) = review({"year": 2023}, club=club(), supervisions=supervised)
    assert found.expected == "2022 - 2022"


def test_a_year_without_a_supervision_warns_by_the_general_procedure() -> None:
    other = (seen("2021-12-31"), seen("2023-01-01"))
    assert report(review(supervisions=other, policy=SIX)) == text("""
        warn CLB-REVIEW-UNSUPERVISED
          No supervision is recorded for 2022.
          expected: at least one supervision in the year
          actual: 0
          source: general procedure, not a provision of the province
          who: the province
          fix: clb advance c1 supervise
        """)


def test_meeting_the_standard_wants_the_document_that_defines_it() -> None:
    assert review({"standard": True, "standard_document": "QĐ 5"}) == []
    assert report(review({"standard": True})) == text("""
        block CLB-REVIEW-STANDARD
          The document that says what the standard is has not been named.
          expected: number and date of the document
          actual: nothing recorded
          who: the province
          fix: --set standard_document=…
        """)
    assert codes(review({"standard": False})) == ["CLB-REVIEW-STANDARD"]
    assert review({"standard_document": "QĐ 5"}) == []


def test_a_review_after_its_due_day_is_noted() -> None:
    due = (task(TaskKind.REVIEW, day("2022-12-19")),)
    assert codes(review(tasks=due)) == ["CLB-TASK-LATE"]


def test_a_review_is_held_against_the_province_s_shares() -> None:
    assert codes(review(policy={"membership.size": {"max": 69}})) == ["CLB-COMP-SIZE"]


def half(**indicator: Any) -> dict[str, Any]:
    return {
        "indicator.borrowers_share": Dated(
            {"min": 50, "of": "members", "counts": "cash", **indicator}, source="QD1, I.2.2"
        )
    }


def borrowed(values: Any, **figures: Any) -> list[Any]:
    return review(policy=values, supervisions=(seen("2022-04-01", **figures),))


def test_half_of_the_members_is_half() -> None:
    assert borrowed(half(), borrowers=35) == []
    assert report(borrowed(half(), borrowers=34)) == text("""
        warn CLB-INDICATOR-BORROWERS
          34 of 70 members were helped to borrow.
          expected: at least 50%: at least 35 people
          actual: 34/70 = 48,6%
          source: QD 1, I.2.2
          who: the province
          fix: Say in the review what the club will do about it.
        """)


def test_loans_in_kind_count_where_the_policy_counts_them() -> None:
    figures = {"borrowers": 30, "borrowers_in_kind": 5}
    assert borrowed(half(counts="cash_or_kind"), **figures) == []
    assert codes(borrowed(half(), **figures)) == ["CLB-INDICATOR-BORROWERS"]
    assert codes(borrowed(half(counts="cash_or_activity"), **figures)) == [
        "CLB-INDICATOR-BORROWERS"
    ]
    nothing_in_kind = borrowed(half(counts="cash_or_kind"), borrowers=34)
    assert codes(nothing_in_kind) == ["CLB-INDICATOR-BORROWERS"]


def test_where_a_better_income_is_asked_for_only_those_who_have_one_count() -> None:
    asked = half(counts="cash_or_kind", improved_income=True)
    lent = {"borrowers": 30, "borrowers_in_kind": 10}
    assert borrowed(asked, **lent, borrowers_improved=35) == []
    found = borrowed(asked, **lent, borrowers_improved=34)
    assert [(one.code, one.actual) for one in found] == [
        ("CLB-INDICATOR-BORROWERS", "34/70 = 48,6%")
    ]
    assert borrowed(half(counts="cash_or_kind"), **lent, borrowers_improved=0) == []


def test_a_better_income_that_nobody_counted_is_shown_and_is_not_taken_for_one() -> None:
    asked = half(counts="cash_or_kind", improved_income=True)
    assert report(borrowed(asked, borrowers=30, borrowers_in_kind=10)) == text("""
        note CLB-INDICATOR-INCOME
          How many of the 40 borrowers have a better income was not recorded.
          expected: borrowers whose income has improved, out of 70 members
          actual: nothing recorded
          source: QD 1, I.2.2
          who: the province
          fix: --set borrowers_improved=…
        """)
    assert codes(borrowed(asked, borrowers=34)) == ["CLB-INDICATOR-BORROWERS"]


def test_a_share_of_those_with_need_counts_those_who_were_served() -> None:
    """Twenty of forty with need were served, whatever the number of borrowers."""
    need = half(of="members_with_need")
    assert borrowed(need, members_with_need=40, members_served=20, borrowers=0) == []
    found = borrowed(need, members_with_need=40, members_served=19, borrowers=40)
    assert [one.actual for one in found] == ["19/40 = 47,5%"]
    assert [one.actual for one in borrowed(need, members_with_need=40, members_served=0)] == [
        "0/40 = 0,0%"
    ]


def test_where_nobody_was_counted_as_served_the_borrowers_are() -> None:
    need = half(of="members_with_need", counts="cash_or_kind")
    assert borrowed(need, members_with_need=40, borrowers=15, borrowers_in_kind=5) == []
    found = borrowed(need, members_with_need=40, borrowers=15, borrowers_in_kind=4)
    assert [one.actual for one in found] == ["19/40 = 47,5%"]


@pytest.mark.parametrize("figures", [{"members": 0}, {"members": None}])
def test_without_members_there_is_no_share(figures: dict[str, Any]) -> None:
    assert borrowed(half(), **figures) == []


def test_a_club_without_members_and_borrowers_has_no_share() -> None:
    assert borrowed(half(), members=0, borrowers=0) == []
    need = half(of="members_with_need")
    assert borrowed(need, members_with_need=0, members_served=0) == []


def test_loans_by_activity_count_as_cash_alone() -> None:
    by_activity = half(counts="cash_or_activity")
    assert borrowed(by_activity, borrowers=35) == []
    assert codes(borrowed(by_activity, borrowers=34)) == ["CLB-INDICATOR-BORROWERS"]


@pytest.mark.parametrize(
    ("step", "key", "kind", "form"),
    [
        ("supervise", "supervision.interval_months", TaskKind.SUPERVISION, FIGURES),
        ("review", "review.interval_months", TaskKind.REVIEW, {"year": 2022, "result": "pass"}),
        (
            "meeting",
            "meeting.interval_months",
            TaskKind.MEETING,
            {"attendance": 60, "activities": []},
        ),
    ],
)
def test_the_next_time_is_opened_where_no_task_was_open(
    step: str, key: str, kind: TaskKind, form: dict[str, Any]
) -> None:
    made = effects(step, request(form=form, policy={key: 1}))
    assert [(one.kind, one.due_on) for one in made.opened] == [(kind, day("2022-04-01"))]
    assert made.closed == ()


def test_without_anybody_in_need_there_is_no_share() -> None:
    assert borrowed(half(of="members_with_need"), members_with_need=0) == []
    assert borrowed(half(of="members_with_need")) == []


def test_borrowers_that_were_not_counted_are_none() -> None:
    assert [one.actual for one in borrowed(half(), borrowers=None)] == ["0/70 = 0,0%"]


def test_the_last_supervision_up_to_the_year_is_the_one_that_counts() -> None:
    several = (
        seen("2022-01-01", borrowers=70),
        seen("2022-12-31", borrowers=1),
        seen("2023-01-01", borrowers=70),
    )
    found = review(policy=half(), supervisions=several)
    assert [one.actual for one in found] == ["1/70 = 1,4%"]


def test_without_an_indicator_or_a_supervision_nothing_is_counted() -> None:
    assert borrowed({}, borrowers=0) == []
    assert codes(review(policy=half(), supervisions=())) == ["CLB-REVIEW-UNSUPERVISED"]


def test_a_review_is_recorded_and_opens_the_next() -> None:
    form = {"year": 2022, "result": "pass", "by_regulation": True, "well_run": False}
    made = effects(
        "review",
        request(
            form={**form, "standard": False, "standard_document": "QĐ 5"},
            policy={"review.interval_months": 12},
            tasks=(task(TaskKind.REVIEW, day("2022-02-28")),),
            composition=PEOPLE,
        ),
    )
    row = {**form, "members": 70, "standard": False, "standard_document": "QĐ 5"}
    assert made == Effects(
        fields=(("reviewed_on", day("2022-03-01")),),
        opened=(TaskOpening(TaskKind.REVIEW, day("2023-03-01"), Role.PROVINCE, "QD 1, I.1"),),
        closed=(TaskClosing(TaskKind.REVIEW, TaskOutcome.DONE, 1),),
        records=(("review", FrozenMap(row)),),
    )
    (record,) = effects("review", request(form=form)).records
    assert record == ("review", FrozenMap({**form, "members": 0}))


def test_ending_a_consolidation_changes_nothing_but_the_state() -> None:
    assert effects("consolidate", request()) == Effects()
