"""Checks that play: clubs are led through their lives under a plugin's rules and code.

Each function of ``CLUB_CHECKS`` is a check, its docstring the rule. It ends at the first mistake.
"""

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import docx

from engine import codes
from engine.documents.papers import papers
from engine.documents.render import render, template
from engine.errors import ClbError, InputError, PluginError
from engine.frozen import EMPTY
from engine.labels import ASPECTS
from engine.lifecycle import upkeep
from engine.model import Finding, Level, Receipt, Role
from engine.plugin_checks.subject import CODE, Subject
from engine.policy.effective import cited
from engine.policy.model import Document
from engine.provinces.load import POLICY_FILE, Provinces
from engine.reports.dossier import Dossier
from engine.reports.money import received
from engine.rules import own
from engine.rules.grants import stated_grants
from engine.rules.request import StepRequest
from engine.scenario.forms import GRANT, grants
from engine.scenario.play import (
    ENDED,
    FOUNDED,
    LAUNCHED,
    OPERATING,
    REJECTED,
    WHOLE,
    WITHDRAWN,
    Turn,
    first_day,
    grant,
    last_day,
    play,
)
from engine.scenario.world import World, open_world
from engine.states import step as find_step

DAY = timedelta(days=1)
ACTORS = (Role.ASSOCIATION, Role.COMMITTEE, Role.PROVINCE)
LIFE_FIX = "Nothing may refuse an ordinary life: let it pass or warn. See clb explain CODE."
GENERAL_FIX = "A hook may add findings; it must leave the engine's own to be heard."
BEFORE = "0.0.1"


def lived(
    subject: Subject, name: str, turns: tuple[Turn, ...]
) -> Iterator[tuple[Document, World, str]]:
    """Lead a club through the turns in each period, and yield it; what refuses a turn fails."""
    provinces = subject.sound
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
    """Fail with what the engine refuses: what blocks, else everything."""
    blocks = [one for one in error.findings if one.level is Level.BLOCK] or error.findings
    found = "; ".join(map(_sentence, blocks)) or f"{error.message} {error.help}".strip()
    by_code = isinstance(error, PluginError) or any(one.plugin for one in blocks)
    file = CODE if by_code else POLICY_FILE
    subject.fail(f"{where} the engine refuses: {found}", fix=LIFE_FIX, file=file)


def _sentence(one: Finding) -> str:
    by = f" ({one.plugin})" if one.plugin else ""
    return f"{one.code}{by}: {one.message}"


@contextmanager
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
        provinces=subject.sound,
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
    alone: bool = False,
) -> None:
    """Take a step that must be refused with a finding of that code, and with that article.

    ``alone`` is without what the province's documents put before it.
    """
    if not alone:
        here.lead_up(club, step, on)
    before = here.registry.lifecycle.club(club)
    try:
        here.take(club, step, on, changes, role=role, **({"reasons": {}} if alone else {}))
    except ClbError as error:
        found = [one for one in error.findings if one.code == code]
        found_codes = ", ".join(one.code for one in error.findings) or error.message
        subject.require(
            found,
            f"“{step}” of {on} should be refused with {code}; it is with {found_codes}.",
            fix=GENERAL_FIX,
            file=CODE,
        )
        subject.require(
            source is None or found[0].source == source,
            f"the refusal {code} cites {found[0].source if found else None}, not {source}.",
            fix="Check the dates of the value.",
        )
    else:
        subject.fail(f"“{step}” of {on} was not refused with {code}.", fix=GENERAL_FIX)
    assert here.registry.lifecycle.club(club) == before


def must_warn(
    subject: Subject,
    here: World,
    club: str,
    step: str,
    on: date,
    changes: Mapping[str, Any],
    code: str,
) -> None:
    """Ask for a step that must be warned of with that code; nothing is written."""
    try:
        found = here.take(club, step, on, changes, reasons={}, dry_run=True).findings
    except ClbError as error:
        found = tuple(error.findings)
    subject.require(
        [one for one in found if one.code == code],
        f"“{step}” of {on} should be warned of with {code}; it is with "
        f"{', '.join(one.code for one in found) or 'nothing'}.",
        fix=GENERAL_FIX,
        file=CODE,
    )


