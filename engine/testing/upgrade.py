"""Checks that clubs begun under an earlier version of the plugin live on under this one."""

from engine.errors import ClbError
from engine.lifecycle import upkeep
from engine.model import Finding, Receipt
from engine.provinces.load import Provinces
from engine.rules.request import StepRequest
from engine.scenario.play import ENDED, LAUNCHED, OPERATING, first_day, last_day, play
from engine.scenario.world import open_world
from engine.testing.base import Checks, Subject, answering
from engine.testing.life import refused

BEFORE = "0.0.1"


class Earlier(Provinces):
    """The provinces as an earlier version of the plugin had them: other digest, no code yet."""

    def receipt(self, province: str) -> Receipt:
        """Return the receipt of the earlier version."""
        return Receipt(self.plugin(province).name, BEFORE, "0" * 64)

    def checks(self, province: str, request: StepRequest) -> tuple[Finding, ...]:
        """Find nothing: the earlier version had no checks."""
        del province, request
        return ()

    def after_step(self, province: str, request: object) -> None:
        """Tell nobody."""


class UpgradeChecks(Checks):
    """A database that an earlier version wrote."""

    def test_a_club_of_the_version_before_lives_on(self, subject: Subject) -> None:
        """A club launched under the version before verifies, is rebuilt, and lives to its end."""
        now = answering(subject)
        for document in subject.programmes:
            start, name = first_day(document), f"upgrade-{document.id}"
            province, today = subject.province, last_day(document)
            with open_world(
                subject.folder, province, today, name=name, provinces=Earlier()
            ) as here:
                store = here.registry.store
                with store.write():
                    club = here.found(start)
                    list(play(here, club, LAUNCHED, start))
                assert upkeep.check(store).ok
                upkeep.rebuild(store)
                later = here.under(now)
                try:
                    for turn in play(later, club, (*OPERATING, *ENDED), start):
                        assert later.outcomes[-1].event is not None, turn
                except ClbError as error:
                    refused(subject, "in a club of the version before,", error)
                assert upkeep.check(store).ok
                assert later.registry.lifecycle.club(club).state == "dissolved"
