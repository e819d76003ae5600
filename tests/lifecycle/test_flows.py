"""The main path of a club and the ways that leave it, each from its first paper to its last."""

from datetime import date

import pytest
from support.core import COMMITTEE, PATHS, Core, codes

from engine.errors import UnknownError
from engine.model import Level, State

SAME = {"name": "CLB Khu phố Đông"}


def test_a_club_goes_from_its_file_to_its_first_yearly_review(core: Core) -> None:
    club = core.open()
    core.people_of(club)
    states = [core.club(club).state]
    for step, on in (
        ("propose", date(2021, 8, 10)),
        ("approve", date(2021, 9, 1)),
        ("train", date(2021, 9, 15)),
        ("launch", date(2021, 10, 1)),
        ("supervise", date(2022, 4, 1)),
        ("supervise", date(2022, 10, 1)),
        ("review", date(2022, 10, 1)),
    ):
        states.append(core.take(club, step, on).state)
    assert states == [
        State.PREPARING,
        State.PROPOSED,
        State.APPROVED,
        State.TRAINED,
        State.LAUNCHED,
        State.OPERATING,
        State.OPERATING,
        State.OPERATING,
    ]
    assert [one.step for one in core.events(club)][:3] == ["open", "roster", "set_board"]
    assert all(one.acknowledged == () for one in core.events(club))


def test_a_returned_dossier_is_fixed_and_proposed_again(core: Core) -> None:
    club = core.bring("returned")
    core.take(club, "roster", date(2021, 8, 16))
    again = {"submission.number": "02/TTr-HNCT"}
    core.carry(club, "propose", date(2021, 8, 17), again)
    now = core.club(club)
    assert (now.submission_number, now.submitted_on) == ("02/TTr-HNCT", date(2021, 8, 17))
    first = next(one for one in core.events(club) if one.step == "propose")
    assert first.form["submission"]["number"] == "01/TTr-HNCT"


def test_a_dossier_is_returned_with_its_reasons(core: Core) -> None:
    club = core.bring("proposed")
    error = core.refusal(club, "return", date(2021, 8, 15), {"reasons": None})
    assert (error.exit_code, error.code) == (2, "CLB-FORM-MISSING")
    core.take(club, "return", date(2021, 8, 15))
    assert core.event(club, -1).form["reasons"] == ("Thiếu danh sách Ban Chủ nhiệm",)


@pytest.mark.parametrize("step", ["reject", "withdraw"])
def test_a_proposal_is_ended_with_a_reason(core: Core, step: str) -> None:
    error = core.refusal(core.bring("proposed"), step, date(2021, 8, 20), {"reason": None})
    assert (error.exit_code, error.code) == (2, "CLB-FORM-MISSING")


@pytest.mark.parametrize("end", ["rejected", "withdrawn", "dissolved"])
def test_a_new_file_may_follow_one_that_ended(core: Core, end: str) -> None:
    ended = core.bring(end)
    club = core.open(date(2022, 6, 1), {"after": ended})
    assert core.club(club).after == ended
    assert core.club(ended).ended_on is not None


def test_a_file_cannot_follow_one_that_is_not_there(core: Core) -> None:
    with pytest.raises(UnknownError) as caught:
        core.open(changes={"after": "BN-00000000"})
    assert caught.value.exit_code == 2
    assert core.store.rows("SELECT id FROM club") == []


def test_two_clubs_of_one_name_in_one_village_are_probably_one(core: Core) -> None:
    core.open(changes=SAME)
    typed = {"name": "clb  khu phố đông", "village": "KHU PHỐ ĐÔNG", "commune": "Đình Bảng"}
    with pytest.raises(Exception, match="CLB-OPEN-DUPLICATE") as caught:
        core.open(changes=typed)
    levels = [one.level for one in caught.value.findings]  # type: ignore[attr-defined]
    assert levels == [Level.WARN, Level.NOTE]
    core.open(changes=typed, ack={"CLB-OPEN-DUPLICATE": "hai tổ khác nhau"})
    core.open(changes={**SAME, "village": "Khu phố Đoài"})


def test_the_name_of_a_club_that_ended_is_free_again(core: Core) -> None:
    club = core.open(changes=SAME)
    core.take(club, "withdraw", date(2021, 8, 5))
    assert core.open(changes=SAME) != club


def test_a_weak_club_is_consolidated_and_goes_on(core: Core) -> None:
    club = core.bring("consolidating")
    core.take(club, "consolidate", date(2022, 7, 1))
    assert core.club(club).state == "operating"
    assert core.take(club, "supervise", date(2022, 10, 1)).state == "operating"


def test_a_club_is_dissolved_from_a_suspension_too(core: Core) -> None:
    club = core.bring("suspended")
    assert core.take(club, "dissolve", date(2022, 9, 1)).state == "dissolved"
    assert core.club(club).ended_on == date(2022, 9, 1)


@pytest.mark.parametrize("missing", ["fund_inventory", "fund_disposal", "reason"])
def test_a_dissolution_says_what_becomes_of_the_funds(core: Core, missing: str) -> None:
    error = core.refusal(core.bring("operating"), "dissolve", date(2022, 9, 1), {missing: None})
    assert (error.exit_code, error.code) == (2, "CLB-FORM-MISSING")
    assert missing in error.message


def test_a_new_board_leaves_the_club_where_it_is(core: Core) -> None:
    club = core.bring("operating")
    changes = {"chair": core.people[5].name, "treasurer": "Vũ Thị Ngoài"}
    done = core.take(club, "change_board", date(2022, 6, 1), changes)
    assert done.state == "operating"
    assert codes(done) == ["CLB-BOARD-OUTSIDER"]
    held: dict[str, str] = dict(
        core.store.rows("SELECT post, person FROM board WHERE club = ?", (club,))
    )
    rows = core.store.rows("SELECT member, name FROM personal WHERE club = ?", (club,))
    named: dict[str, str] = dict(rows)
    assert named[held["chair"]] == core.people[5].name
    assert named[held["treasurer"]] == "Vũ Thị Ngoài"
    assert named[held["vice"]] == core.people[1].name


def test_a_board_is_set_before_the_decision_and_changed_after_it(core: Core) -> None:
    before, after = core.bring("proposed"), core.bring("approved")
    assert codes(core.refusal(before, "change_board", date(2021, 9, 1))) == ["CLB-STATE"]
    assert "CLB-STATE" in codes(core.refusal(after, "set_board", date(2021, 9, 1)))


def test_asking_names_every_step_that_starts_from_here_and_what_is_in_its_way(
    core: Core,
) -> None:
    club = core.bring("proposed")
    asked = {one.step: one for one in core.life.check(club, on=date(2021, 9, 1))}
    assert {"return", "reject", "approve", "withdraw"} <= set(asked)
    assert "launch" not in asked
    assert asked["approve"].to is State.APPROVED
    assert not asked["approve"].allowed
    assert codes(asked["approve"]).count("CLB-APPRAISAL-MISSING") == 5
    for one in asked["approve"].findings:
        assert one.message
        assert one.fix
    assert core.club(club).seq == len(core.events(club))


def test_asking_about_one_step_from_elsewhere_says_why_not(core: Core) -> None:
    available = core.life.check(core.bring("preparing"), "launch", officer=COMMITTEE)[0]
    assert not available.allowed
    assert codes(available) == ["CLB-STATE", "CLB-ROLE"]
    assert available.to is None


def test_the_paths_of_these_tests_reach_every_state(core: Core) -> None:
    assert {str(core.club(core.bring(state)).state) for state in PATHS} == set(PATHS)
