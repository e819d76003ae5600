"""A club's step at a terminal: which club, which step, who; then its questions.

Whatever was answered is kept as a draft after each question, and offered again after a refusal, a
mistake, Ctrl-C or a power cut; it is deleted as soon as the step is recorded.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import click

from engine import codes
from engine.cli import advice, ask, kept, tables
from engine.cli.context import Context
from engine.cli.prompt import choose, numbered, say, until_read, yes
from engine.errors import InputError, NotPermittedError, RefusedError
from engine.i18n import _
from engine.interview.correcting import CHANGES, FIELDS
from engine.interview.doubts import doubts
from engine.interview.offers import next_step, offers, usual
from engine.interview.situation import Situation, StepOffer
from engine.interview.step import StepInterview
from engine.labels import holder_name, role_names, state_name
from engine.lifecycle.lifecycle import Outcome
from engine.lifecycle.situation import instead, opening, situation
from engine.model import Club, Finding, Level, Officer
from engine.reports.agenda import clubs_in_sight
from engine.reports.clubs import ListedClub
from engine.rules import forms
from engine.rules.own import OWN
from engine.rules.request import reach
from engine.states import OPENING
from engine.states import step as find_step

Attempt = Callable[[Mapping[str, Any], Mapping[str, str], bool], Outcome]
"""Takes a step with a form and reasons, or (last) only tries it."""
OWN_COMMAND = ("export",)
"""Steps that a command takes with what it writes: nobody fills in a form for them."""
KEPT_DAYS = 30
"""Days after which a draft that nobody took up again is deleted."""


# -- who, which club, which step -----------------------------------------------------------------


def acting(context: Context) -> str:
    """Return who acts; at a terminal, who is not known is asked, and remembered if wanted."""
    if context.settings.officer is not None or not context.interactive:
        return context.officer
    everybody = context.registry.officers.everybody()
    if not everybody:
        return context.officer
    from engine.bundles.partners import is_of_here
    from engine.cli.officer import who_it_is

    store = context.registry.store
    everybody = sorted(everybody, key=lambda one: not is_of_here(store, one))
    chosen = who_it_is(context, everybody).id
    context.act_as(chosen)
    if yes(_("Remember this on this computer?")):
        context.remembered.keep_officer(chosen)
    return chosen


def pick_club(context: Context) -> Club:
    """Ask which club is meant: the one worked on last, or by its number or a few letters."""
    from engine.cli.meant_club import club_id
    from engine.reports.commune_names import place_text

    lifecycle = context.registry.lifecycle
    listed = own_clubs(context)
    if not listed:
        raise InputError(
            _("There is no club yet."),
            code=codes.CLUB_UNKNOWN,
            help=_("Open one first: {command}").format(command="clb club open"),
        )
    last = next((one for one in listed if one.club == context.remembered.club), None)
    say(_("Which club?"))
    shown = listed if len(listed) <= ask.SHOWN else []
    for number, one in enumerate(shown, start=1):
        where = f"{one.village}, {place_text(one.commune_now, one.formerly)}"
        numbered(number, f"{one.name}, {where}: {state_name(one.state)}")
    if last is not None:
        say(_("Enter = {default}").format(default=last.name), "   ")
    label = _("Its number, or some words of its name")

    def read(text: str) -> Club:
        text = text.strip()
        if not text and last is not None:
            return lifecycle.club(last.club)
        if not text:
            raise InputError(_("Type some words of the club's name."))
        if text.isascii() and text.isdigit() and 1 <= int(text) <= len(shown):
            return lifecycle.club(shown[int(text) - 1].club)
        return lifecycle.club(club_id(context, text))

    return until_read(f"   {label}", read)


def own_commune(context: Context) -> str | None:
    """Return the commune of who acts, ``None`` for a district, the province or for nobody."""
    return next((one.commune for one in _offices(context) if one.of_one_commune), None)


def own_clubs(context: Context) -> list[ListedClub]:
    """Return the clubs that who acts works with: all of the province where nobody acts."""
    where, today = context.province_of_officer(), context.registry.lifecycle.today()
    store, provinces = context.registry.store, context.provinces
    return clubs_in_sight(store, provinces, where, _offices(context), today)


def _offices(context: Context) -> Sequence[Officer]:
    officer = context.settings.officer
    return () if officer is None else context.registry.lifecycle.officers(officer)


def place_of(club: Club) -> str:
    """Return a club as a person knows it: name, village, commune."""
    return ", ".join(filter(None, (club.name, club.village, club.commune)))


@dataclass(frozen=True)
class Menu:
    """The steps of a club as they are offered: the usual ones, the rest, and the closed ones."""

    usual: tuple[StepOffer, ...]
    rest: tuple[StepOffer, ...]
    closed: tuple[StepOffer, ...]
    next: StepOffer | None = None
    city: bool = False
    """Whether the club is in a city."""

    def line(self, offer: StepOffer) -> str:
        """Return how a step is listed; that of others with who, by name where it is one person."""
        if offer.allowed:
            return offer.label
        who = role_names(offer.roles, city=self.city)
        if len(offer.officers) == 1:
            (only,) = offer.officers
            who = f"{only.name}, {holder_name(only.role, city=self.city)}"
        return f"{offer.label} ({who})"

    @property
    def default(self) -> int | None:
        """Return the number of the step that comes next, ``None`` for none."""
        return self.usual.index(self.next) + 1 if self.next in self.usual else None


def chosen(context: Context, offer: StepOffer) -> str:
    """Return the step of an offer.

    Where its line names one other officer, choosing it is acting as that one.
    """
    if not offer.allowed and len(offer.officers) == 1:
        context.act_as(offer.officers[0].id)
    return offer.step


def menu(context: Context, club: Club) -> Menu:
    """Return the steps of a club that a form is filled in for, as they are offered."""
    known = situation(context.registry.lifecycle, club.id, None, acting(context))
    offered = [one for one in offers(known) if one.command is None and one.step not in OWN_COMMAND]
    open_ = [one for one in offered if one.allowed or _is_others(one)]
    first = tuple(one for one in usual(known) if one in open_)
    rest = tuple(one for one in open_ if one not in first)
    closed = tuple(one for one in offered if one not in open_)
    return Menu(first, rest, closed, next_step(known), city=known.rules.city)


def pick_step(context: Context, club: Club) -> str:
    """Offer the steps that are open, say of the others why not, and return the one chosen."""
    offered = menu(context, club)
    say("")
    say(_("{club}: {state}").format(club=place_of(club), state=state_name(club.state)))
    label = _("The number of the step, 0 to stop")
    listed, rest = offered.usual, offered.rest
    others, named = _("other steps, and why some cannot be taken"), offered.line
    number = choose((*map(named, listed), others), label, offered.default, map(named, rest))
    if number == len(listed) + 1:
        say_why_not(offered.closed)
        listed, rest = rest, ()
        number = choose(map(named, listed), label) if listed else 0
    if number == 0:
        raise click.Abort
    if number <= len(listed):
        return chosen(context, listed[number - 1])
    return chosen(context, rest[number - len(listed) - 2])


def _is_others(offer: StepOffer) -> bool:
    """Return whether a step is open to the club, and only somebody else may take it."""
    return all(one.permission for one in offer.obstacles)


def say_why_not(closed: Iterable[StepOffer]) -> None:
    """Say which steps are closed, together where one cause closes several."""
    because: dict[str, list[str]] = {}
    for one in closed:
        needs = next((found.expected for found in one.obstacles if found.expected), None)
        because.setdefault(needs or "", []).append(one.label)
    for needs, labels in because.items():
        line = "; ".join(labels)
        say(_("Not now: {steps} (asked for: {needs})").format(steps=line, needs=needs or "-"))


# -- one step ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Session:
    """One step at the terminal: the interview's place, what was typed before, how it is taken."""

    context: Context
    step: str
    about: str
    """What a draft is about: the club's id, or the province for an opening."""
    where: tuple[str, ...]


