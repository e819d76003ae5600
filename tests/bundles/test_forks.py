"""Both sides went on: nothing is overwritten, and one side takes its own steps again."""

from datetime import date, timedelta

import pytest
from support.core import APPROVE, ASSOCIATION, LAUNCH, PROPOSE, SUPERVISE, TRAIN, roster, villagers
from support.exchange import Office

from engine.errors import ConflictError, RefusedError
from engine.lifecycle.sealing import seal_all
from engine.model import Level
from engine.reports import loans, seals

MEETING = ("meeting", date(2021, 9, 20), {})


@pytest.fixture
def club(here: Office, there: Office) -> str:
    """A club that both sides have, established by decision."""
    found = here.core.walk([PROPOSE, APPROVE])
    there.take(here.send(names=True))
    here.take(there.send())
    return found


def forked(here: Office, there: Office, club: str) -> None:
    """Let the province train the board while the commune writes down new members."""
    there.core.carry(club, *TRAIN)
    here.core.take(club, "roster", date(2021, 9, 20), prepare=roster(villagers(2, 2, seed=9)))


def test_a_fork_is_left_out_and_both_sides_are_named(
    here: Office, there: Office, club: str
) -> None:
    forked(here, there, club)
    before = here.heads()
    (fork,) = here.take(there.send()).forks
    assert [one.step for one in fork.here] == ["roster"]
    assert [one.step for one in fork.there] == ["train"]
    assert here.heads() == before


def test_the_communes_own_steps_are_taken_again_on_top(
    here: Office, there: Office, club: str
) -> None:
    forked(here, there, club)
    file = there.send()
    here.take(file)
    settled = here.rebase(file, club)
    assert [(one.event.step, one.seq) for one in settled.own] == [("roster", 7)]
    there.take(here.send(names=True))
    assert here.heads() == there.heads()
    here.require_sound()
    there.require_sound()


def test_what_is_only_looked_at_changes_nothing(here: Office, there: Office, club: str) -> None:
    forked(here, there, club)
    before = here.heads()
    assert here.rebase(there.send(), club, dry_run=True).own[0].seq == 7
    assert here.heads() == before


def test_a_step_that_the_rules_forbid_now_is_listed_with_why(
    here: Office, there: Office, club: str
) -> None:
    here.core.carry(club, *TRAIN)
    there.core.clock.day += timedelta(days=1)
    there.core.carry(club, *TRAIN)
    (own,) = here.rebase(there.send(), club, {"CLB-BUNDLE-DOUBLE": "chắc là hai lớp"}).own
    assert (own.seq, [one.code for one in own.findings if one.level is Level.BLOCK]) == (
        None,
        ["CLB-TRAIN-TWICE"],
    )
    assert here.heads() == there.heads()
    here.require_sound()


def test_the_same_recorded_twice_needs_a_reason(here: Office, there: Office, club: str) -> None:
    here.core.carry(club, *MEETING)
    there.core.clock.day += timedelta(days=1)
    there.core.carry(club, *MEETING)
    before = here.heads()
    with pytest.raises(RefusedError) as refused:
        here.rebase(there.send(), club)
    assert [one.code for one in refused.value.findings] == ["CLB-BUNDLE-DOUBLE"]
    assert here.heads() == before
    settled = here.rebase(there.send(), club, {"CLB-BUNDLE-DOUBLE": "hai buổi khác nhau"})
    assert settled.own[0].seq == 7


def test_the_province_does_not_take_again_what_it_sent(
    here: Office, there: Office, club: str
) -> None:
    forked(here, there, club)
    there.send()
    with pytest.raises(ConflictError) as refused:
        there.rebase(here.send(), club)
    assert refused.value.code == "CLB-BUNDLE-REBASE"


def test_the_province_may_take_again_what_never_left_it(
    here: Office, there: Office, club: str
) -> None:
    forked(here, there, club)
    there.rebase(here.send(names=True), club)
    here.take(there.send())
    assert here.heads() == there.heads()


def test_seals_still_prove_what_was_taken_again(here: Office, there: Office, club: str) -> None:
    forked(here, there, club)
    seal_all(here.core.registry, None)
    noted = seals.newest(here.store, here.core.province)
    here.rebase(there.send(), club)
    seal_all(here.core.registry, None)
    here.require_sound()
    assert noted is not None
    newest = seals.newest(here.store, here.core.province)
    assert newest is not None
    assert newest.size > noted.size
    (proved,) = [seals.proof(here.store, f"club:{club}", 6)["event"]]
    assert proved["seq"] == 6


@pytest.mark.usefixtures("english")
def test_a_file_that_comes_late_is_no_new_fork(here: Office, there: Office, club: str) -> None:
    forked(here, there, club)
    late = here.send()
    here.rebase(there.send(), club)
    there.take(here.send())
    taken = there.take(late)
    assert taken.forks == ()
    (left_out,) = [one for one in taken.warnings if "recorded as taken again here" in one]
    assert ASSOCIATION in left_out
    assert here.heads() == there.heads()


def test_a_repayment_follows_its_loan_to_the_new_number(here: Office, there: Office) -> None:
    club = here.core.walk([PROPOSE, APPROVE, TRAIN, LAUNCH])
    there.take(here.send(names=True))
    here.take(there.send())
    there.core.carry(club, *SUPERVISE)
    day = SUPERVISE[1]
    gift = {"kind": "contribution", "source": "donor", "fund": "income", "amount": 9_000_000}
    here.core.take(club, "fund", day, gift)
    here.core.take(club, "lend", day, {"member": here.core.people[0].name})
    lent = here.core.club(club).seq
    here.core.take(club, "repay", day, {"loan": lent, "principal": 400_000})
    settled = here.rebase(there.send(), club)
    assert [one.seq for one in settled.own] == [lent, lent + 1, lent + 2]
    (loan,) = loans.book(here.store, here.core.club(club), day)
    assert (loan.seq, loan.outstanding) == (lent + 1, 600_000)
    there.take(here.send(names=True))
    assert here.heads() == there.heads()
    here.require_sound()
