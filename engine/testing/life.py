"""Checks that clubs can live under the province's rules and code, in each of its periods."""

from collections.abc import Iterator
from datetime import date

from engine.errors import ClbError, PluginError
from engine.lifecycle import upkeep
from engine.model import Finding, Level
from engine.policy.model import Document
from engine.provinces.load import POLICY_FILE
from engine.scenario.play import (
    FOUNDED,
    LAUNCHED,
    OPERATING,
    REJECTED,
    WHOLE,
    WITHDRAWN,
    Turn,
    first_day,
    last_day,
    play,
)
from engine.scenario.world import World, open_world
from engine.testing.base import CODE, Checks, Subject, answering

MEND = "Nothing may refuse an ordinary life: let it pass or warn. See clb explain CODE."


def lived(
    subject: Subject, name: str, turns: tuple[Turn, ...]
) -> Iterator[tuple[Document, World, str]]:
    """Lead a club through the turns in each period, and yield it; what refuses a turn fails."""
    provinces = answering(subject)
    for document in subject.programmes:
        start = first_day(document)
        with open_world(
            subject.folder,
            subject.province,
            last_day(document),
            name=f"{name}-{document.id}",
            provinces=provinces,
        ) as here:
            club = led(subject, here, turns, start)
            yield document, here, club


def led(subject: Subject, here: World, turns: tuple[Turn, ...], start: date) -> str:
    """Return a new club that was led through the turns; what refuses one fails the check."""
    steps = ["open", *(turn.step for turn in turns)]
    taken = 0
    try:
        with here.registry.store.write():
            club = here.found(start)
            for _turn in play(here, club, turns, start):
                taken += 1
    except ClbError as error:
        at = steps[taken + 1] if here.outcomes and taken < len(turns) else steps[0]
        refused(subject, f"at “{at}” in the life of a club", error)
    return club


def refused(subject: Subject, where: str, error: ClbError) -> None:
    """Fail with what the door said: what blocks, else everything."""
    blocks = [one for one in error.findings if one.level is Level.BLOCK] or error.findings
    found = "; ".join(map(_said, blocks)) or f"{error.message} {error.help}".strip()
    by_code = isinstance(error, PluginError) or any(one.plugin for one in blocks)
    file = CODE if by_code else POLICY_FILE
    subject.fail(f"{where} the engine refuses: {found}", mend=MEND, file=file)


def _said(one: Finding) -> str:
    by = f" ({one.plugin})" if one.plugin else ""
    return f"{one.code}{by}: {one.message}"


class LifeChecks(Checks):
    """Clubs on a real database, led through every step by whom the policy names."""

    def test_a_club_lives_from_its_opening_to_its_dissolution(self, subject: Subject) -> None:
        """In each period a club can go through every step, from the opened file to its end."""
        for _document, here, club in lived(subject, "whole", WHOLE):
            assert here.registry.lifecycle.club(club).state == "dissolved"

    def test_a_proposal_can_be_withdrawn(self, subject: Subject) -> None:
        """In each period who proposed a club can take the proposal back."""
        for _document, here, club in lived(subject, "withdrawn", WITHDRAWN):
            assert here.registry.lifecycle.club(club).state == "withdrawn"

    def test_a_proposal_can_be_rejected(self, subject: Subject) -> None:
        """In each period the committee can refuse a proposal for good."""
        for _document, here, club in lived(subject, "rejected", REJECTED):
            assert here.registry.lifecycle.club(club).state == "rejected"

    def test_a_club_can_be_dissolved_before_its_launch(self, subject: Subject) -> None:
        """In each period a club that was never launched can be dissolved."""
        turns = (*FOUNDED, Turn("dissolve", 30, to="dissolved"))
        for _document, here, club in lived(subject, "early", turns):
            assert here.registry.lifecycle.club(club).state == "dissolved"

    def test_a_suspended_club_can_resume(self, subject: Subject) -> None:
        """In each period a launched club can be suspended and come back to where it stood."""
        turns = (
            *LAUNCHED,
            Turn("suspend", 60, to="suspended"),
            Turn("resume", 90, to="launched"),
        )
        for _document, here, club in lived(subject, "suspended", turns):
            assert here.registry.lifecycle.club(club).state == "launched"

    def test_a_weak_club_can_be_consolidated(self, subject: Subject) -> None:
        """In each period a club whose review was not passed can be consolidated."""
        turns = (
            *LAUNCHED,
            Turn("supervise", 230, to="operating"),
            Turn("review", 240, {"result": "consolidate"}, "consolidating"),
            Turn("consolidate", 260, to="operating"),
        )
        for _document, here, club in lived(subject, "weak", turns):
            assert here.registry.lifecycle.club(club).state == "operating"

    def test_every_event_keeps_the_receipt(self, subject: Subject) -> None:
        """Every event of a life names the plugin, its version and the digest of its policy."""
        plugin, digest = subject.plugin, subject.policy.digest
        for _document, here, _club in lived(subject, "receipt", (*LAUNCHED, *OPERATING)):
            for outcome in here.outcomes:
                receipt = outcome.event.policy if outcome.event else None
                assert receipt is not None
                assert (receipt.plugin, receipt.version) == (plugin.name, plugin.version)
                assert receipt.digest == digest

    def test_the_log_verifies_and_the_tables_follow_from_it(self, subject: Subject) -> None:
        """After a whole life the chain is whole, and tables computed anew are the same."""
        for _document, here, _club in lived(subject, "log", WHOLE):
            store = here.registry.store
            assert upkeep.check(store).ok
            assert upkeep.rebuild(store) == upkeep.check(store).events
            assert upkeep.check(store).ok
