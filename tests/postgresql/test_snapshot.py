"""What is read together on a server is of one moment."""

from pathlib import Path

import pytest
from support.at_work import assert_no_alarm, url
from support.core import PROVINCES, Core

from engine.lifecycle.registry import open_registry
from engine.reports import events


def test_what_others_record_meanwhile_is_not_seen(core: Core) -> None:
    club = core.bring("operating")
    other = open_registry(url(core), provinces=PROVINCES, clock=core.clock)
    with other.store.snapshot():
        before = events.head(other.store)
        core.take(club, "meeting", core.clock.day)
        assert events.head(other.store) == before
    assert events.head(other.store)[1] == before[1] + 1
    other.store.close()


@pytest.mark.slow
def test_checks_and_exports_raise_no_alarm_while_others_work(core: Core, tmp_path: Path) -> None:
    assert_no_alarm(core, tmp_path)