def taken(
    subject: Subject, here: World, club: str, step: str, on: date, changes: Mapping[str, Any]
) -> None:
    """Take a step that must pass."""
    try:
        here.take(club, step, on, changes)
    except ClbError as error:
        found_codes = (
            "; ".join(f"{one.code}: {one.message}" for one in error.findings) or error.message
        )
        subject.fail(f"“{step}” of {on} is refused: {found_codes}", fix=GENERAL_FIX, file=CODE)


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
        """Do nothing: the earlier version had no listener."""


def a_club_lives_from_its_opening_to_its_dissolution(subject: Subject) -> None:
    """In each period a club can go through every step, from the opened file to its end."""
    for _document, here, club in lived(subject, "whole", WHOLE):
        assert here.registry.lifecycle.club(club).state == "dissolved"


def a_proposal_can_be_withdrawn(subject: Subject) -> None:
    """In each period who proposed a club can take the proposal back."""
    for _document, here, club in lived(subject, "withdrawn", WITHDRAWN):
        assert here.registry.lifecycle.club(club).state == "withdrawn"


def a_proposal_can_be_rejected(subject: Subject) -> None:
    """In each period the committee can refuse a proposal for good."""
    for _document, here, club in lived(subject, "rejected", REJECTED):
        assert here.registry.lifecycle.club(club).state == "rejected"


def a_club_can_be_dissolved_before_its_launch(subject: Subject) -> None:
    """In each period a club that was never launched can be dissolved."""
    turns = (*FOUNDED, Turn("dissolve", 30, to="dissolved"))
    for _document, here, club in lived(subject, "early", turns):
        assert here.registry.lifecycle.club(club).state == "dissolved"


def a_suspended_club_can_resume(subject: Subject) -> None:
    """In each period a launched club can be suspended and come back to the state it was in."""
    turns = (
        *LAUNCHED,
        Turn("suspend", 60, to="suspended"),
        Turn("resume", 90, to="launched"),
    )
    for _document, here, club in lived(subject, "suspended", turns):
        assert here.registry.lifecycle.club(club).state == "launched"


def a_weak_club_can_be_consolidated(subject: Subject) -> None:
    """In each period a club whose review was not passed can be consolidated."""
    turns = (
        *LAUNCHED,
        Turn("supervise", 230, to="operating"),
        Turn("review", 240, {"result": "consolidate"}, "consolidating"),
        Turn("consolidate", 260, to="operating"),
    )
    for _document, here, club in lived(subject, "weak", turns):
        assert here.registry.lifecycle.club(club).state == "operating"


def every_event_keeps_the_receipt(subject: Subject) -> None:
    """Every event of a life names the plugin, its version and the digest of its policy."""
    plugin, digest = subject.plugin, subject.policy.digest
    for _document, here, _club in lived(subject, "receipt", (*LAUNCHED, *OPERATING)):
        for outcome in here.outcomes:
            receipt = outcome.event.policy if outcome.event else None
            assert receipt is not None
            assert (receipt.plugin, receipt.version) == (plugin.name, plugin.version)
            assert receipt.digest == digest


def the_log_verifies_and_the_tables_follow_from_it(subject: Subject) -> None:
    """After a whole life the chain is whole, and tables computed anew are the same."""
    for _document, here, _club in lived(subject, "log", WHOLE):
        store = here.registry.store
        assert upkeep.check(store, here.clock).ok
        assert upkeep.rebuild(store) == upkeep.check(store, here.clock).events
        assert upkeep.check(store, here.clock).ok


def a_missing_aspect_refuses_the_decision(subject: Subject) -> None:
    """Where the province asks for an appraisal, each aspect left out refuses; else none."""
    for document in subject.programmes:
        with after(subject, FOUNDED[:1], document) as (here, club, on):
            stated = here.rules.stated("appraisal.aspects", on)
            for aspect in stated.value or ():
                changes = {own.aspect_path(aspect): None}
                must_refuse(
                    subject, here, club, "approve", on, changes, codes.APPRAISAL_MISSING,
                    source=stated.source,
                )  # fmt: skip
            if stated.status != "value":
                without = {f"appraisal.{aspect}": None for aspect in ASPECTS}
                taken(subject, here, club, "approve", on, without)


