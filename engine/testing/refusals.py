"""Checks of what must not pass: what the province refuses, and what is refused everywhere."""

import contextlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from engine import codes
from engine.errors import ClbError
from engine.labels import ASPECTS
from engine.model import Role
from engine.policy.model import Document
from engine.scenario.play import FOUNDED, LAUNCHED, Turn, first_day, grant, last_day
from engine.scenario.world import World, open_world
from engine.states import step as find_step
from engine.testing.base import CODE, Checks, Subject, answering
from engine.testing.life import led

DAY = timedelta(days=1)
_ACTORS = (Role.ASSOCIATION, Role.COMMITTEE, Role.PROVINCE)
GENERAL_MEND = "A hook may add findings; it must let the engine's own be heard."


@contextlib.contextmanager
def after(
    subject: Subject, turns: tuple[Turn, ...], document: Document
) -> Iterator[tuple[World, str, date]]:
    """Lead a club through turns in a period; yield it with the day after the last of them."""
    start = first_day(document)
    name = f"refused-{document.id}-{len(list(subject.folder.iterdir()))}"
    with open_world(
        subject.folder,
        subject.province,
        last_day(document),
        name=name,
        provinces=answering(subject),
    ) as here:
        club = led(subject, here, turns, start)
        yield here, club, start + timedelta(days=turns[-1].after + 1)


def must_refuse(
    subject: Subject,
    here: World,
    club: str,
    step: str,
    on: date,
    changes: Mapping[str, Any],
    code: str,
    *,
    role: Role | None = None,
    source: str | None = None,
) -> None:
    """Take a step that must be refused with a finding of that code, and with that article."""
    before = here.registry.lifecycle.club(club)
    try:
        here.take(club, step, on, changes, role=role)
    except ClbError as error:
        found = [one for one in error.findings if one.code == code]
        said = ", ".join(one.code for one in error.findings) or error.message
        subject.require(
            found,
            f"“{step}” of {on} should be refused with {code}; it is with {said}.",
            mend=GENERAL_MEND,
            file=CODE,
        )
        subject.require(
            source is None or found[0].source == source,
            f"the refusal {code} cites {found[0].source if found else None}, not {source}.",
            mend="Check the dates of the value.",
        )
    else:
        subject.fail(f"“{step}” of {on} was not refused with {code}.", mend=GENERAL_MEND)
    assert here.registry.lifecycle.club(club) == before


class RefusalChecks(Checks):
    """What is refused, with the province's article where it is the province's rule."""

    def test_a_missing_aspect_refuses_the_decision(self, subject: Subject) -> None:
        """Where the province asks for an appraisal, each aspect left out refuses; else none."""
        for document in subject.programmes:
            with after(subject, FOUNDED[:1], document) as (here, club, on):
                stated = here.rules.stated("appraisal.aspects", on)
                for aspect in stated.value or ():
                    changes = {f"appraisal.{aspect}": None}
                    must_refuse(
                        subject, here, club, "approve", on, changes, codes.APPRAISAL_MISSING,
                        source=stated.source,
                    )  # fmt: skip
                if stated.status != "value":
                    without = {f"appraisal.{aspect}": None for aspect in ASPECTS}
                    taken(subject, here, club, "approve", on, without)

    def test_an_aspect_not_met_refuses_the_decision(self, subject: Subject) -> None:
        """Where the province wants every aspect favourable, one that is not met refuses."""
        for document in subject.programmes:
            with after(subject, FOUNDED[:1], document) as (here, club, on):
                stated = here.rules.stated("appraisal.aspects", on)
                wanted = here.rules.stated("appraisal.favourable", on)
                if stated.status == wanted.status == "value" and wanted.value:
                    for aspect in stated.value:
                        changes = {f"appraisal.{aspect}": "not_met"}
                        must_refuse(
                            subject, here, club, "approve", on, changes, codes.APPRAISAL_NOT_MET
                        )
                else:
                    unmet = {f"appraisal.{aspect}": "not_met" for aspect in ASPECTS}
                    taken(subject, here, club, "approve", on, unmet)

    def test_a_grant_is_given_as_the_policy_says(self, subject: Subject) -> None:
        """The stated grant passes; without its resolution, or a second time, it is refused."""
        for document in subject.programmes:
            with after(subject, LAUNCHED, document) as (here, club, on):
                stated = here.rules.stated("grant.establishment", on)
                form = grant(here.rules, on)
                if stated.extra.get("resolution_required"):
                    must_refuse(
                        subject, here, club, "fund", on, {**form, "resolution": None},
                        codes.GRANT_RESOLUTION, source=stated.source,
                    )  # fmt: skip
                taken(subject, here, club, "fund", on, form)
                if stated.extra.get("once_a_club"):
                    again = {**form, "document": "UNC 2"}
                    must_refuse(
                        subject, here, club, "fund", on + DAY, again,
                        codes.GRANT_SECOND, source=stated.source,
                    )  # fmt: skip

    def test_another_role_is_refused(self, subject: Subject) -> None:
        """A step is refused to a role that the policy does not give it to, with the article."""
        for document in subject.programmes:
            for turns, step in ((FOUNDED[:1], "approve"), (LAUNCHED, "supervise")):
                with after(subject, turns, document) as (here, club, on):
                    stated = here.rules.stated(f"roles.{step}", on)
                    allowed = stated.value if stated.status == "value" else find_step(step).roles
                    source = stated.source if stated.status == "value" else None
                    for role in sorted(set(_ACTORS) - set(allowed)):
                        must_refuse(
                            subject, here, club, step, on, {}, codes.ROLE, role=role, source=source
                        )

    def test_a_step_out_of_turn_is_refused(self, subject: Subject) -> None:
        """A club that is not launched is not supervised: the state refuses, whatever hooks say."""
        for document in subject.programmes:
            with after(subject, FOUNDED, document) as (here, club, on):
                must_refuse(subject, here, club, "supervise", on, {}, codes.STATE)

    def test_a_step_before_the_last_one_is_refused(self, subject: Subject) -> None:
        """A step is not dated before the club's last step."""
        for document in subject.programmes:
            with after(subject, LAUNCHED, document) as (here, club, on):
                early = on - timedelta(days=30)
                must_refuse(subject, here, club, "supervise", early, {}, codes.DATE_ORDER)


def taken(
    subject: Subject, here: World, club: str, step: str, on: date, changes: Mapping[str, Any]
) -> None:
    """Take a step that must pass."""
    try:
        here.take(club, step, on, changes)
    except ClbError as error:
        said = "; ".join(f"{one.code}: {one.message}" for one in error.findings) or error.message
        subject.fail(f"“{step}” of {on} is refused: {said}", mend=GENERAL_MEND, file=CODE)
