"""A commune and the province carry clubs to each other in files, and hold the same in the end."""

from datetime import timedelta
from pathlib import Path

import pytest
from support.core import APPROVE, COMMUNE, PROPOSE, TODAY, TRAIN
from support.exchange import Office, close, copied

from engine.errors import ConflictError
from engine.scenario.world import StillClock


def test_a_club_travels_to_the_province_and_back(here: Office, there: Office) -> None:
    club = here.core.walk([PROPOSE, APPROVE])
    taken = there.take(here.send(names=True))
    assert [(one.first, one.last) for one in taken.coming] == [(1, 5)]
    there.core.carry(club, *TRAIN)
    back = here.take(there.send())
    assert [(one.first, one.last) for one in back.coming] == [(6, 6)]
    assert here.core.club(club) == there.core.club(club)
    assert here.heads() == there.heads()
    here.require_sound()
    there.require_sound()


def test_an_older_file_that_arrives_late_does_not_undo_what_a_newer_one_showed(
    here: Office, there: Office
) -> None:
    club = here.core.walk([PROPOSE])
    older = here.send()
    here.core.clock.day += timedelta(days=1)
    here.core.carry(club, *APPROVE)
    newer = here.send()
    for file in (newer, older):
        there.take(file)
    assert there.make().clubs == 0


def test_what_a_restored_province_lost_is_asked_for_and_its_own_steps_come_back(
    here: Office, there: Office, tmp_path: Path
) -> None:
    club = here.core.walk([PROPOSE, APPROVE])
    close(there)
    restored = copied(there.folder, tmp_path / "restored", None, StillClock(TODAY))
    there = copied(there.folder, tmp_path / "lost", None, StillClock(TODAY))
    there.take(here.send())
    there.core.carry(club, *TRAIN)
    here.take(there.send())
    here.core.clock.day += timedelta(days=1)
    here.core.walk([PROPOSE])
    with pytest.raises(ConflictError) as refused:
        restored.take(here.send())
    assert f'clb bundle export --for "{COMMUNE}"' in refused.value.help
    restored.core.clock.day += timedelta(days=1)
    here.take(restored.send())
    restored.take(here.send())
    assert restored.heads() == here.heads()
    assert restored.core.club(club).state == "trained"
