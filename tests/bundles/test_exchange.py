"""A commune and the province carry clubs to each other in files, and hold the same in the end."""

from datetime import timedelta

from support.core import APPROVE, PROPOSE, TRAIN
from support.exchange import Office


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