def an_aspect_not_met_refuses_the_decision(subject: Subject) -> None:
    """Where the province wants every aspect favourable, one that is not met refuses."""
    for document in subject.programmes:
        with after(subject, FOUNDED[:1], document) as (here, club, on):
            stated = here.rules.stated("appraisal.aspects", on)
            wanted = here.rules.stated("appraisal.favourable", on)
            if stated.status == wanted.status == "value" and wanted.value:
                for aspect in stated.value:
                    changes = {own.aspect_path(aspect): "not_met"}
                    must_refuse(
                        subject, here, club, "approve", on, changes, codes.APPRAISAL_NOT_MET
                    )
            else:
                unmet = {f"appraisal.{aspect}": "not_met" for aspect in ASPECTS}
                taken(subject, here, club, "approve", on, unmet)


def an_own_step_is_waited_for(subject: Subject) -> None:
    """What comes before the decision refuses it until it is recorded, answered as it must be."""
    for document in subject.programmes:
        with after(subject, FOUNDED[:1], document) as (here, club, on):
            for one in own.steps(here.rules, on):
                if one.before != "approve" or not one.binding:
                    continue
                for answers in (None, *own.not_passing(here.rules, one, on)):
                    if answers is not None:
                        here.take(club, one.name, on, answers)
                    must_refuse(
                        subject, here, club, "approve", on, {}, codes.OWN_STEP,
                        source=one.source, alone=True,
                    )  # fmt: skip


def a_required_own_field_is_asked_for(subject: Subject) -> None:
    """A step without a field that the policy requires of it is not taken."""
    for document in subject.programmes:
        for step, before in (("approve", FOUNDED[:1]), ("supervise", LAUNCHED)):
            with after(subject, before, document) as (here, club, on):
                fields = own.in_force(here.rules, step, on)
                for name in fields["required"] if fields is not None else ():
                    try:
                        here.take(club, step, on, {f"{own.OWN}.{name}": None})
                    except InputError as error:
                        subject.require(
                            error.code == codes.FORM_MISSING,
                            f"without own.{name} “{step}” is refused with {error.code}.",
                            fix=GENERAL_FIX,
                        )
                    else:
                        subject.fail(f"“{step}” is taken without own.{name}.", fix=GENERAL_FIX)


def a_grant_is_given_as_the_policy_says(subject: Subject) -> None:
    """The stated grant passes; without its resolution, or a second time, it is refused."""
    for document in subject.programmes:
        with after(subject, LAUNCHED, document) as (here, club, on):
            stated = here.rules.stated("grant.establishment", on)
            form = grant(here.rules, on)
            if stated.extra.get("resolution_required"):
                must_refuse(
                    subject, here, club, "fund", on, {**form, "resolution": None},
                    codes.GRANT_RESOLUTION, source=cited(stated, "resolution_required"),
                )  # fmt: skip
            taken(subject, here, club, "fund", on, form)
            if stated.extra.get("once_a_club"):
                again = {**form, "document": "UNC 2"}
                must_refuse(
                    subject, here, club, "fund", on + DAY, again,
                    codes.GRANT_SECOND, source=cited(stated, "once_a_club"),
                )  # fmt: skip


def each_grant_by_name_is_taken_in_its_order(subject: Subject) -> None:
    """The grants of one's own pass one after the other; another amount is warned of."""
    for document in subject.programmes:
        with after(subject, LAUNCHED, document) as (here, club, on):
            for one in stated_grants(here.rules, on):
                if one.key == GRANT or one.stated.extra.get("classes"):
                    continue  # tried by itself; the club of the check is of no class
                (form,) = grants(here.rules, one.key, on)
                if one.high is not None:
                    more = {**form, "amount": one.high + 1}
                    must_warn(subject, here, club, "fund", on, more, codes.GRANT_AMOUNT)
                taken(subject, here, club, "fund", on, form)


def own_funds_and_sources_are_recorded(subject: Subject) -> None:
    """Money of each source of one's own, into each fund of one's own, is recorded and counted."""
    for document in subject.programmes:
        with after(subject, LAUNCHED, document) as (here, club, on):
            choices = (own.in_force(here.rules, "fund", on) or EMPTY).get("x-choices", EMPTY)
            funds, sources = choices.get("fund", {}), choices.get("source", {})
            money = {"kind": "contribution", "amount": 1_000_000}
            for place, fund in enumerate(funds):
                form = {**money, "fund": fund, "source": "other", "document": f"PT {place}"}
                taken(subject, here, club, "fund", on, form)
            for place, source in enumerate(sources, len(funds)):
                form = {**money, "fund": "income", "source": source, "document": f"PT {place}"}
                taken(subject, here, club, "fund", on, form)
            found = received(here.registry.store, subject.province, on)
            assert found.total == 1_000_000 * (len(funds) + len(sources))