def wants_questions(asks: StepInterview) -> bool:
    """Return whether something that the step needs is not answered."""
    return any(
        one.required and one.asked and one.path not in asks.answers for one in asks.questions()
    )


def answers_from(step: str, form: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was given with options or a file as answers, by path."""
    found = {
        one.path: value
        for one in forms.fields(step)
        if (value := reach(form, one.path)) is not None and one.path != "changes"
    }
    own = form.get(OWN)
    if isinstance(own, Mapping):
        found |= {f"{OWN}.{name}": value for name, value in own.items()}
    changes = form.get("changes")
    if isinstance(changes, Mapping):
        flat = dict(_flat(changes))
        found |= {f"{CHANGES}{path}": value for path, value in flat.items()}
        found[FIELDS] = list(flat)
    return found


def _flat(data: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, Any]]:
    for name, value in data.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def take_step(
    context: Context,
    club: Club,
    step: str,
    given: Mapping[str, Any],
    reasons: dict[str, str],
    *,
    dry_run: bool = False,
) -> Outcome | None:
    """Ask for what the step still needs, show it all once more, and record it.

    ``None`` is for a step that needs nothing more: it is taken as it was given. Raises what
    ``Lifecycle.advance`` raises, and ``click.Abort`` where somebody stops.
    """
    lifecycle = context.registry.lifecycle
    known = situation(lifecycle, club.id, step, acting(context))

    def again(officer: str) -> Situation:
        return situation(lifecycle, club.id, step, officer)

    def attempt(form: Mapping[str, Any], why: Mapping[str, str], trying: bool) -> Outcome:
        return lifecycle.advance(
            club.id,
            step,
            form,
            officer=context.officer,
            acknowledged=why,
            dry_run=trying or dry_run,
            expected=club,
        )

    asks = StepInterview(step=step, situation=known, answers=answers_from(step, given))
    if find_step(step).command is not None or not (asks.obstacles() or wants_questions(asks)):
        return None
    where = (place_of(club),)
    outcome = _carry_out(Session(context, step, club.id, where), asks, again, attempt, reasons)
    context.remembered.keep_club(club.id)
    return outcome


def open_club(
    context: Context, province: str, given: Mapping[str, Any], reasons: dict[str, str]
) -> tuple[Outcome, Mapping[str, Any]]:
    """Ask for what a new club's file needs, and open it; return the outcome and the form.

    Raises what ``Lifecycle.open`` raises, and ``click.Abort`` where somebody stops.
    """
    lifecycle, step = context.registry.lifecycle, OPENING.name
    known = opening(lifecycle, province, acting(context))
    filled: dict[str, Any] = {}

    def again(officer: str) -> Situation:
        return opening(lifecycle, province, officer)

    def attempt(form: Mapping[str, Any], why: Mapping[str, str], trying: bool) -> Outcome:
        filled.update(form)
        return lifecycle.open(
            province, form, officer=context.officer, acknowledged=why, dry_run=trying
        )

    asks = StepInterview(step=step, situation=known, answers=answers_from(step, given))
    outcome = _carry_out(Session(context, step, province, ()), asks, again, attempt, reasons)
    context.remembered.keep_club(outcome.club)
    return outcome, filled


def _carry_out(
    session: Session,
    asks: StepInterview,
    again: Callable[[str], Situation],
    attempt: Attempt,
    reasons: dict[str, str],
) -> Outcome:
    """Lead from the first obstacle to the recorded step."""
    context = session.context
    asks = _past_obstacles(context, asks, again)
    ask.intro(asks.title, session.where[0] if session.where else None)
    officer = asks.situation.officer
    if officer is not None:
        say(by := _by(context, officer))
        session = replace(session, where=(*session.where, by))
    for line in asks.preface():
        say(line)
    _warn_ahead(asks, reasons)
    about = (session.about, session.step, context.officer)
    where = list(session.where)
    _drop_old(context)

    def handed(error: NotPermittedError, now: StepInterview) -> bool:
        taken = _handed_over(session, error, now)
        if taken is not None:
            where[-1] = taken
        return taken is not None

    asks = kept.settled(
        context,
        asks,
        about,
        where=where,
        judged=lambda now: _judged(now, attempt, reasons, handed),
    )
    outcome = attempt(asks.form(), reasons, False)
    context.remembered.drop_draft(*about)
    # The notes were shown before it was agreed to.
    others = tuple(one for one in outcome.findings if one.level is not Level.NOTE)
    return replace(outcome, findings=others)


def _warn_ahead(asks: StepInterview, reasons: Mapping[str, str]) -> None:
    """Say before the first question which warnings will ask for a reason."""
    offer = asks.situation.offer(asks.step)
    ahead = doubts(offer.findings, reasons) if offer is not None else ()
    for one in ahead:
        say(f"! {one.finding.message}")
        if one.finding.expected is not None:
            say(_("asked for: {expected}").format(expected=one.finding.expected), "   ")
    if ahead:
        say(_("The reason to go on is asked for at the end."), "   ")


def _past_obstacles(
    context: Context, asks: StepInterview, again: Callable[[str], Situation]
) -> StepInterview:
    """Report what prevents the step before any question; ask who sits here, if another may do it.

    Raises ``NotPermittedError`` or ``RefusedError`` with the findings.
    """
    found = asks.obstacles()
    if not found:
        return asks
    offer = asks.situation.offer(asks.step)
    others = offer.officers if offer is not None else ()
    if not all(one.permission for one in found) or not others:
        first = found[0]
        kind = NotPermittedError if any(one.permission for one in found) else RefusedError
        help_ = first.fix or ""
        if advice.from_a_menu() and all(one.permission for one in found):
            help_ = _("Nobody who may is entered: “add an officer” in the first list adds one.")
        raise kind(first.message, help=help_, findings=found)
    say("")
    for one in found:
        say(f"✗ {one.message}")
    chosen = _who_is_here(context, others)
    if chosen is None:
        first = found[0]
        raise NotPermittedError(first.message, help=first.fix or "", findings=found)
    context.act_as(chosen.id)
    asks = replace(asks, situation=again(chosen.id))
    return _past_obstacles(context, asks, again)


def _by(context: Context, officer: Officer) -> str:
    """Return the line that says who records."""
    return _("Recorded by: {name} ({role})").format(
        name=officer.name, role=holder_name(officer.role, city=context.is_city(officer.province))
    )


def _handed_over(session: Session, error: NotPermittedError, now: StepInterview) -> str | None:
    """Ask who sits here where another officer may record exactly this; return who records it.

    ``None`` where nobody else may. What was answered stays.
    """
    context, club = session.context, now.situation.club
    others: tuple[Officer, ...] = ()
    if club.id:
        lifecycle = context.registry.lifecycle
        others = instead(lifecycle, club.id, session.step, now.form(), context.officer)
    if not others:
        return None
    say("")
    for one in error.findings:
        if one.permission:
            say(f"✗ {one.message}")
    chosen = _who_is_here(context, others)
    if chosen is None:
        return None
    context.act_as(chosen.id)
    return _by(context, chosen)


def _who_is_here(context: Context, others: Sequence[Officer]) -> Officer | None:
    """Ask which of some officers is at the computer now."""
    say(_("Who is at the computer now? The log names whoever it is as the one who did it."))
    names = [
        f"{one.name} ({holder_name(one.role, city=context.is_city(one.province))})"
        for one in others
    ]
    number = choose(names, _("The number, 0 to stop"))
    return others[number - 1] if number else None


def _show(found: Iterable[Finding]) -> None:
    """Say what was found, if anything was, after a blank line."""
    lines = list(tables.findings(found))
    for line in ("", *lines) if lines else ():
        say(line.strip(), " " * (len(line) - len(line.lstrip())))


def _drop_old(context: Context) -> None:
    oldest = context.registry.lifecycle.clock() - timedelta(days=KEPT_DAYS)
    context.remembered.drop_old_drafts(oldest.timestamp())


def _judged(
    asks: StepInterview,
    attempt: Attempt,
    reasons: dict[str, str],
    handed: Callable[[NotPermittedError, StepInterview], bool],
) -> ask.Reasons | None:
    """Try the step and ask for the reason of each warning; return the warnings with why.

    ``None`` is for what cannot be recorded so. ``handed`` returns whether somebody else, who may,
    goes on. Raises ``NotPermittedError`` for what no answer and no officer here changes.
    """
    while True:
        try:
            found = attempt(asks.form(), reasons, True).findings
            _show(one for one in found if one.level is Level.NOTE)
            return [(one.message, reasons[one.code]) for one in found if one.code in reasons]
        except NotPermittedError as error:
            if not handed(error, asks):
                raise
        except RefusedError as error:
            if error.code != codes.NOT_ACKNOWLEDGED:
                _show(error.findings)
                return None
            more = ask.reasons_for(error.findings, reasons)
            if more is None:
                return None
            reasons |= more
        except InputError as error:
            say("")
            say(f"✗ {error.message}")
            if help_ := advice.followed(error.help):
                say(help_, "   ")
            return None
