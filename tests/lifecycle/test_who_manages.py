"""Who manages a club is written down as its papers have it, and gives nobody a right."""

from datetime import date

import pytest
from support.core import ASSOCIATION, COMMITTEE, TODAY, Core, codes
from support.faults import table_faults

from engine.errors import InputError
from engine.lifecycle.upkeep import rebuild
from engine.store import facts

BOTH = {"managing_unit": "Chi hội NCT Khu phố Đông", "self_managed": True}


def managed(core: Core, club: str) -> tuple[str | None, bool | None]:
    seen = core.club(club)
    return seen.managing_unit, seen.self_managed


def test_both_are_kept_though_they_speak_against_each_other(core: Core) -> None:
    """T-BN5: the document says of one club both that it manages itself and that others do."""
    assert managed(core, core.open(changes=BOTH)) == ("Chi hội NCT Khu phố Đông", True)


def test_what_was_not_shown_is_not_known(core: Core) -> None:
    assert managed(core, core.open()) == (None, None)


def test_not_self_managed_is_not_the_same_as_not_shown(core: Core) -> None:
    assert managed(core, core.open(changes={"self_managed": False})) == (None, False)


def test_they_can_be_corrected_and_the_tables_are_the_logs_fold(core: Core) -> None:
    club = core.open(changes=BOTH)
    changes = {"managing_unit": "Hội NCT phường", "self_managed": False}
    core.take(club, "correct", TODAY, {"seq": 1, "changes": changes})
    assert managed(core, club) == ("Hội NCT phường", False)
    rebuild(core.store)
    assert list(table_faults(core.store)) == []
    assert managed(core, club) == ("Hội NCT phường", False)


@pytest.mark.parametrize("changes", [{}, BOTH, {"self_managed": False}])
def test_no_right_follows_from_it(core: Core, changes: dict[str, object]) -> None:
    club = core.open(changes=changes)
    error = core.refusal(club, "propose", date(2021, 8, 10), officer=COMMITTEE)
    assert "CLB-ROLE" in codes(error)
    assert core.carry(club, "propose", date(2021, 8, 10), officer=ASSOCIATION).state == "proposed"


def test_only_yes_or_no_is_taken(core: Core) -> None:
    with pytest.raises(InputError):
        core.open(changes={"self_managed": "một phần"})


def test_a_chair_does_not_become_the_vice_chair_too(core: Core) -> None:
    club = core.bring("operating")
    chair = next(one for one in facts.board(core.store, core.club(club)) if one.post == "chair")
    with pytest.raises(InputError) as caught:
        core.take(club, "change_board", core.clock.day, {"chair": None, "vice": chair.person})
    assert caught.value.code == "CLB-BOARD-TWICE"
