"""A club's step at a terminal: which club, which step, who; then its questions.

Whatever was answered is kept as a draft after each question, and offered again after a refusal, a
mistake, Ctrl-C or a power cut; it is deleted as soon as the step is recorded.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import click

from engine import codes
from engine.cli import ask, tables
from engine.cli.context import Context
from engine.cli.prompt import choose, numbered, say, until_read, yes
from engine.errors import InputError, NotPermittedError, RefusedError
from engine.i18n import _
from engine.interview import drafts
from engine.interview.correcting import CHANGES, FIELDS
from engine.interview.doubts import doubts
from engine.interview.offers import offers
from engine.interview.question import Question
from engine.interview.situation import Situation, StepOffer
from engine.interview.step import StepInterview
from engine.labels import role_name, role_names, state_name
from engine.lifecycle import Outcome
from engine.lifecycle.situation import opening, situation
from engine.model import Club, Officer
from engine.reports import clubs
from engine.rules import forms
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
    people = list({one.id: one for one in everybody}.values())
    if not people:
        return context.officer
    say(_("Who are you?"))
    number = choose(
        (f"{one.name} ({_offices(everybody, one.id)})" for one in people),
        _("Your number, 0 to stop"),
    )
    if number == 0:
        raise click.Abort
    chosen = people[number - 1].id
    context.act_as(chosen)
    if yes(_("Remember this on this computer?")):
        context.remembered.keep_officer(chosen)
    return chosen


def _offices(everybody: Iterable[Officer], officer: str) -> str:
    return "; ".join(role_name(one.role) for one in everybody if one.id == officer)


def pick_club(context: Context) -> Club:
    """Ask which club is meant: the one worked on last, or by its number or a few letters."""
    from engine.cli.club import club_id
    from engine.reports.commune_names import place_text

    lifecycle = context.registry.lifecycle
    listed = clubs.listing(
        context.registry.store,
        context.province_of_officer(),
        lifecycle.today(),
        commune=own_commune(context),
    )
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
    """Return the commune of who acts, ``None`` for somebody of the province or for nobody."""
    if context.settings.officer is None:
        return None
    own = context.registry.lifecycle.officers(context.settings.officer)
    return next((one.commune for one in own if one.commune), None)


def place_of(club: Club) -> str:
    """Return a club as a person knows it: name, village, commune."""
    return ", ".join(filter(None, (club.name, club.village, club.commune)))


@dataclass(frozen=True)
class Menu:
    """The steps of a club as they are offered: one's own, those of others, and the closed ones."""

    mine: tuple[StepOffer, ...]
    others: tuple[StepOffer, ...]
    closed: tuple[StepOffer, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the steps that can be chosen, one's own first, those of others with who."""
        return (
            *(one.label for one in self.mine),
            *(f"{one.label} ({role_names(one.roles)})" for one in self.others),
        )

    def step(self, number: int) -> str:
        """Return the step of a number, from 1."""
        return (*self.mine, *self.others)[number - 1].step


def menu(context: Context, club: Club) -> Menu:
    """Return the steps of a club that a form is filled in for, as they are offered."""
    known = situation(context.registry.lifecycle, club.id, None, acting(context))
    offered = [one for one in offers(known) if one.command is None and one.step not in OWN_COMMAND]
    mine = tuple(one for one in offered if one.allowed)
    others = tuple(one for one in offered if not one.allowed and _is_others(one))
    closed = tuple(one for one in offered if one not in mine and one not in others)
    return Menu(mine, others, closed)


def pick_step(context: Context, club: Club) -> str:
    """Offer the steps that are open, say of the others why not, and return the one chosen."""
    offered = menu(context, club)
    say("")
    say(_("{club}: {state}").format(club=place_of(club), state=state_name(club.state)))
    number = choose(offered.lines, _("The number of the step, 0 to stop")) if offered.lines else 0
    if number == 0:
        say_why_not(offered.closed)
        raise click.Abort
    return offered.step(number)


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
        line = ", ".join(labels)
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
        say(
            _("Recorded by: {name} ({role})").format(
                name=officer.name, role=role_name(officer.role)
            )
        )
    for line in asks.preface():
        say(line)
    about = (session.about, session.step, context.officer)
    _drop_old(context)
    asks = _taken_up(context, asks, about)

    def keep(now: StepInterview) -> None:
        context.remembered.keep_draft(drafts.to_draft(now), *about)

    try:
        outcome = _until_recorded(session, asks, attempt, reasons, keep)
    except click.Abort:
        say(_("What was answered is kept, and offered again next time."))
        raise
    context.remembered.drop_draft(*about)
    return outcome


def _past_obstacles(
    context: Context, asks: StepInterview, again: Callable[[str], Situation]
) -> StepInterview:
    """Say what stands in the way before any question; ask who sits here, if another may do it.

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
        raise kind(first.message, help=first.fix or "", findings=found)
    say("")
    for one in found:
        say(f"✗ {one.message}")
    say(_("Who is at the computer now? The log names whoever it is as the one who did it."))
    number = choose(
        (f"{one.name} ({role_name(one.role)})" for one in others), _("The number, 0 to stop")
    )
    if number == 0:
        first = found[0]
        raise NotPermittedError(first.message, help=first.fix or "", findings=found)
    context.act_as(others[number - 1].id)
    asks = replace(asks, situation=again(others[number - 1].id))
    return _past_obstacles(context, asks, again)


def _taken_up(context: Context, asks: StepInterview, about: tuple[str, ...]) -> StepInterview:
    """Offer the answers of a draft about the same step."""
    kept = context.remembered.draft(*about)
    answers = drafts.answers_of(kept, asks.subject)
    answers = {path: value for path, value in answers.items() if path not in asks.answers}
    if not answers:
        return asks
    taken = drafts.take_up(asks, answers)
    say("")
    say(_("This was begun before and not recorded. What was answered then:"))
    for title, shown in taken.summary():
        say(f"{title}: {shown}", "   ")
    if yes(_("Go on from there?")):
        return taken
    context.remembered.drop_draft(*about)
    return asks


def _drop_old(context: Context) -> None:
    oldest = context.registry.lifecycle.clock() - timedelta(days=KEPT_DAYS)
    context.remembered.drop_old_drafts(oldest.timestamp())


def _until_recorded(
    session: Session,
    asks: StepInterview,
    attempt: Attempt,
    reasons: dict[str, str],
    keep: Callable[[StepInterview], None],
) -> Outcome:
    while True:
        asks = ask.interview(asks, keep)
        may_go_on = _judged(asks, attempt, reasons)
        said = ask.summary(asks, session.where, may_go_on=may_go_on)
        if said == ask.STOP:
            raise click.Abort
        if isinstance(said, Question):
            asks = _asked_again(asks, said, keep)
            continue
        return attempt(asks.form(), reasons, False)


def _asked_again(
    asks: StepInterview, question: Question, keep: Callable[[StepInterview], None]
) -> StepInterview:
    """Ask one question once more, the answer it had being the default."""
    taken_back = asks.taken_back(question.path)
    posed = taken_back.question(question.path) or question
    answer = ask.ask(taken_back, posed)
    if answer is None:
        return asks
    asks = asks.answered(question.path, answer.value)
    keep(asks)
    return asks


def _judged(asks: StepInterview, attempt: Attempt, reasons: dict[str, str]) -> bool:
    """Try the step; ask for the reason of each warning. Return whether it could be recorded.

    Raises ``NotPermittedError`` for what no answer changes, ``click.Abort`` where a warning stops
    somebody.
    """
    while True:
        try:
            attempt(asks.form(), reasons, True)
        except NotPermittedError:
            raise
        except RefusedError as error:
            if error.code != codes.NOT_ACKNOWLEDGED:
                say("")
                for line in tables.findings(error.findings):
                    say(line.strip(), " " * (len(line) - len(line.lstrip())))
                return False
            for doubt in doubts(error.findings, reasons):
                reason = ask.reason_for(doubt)
                if reason is None:
                    return False
                reasons[doubt.finding.code] = reason
        except InputError as error:
            say("")
            say(f"✗ {error.message}")
            if error.help:
                say(error.help, "   ")
            return False
        else:
            return True
