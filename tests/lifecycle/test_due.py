# ruff: noqa: N802  (tests are named for the facts they hold)
"""What falls due: after the launch, each supervision and review, and while a club is suspended."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.core import APPROVE, LAUNCH, PROPOSE, SUPERVISE, TOWN, Core, Step, codes, make_core
from support.province_plugin import province_of, stated

from engine.model import Level

SUPPLEMENTARY = {"course.kind": "supplementary"}
TRAINED_LATER: Step = ("train", date(2021, 9, 20), {"course.start": "2021-09-19"})


def open_tasks(core: Core, club: str) -> dict[str, str | None]:
    """Return the open tasks of a club: their kind and the day they are due."""
    rows = core.store.rows(
        "SELECT kind, due_on FROM task WHERE club = ? AND closed_seq IS NULL", (club,)
    )
    found: dict[str, str | None] = dict(rows)
    assert len(found) == len(rows), "two open tasks of one kind"
    return found


def closed(core: Core, club: str, kind: str) -> list[Any]:
    return core.store.rows(
        "SELECT outcome, closed_on, days_late FROM task WHERE club = ? AND kind = ? "
        "AND closed_seq IS NOT NULL ORDER BY closed_seq",
        (club, kind),
    )


def test_BN_31_a_decision_makes_the_first_training_due_without_a_day(core: Core) -> None:
    assert open_tasks(core, core.bring("approved")) == {"training_initial": None, "launch": None}


def test_BN_60_the_supplementary_training_is_due_six_months_after_the_first(core: Core) -> None:
    assert open_tasks(core, core.bring("trained")) == {
        "training_supplementary": "2022-03-15",
        "launch": None,
    }


def test_BN_60_the_six_months_count_from_the_course_s_last_day_however_late_it_is_recorded(
    core: Core,
) -> None:
    course = {"course.start": "2021-09-14", "course.days": 3}
    club = core.walk([PROPOSE, APPROVE, ("train", date(2021, 9, 27), course)])
    assert open_tasks(core, club)["training_supplementary"] == "2022-03-16"


def test_BN_60_the_six_months_count_from_the_course_s_last_day_even_before_the_decision(
    core: Core,
) -> None:
    course = {"course.start": "2021-08-23", "course.days": 2}
    club = core.walk([PROPOSE, APPROVE, ("train", date(2021, 9, 15), course)])
    assert open_tasks(core, club)["training_supplementary"] == "2022-02-24"


def test_BN_37_a_launch_makes_supervision_due_in_six_months_and_review_in_a_year(
    core: Core,
) -> None:
    assert open_tasks(core, core.bring("launched")) == {
        "training_supplementary": "2022-03-15",
        "supervision": "2022-04-01",
        "review": "2022-10-01",
    }


def test_BN_37_each_supervision_makes_the_next_one_due(core: Core) -> None:
    club = core.bring("operating")
    assert open_tasks(core, club)["supervision"] == "2022-10-01"
    core.take(club, "supervise", date(2022, 10, 20))
    assert open_tasks(core, club)["supervision"] == "2023-04-20"
    assert open_tasks(core, club)["review"] == "2022-10-01"


def test_a_review_makes_the_next_one_due_in_a_year(core: Core) -> None:
    club = core.bring("operating")
    core.take(club, "review", date(2022, 12, 15))
    assert open_tasks(core, club)["review"] == "2023-12-15"
    assert closed(core, club, "review") == [("done", "2022-12-15", 75)]


@pytest.mark.parametrize(
    ("launched", "due"),
    [
        (date(2021, 8, 31), "2022-02-28"),
        (date(2021, 10, 31), "2022-04-30"),
        (date(2022, 8, 30), "2023-02-28"),
        (date(2021, 9, 28), "2022-03-28"),
    ],
)
def test_months_are_calendar_months_clamped_to_the_months_end(
    core: Core, launched: date, due: str
) -> None:
    decided: Step = ("approve", date(2021, 8, 20), {})
    club = core.walk([PROPOSE, decided])
    first_day = launched - timedelta(days=1)
    core.take(club, "train", launched, {"course.start": first_day.isoformat()})
    core.take(club, "launch", launched)
    assert open_tasks(core, club)["supervision"] == due
    assert open_tasks(core, club)["training_supplementary"] == due


def test_a_late_supervision_is_allowed_and_noted_with_its_days(core: Core) -> None:
    club = core.bring("launched")
    done = core.take(club, "supervise", date(2022, 4, 11))
    late = next(one for one in done.findings if one.code == "CLB-TASK-LATE")
    assert (late.level, late.expected, late.actual) == (Level.NOTE, "01/04/2022", "11/04/2022")
    assert "10" in late.message
    assert [(one.kind, one.days_late) for one in done.closed] == [("supervision", 10)]
    assert closed(core, club, "supervision") == [("done", "2022-04-11", 10)]


def test_a_supervision_on_its_day_is_neither_late_nor_early(core: Core) -> None:
    club = core.bring("launched")
    done = core.take(club, "supervise", date(2022, 4, 1))
    assert codes(done) == []
    assert closed(core, club, "supervision") == [("done", "2022-04-01", 0)]


def test_BN_36_checks_that_nobody_announces_may_come_before_the_day(core: Core) -> None:
    club = core.bring("launched")
    assert codes(core.take(club, "supervise", date(2022, 3, 31))) == []


def test_a_supervision_before_its_day_warns_with_the_article(core: Core) -> None:
    club = core.bring("launched")
    error = core.refusal(club, "supervise", date(2022, 3, 31))
    assert (error.exit_code, error.code) == (1, "CLB-NOT-ACKNOWLEDGED")
    early = error.findings[0]
    assert (early.code, early.level) == ("CLB-SUPERVISE-EARLY", Level.WARN)
    assert early.source == "QĐ 21/QĐ-UBND, II.4"
    reason = {"CLB-SUPERVISE-EARLY": "kiểm tra đột xuất"}
    assert core.take(club, "supervise", date(2022, 3, 31), ack=reason).state == "operating"


def test_early_counts_from_the_last_supervision_not_from_the_launch(core: Core) -> None:
    club = core.bring("operating")
    error = core.refusal(club, "supervise", date(2022, 9, 30))
    assert codes(error) == ["CLB-SUPERVISE-EARLY"]
    assert core.take(club, "supervise", date(2022, 10, 1)).state == "operating"


def test_a_suspension_sets_every_task_aside_and_the_resumption_opens_them_from_its_day(
    core: Core,
) -> None:
    club = core.bring("suspended")
    assert open_tasks(core, club) == {}
    kinds = ("supervision", "review", "training_supplementary")
    assert [closed(core, club, kind)[-1] for kind in kinds] == [
        ("suspended", "2022-05-04", None)
    ] * 3
    core.take(club, "resume", date(2022, 12, 5))
    assert open_tasks(core, club) == {
        "supervision": "2023-06-05",
        "review": "2023-12-05",
        "training_supplementary": "2022-12-05",
    }


def test_a_resumption_keeps_a_day_that_is_still_to_come(core: Core) -> None:
    club = core.walk([PROPOSE, APPROVE, TRAINED_LATER, LAUNCH])
    core.take(club, "suspend", date(2021, 11, 1))
    core.take(club, "resume", date(2021, 12, 1))
    assert open_tasks(core, club)["training_supplementary"] == "2022-03-20"


def test_a_second_suspension_brings_back_only_what_it_set_aside(core: Core) -> None:
    club = core.bring("suspended")
    core.take(club, "resume", date(2022, 6, 1))
    core.take(club, "train", date(2022, 7, 1), SUPPLEMENTARY)
    core.carry(club, "suspend", date(2022, 8, 1))
    core.carry(club, "resume", date(2022, 9, 1))
    assert set(open_tasks(core, club)) == {"supervision", "review"}


def test_a_training_held_during_the_suspension_is_not_owed_after_it(core: Core) -> None:
    club = core.bring_untrained("operating")
    core.take(club, "suspend", date(2022, 5, 4))
    core.carry(club, "train", date(2022, 5, 10), {"course.start": "2022-05-09"})
    core.take(club, "resume", date(2022, 9, 1))
    assert open_tasks(core, club) == {
        "supervision": "2023-03-01",
        "review": "2023-09-01",
        "training_supplementary": "2022-11-10",
    }


def test_a_supplementary_training_held_during_the_suspension_is_not_owed_after_it(
    core: Core,
) -> None:
    club = core.bring("operating")
    core.take(club, "change_board", date(2022, 5, 1))
    core.take(club, "suspend", date(2022, 5, 4))
    core.take(club, "train", date(2022, 5, 10), SUPPLEMENTARY)
    core.take(club, "resume", date(2022, 9, 1))
    assert set(open_tasks(core, club)) == {"supervision", "review"}


def test_a_task_opened_during_the_suspension_is_not_opened_twice(core: Core) -> None:
    club = core.bring("operating")
    core.take(club, "change_board", date(2022, 5, 1))
    core.take(club, "suspend", date(2022, 5, 4))
    core.carry(club, "change_board", date(2022, 5, 5), {"chair": "Người khác"})
    core.take(club, "resume", date(2022, 9, 1))
    assert set(open_tasks(core, club)) == {
        "supervision",
        "review",
        "training_supplementary",
        "training_board",
    }


def test_a_dissolution_ends_every_task(core: Core) -> None:
    club = core.bring("dissolved")
    assert open_tasks(core, club) == {}
    assert closed(core, club, "review") == [("ended", "2022-05-04", None)]


def test_BN_60_the_supplementary_training_closes_its_task(core: Core) -> None:
    club = core.bring("launched")
    done = core.take(club, "train", date(2022, 3, 20), SUPPLEMENTARY)
    assert closed(core, club, "training_supplementary") == [("done", "2022-03-20", 5)]
    assert "CLB-TASK-LATE" in codes(done)


@pytest.mark.parametrize(("post", "owed"), [("chair", 1), ("vice", 1), ("secretary", 0)])
def test_BN_31_a_new_chair_or_vice_owes_a_training_and_a_new_secretary_does_not(
    core: Core, post: str, owed: int
) -> None:
    club = core.bring("operating")
    changes = {"chair": None, post: "Người mới"}
    core.take(club, "change_board", date(2022, 6, 1), changes)
    assert list(open_tasks(core, club)).count("training_board") == owed


def test_BN_31_two_changes_of_the_board_owe_one_training(core: Core) -> None:
    club = core.bring("operating")
    core.take(club, "change_board", date(2022, 6, 1), {"chair": "Người một"})
    core.carry(club, "change_board", date(2022, 6, 2), {"chair": "Người hai"})
    assert "training_board" in open_tasks(core, club)
    assert closed(core, club, "training_board") == [("replaced", "2022-06-02", None)]
    core.take(club, "train", date(2022, 7, 1), SUPPLEMENTARY)
    assert "training_board" not in open_tasks(core, club)


def test_a_supervision_is_due_from_the_role_that_does_it(core: Core) -> None:
    club = core.bring("launched")
    rows = core.store.rows("SELECT kind, role FROM task WHERE club = ?", (club,))
    assert dict(rows) == {
        "training_initial": "province",
        "training_supplementary": "province",
        "launch": "association",
        "supervision": "province",
        "review": "province",
    }


def thu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, policy: str = "") -> Core:
    provinces = province_of(tmp_path, monkeypatch, policy)
    return make_core(str(tmp_path / "clb.sqlite3"), provinces, "tinh_thu")


def sources(core: Core, club: str) -> dict[str, str | None]:
    return dict(core.store.rows("SELECT kind, source FROM task WHERE club = ?", (club,)))


def test_E_11_where_no_document_says_when_the_general_procedure_does_and_is_not_cited_as_its_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    core = thu(tmp_path, monkeypatch)
    club = core.bring("launched")
    assert open_tasks(core, club) == {"supervision": "2022-04-01", "review": "2022-10-01"}
    assert set(sources(core, club).values()) == {None}
    error = core.refusal(club, "supervise", date(2022, 3, 1), officer=TOWN)
    assert (
        error.findings[0].source == "theo quy trình chung, không phải quy định của tỉnh, thành phố"
    )


def test_a_policy_sets_other_intervals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = "".join(
        stated(key, months)
        for key, months in (
            ("supervision.interval_months", "3"),
            ("review.interval_months", "24"),
            ("meeting.interval_months", "1"),
            ("support.interval_months", "2"),
        )
    )
    core = thu(tmp_path, monkeypatch, policy)
    club = core.bring("launched")
    assert open_tasks(core, club) == {
        "supervision": "2022-01-01",
        "review": "2023-10-01",
        "meeting": "2021-11-01",
        "support": "2021-12-01",
    }
    assert sources(core, club)["supervision"] == "KH 01/KH-UBND, Mục 1"
    core.take(club, "meeting", date(2021, 11, 5))
    assert open_tasks(core, club)["meeting"] == "2021-12-05"
    assert closed(core, club, "meeting") == [("done", "2021-11-05", 4)]


def test_BN_37_the_day_of_the_second_supervision_follows_the_first_even_when_it_was_late(
    core: Core,
) -> None:
    club = core.bring("launched")
    core.take(club, *SUPERVISE[:1], date(2022, 8, 31))
    assert open_tasks(core, club)["supervision"] == "2023-02-28"