def another_role_is_refused(subject: Subject) -> None:
    """A step is refused to a role that the policy does not give it to, with the article."""
    for document in subject.programmes:
        for turns, step in ((FOUNDED[:1], "approve"), (LAUNCHED, "supervise")):
            with after(subject, turns, document) as (here, club, on):
                stated = here.rules.stated(f"roles.{step}", on)
                binds = stated.status == "value" and stated.binding
                given = tuple(stated.value or ())
                allowed = given if binds else (*find_step(step).roles, *given)
                source = stated.source if binds else None
                for role in sorted(set(ACTORS) - set(allowed)):
                    must_refuse(
                        subject, here, club, step, on, {}, codes.ROLE, role=role, source=source
                    )


def a_step_out_of_turn_is_refused(subject: Subject) -> None:
    """A club that is not launched is not supervised: the state refuses, whatever hooks say."""
    for document in subject.programmes:
        with after(subject, FOUNDED, document) as (here, club, on):
            must_refuse(subject, here, club, "supervise", on, {}, codes.STATE)


def a_step_before_the_last_one_is_refused(subject: Subject) -> None:
    """A step is not dated before the club's last step."""
    for document in subject.programmes:
        with after(subject, LAUNCHED, document) as (here, club, on):
            early = on - timedelta(days=30)
            must_refuse(subject, here, club, "supervise", early, {}, codes.DATE_ORDER)


def every_paper_is_made_and_opens_again(subject: Subject) -> None:
    """Papers of every kind are made in each period and can be opened as Word files."""
    for _document, here, club in lived(subject, "papers", WHOLE):
        life = here.registry.lifecycle
        dossier = Dossier(here.registry.store, life.club(club))
        for paper in papers(here.rules):
            file = f"templates/{paper.file}"
            values = paper.contents(dossier, here.rules, today=life.today()).values
            try:
                filled = render(template(paper.file, subject.plugin), values)
            except ClbError as error:
                subject.fail(f"{error.message} {error.help}", fix="", file=file)
            assert docx.Document(io.BytesIO(filled.data)).element.body is not None
            subject.require(
                not filled.unknown,
                f"the template asks for {', '.join(filled.unknown)}, which no paper has.",
                fix="clb document template KIND --out FILE.docx shows the fields.",
                file=file,
            )


def a_club_of_the_version_before_lives_on(subject: Subject) -> None:
    """A club launched under the version before verifies, is rebuilt, and lives to its end."""
    now = subject.sound
    for document in subject.programmes:
        start, name = first_day(document), f"upgrade-{document.id}"
        province, today = subject.province, last_day(document)
        with open_world(subject.folder, province, today, name=name, provinces=Earlier()) as here:
            store = here.registry.store
            with store.write():
                club = here.found(start)
                list(play(here, club, LAUNCHED, start))
            assert upkeep.check(store, here.clock).ok
            upkeep.rebuild(store)
            later = here.under(now)
            try:
                for turn in play(later, club, (*OPERATING, *ENDED), start):
                    assert later.outcomes[-1].event is not None, turn
            except ClbError as error:
                refused(subject, "in a club of the version before,", error)
            assert upkeep.check(store, here.clock).ok
            assert later.registry.lifecycle.club(club).state == "dissolved"


CLUB_CHECKS: tuple[Callable[[Subject], None], ...] = (
    a_club_lives_from_its_opening_to_its_dissolution,
    a_proposal_can_be_withdrawn,
    a_proposal_can_be_rejected,
    a_club_can_be_dissolved_before_its_launch,
    a_suspended_club_can_resume,
    a_weak_club_can_be_consolidated,
    every_event_keeps_the_receipt,
    the_log_verifies_and_the_tables_follow_from_it,
    a_missing_aspect_refuses_the_decision,
    an_aspect_not_met_refuses_the_decision,
    an_own_step_is_waited_for,
    a_required_own_field_is_asked_for,
    a_grant_is_given_as_the_policy_says,
    each_grant_by_name_is_taken_in_its_order,
    own_funds_and_sources_are_recorded,
    another_role_is_refused,
    a_step_out_of_turn_is_refused,
    a_step_before_the_last_one_is_refused,
    every_paper_is_made_and_opens_again,
    a_club_of_the_version_before_lives_on,
)
