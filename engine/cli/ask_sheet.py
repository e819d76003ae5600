"""Questions about what is no step of a club: members, officers, papers, reports."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import click

from engine.cli import ask
from engine.cli.context import Context
from engine.cli.prompt import until_read, yes
from engine.errors import InputError
from engine.i18n import _
from engine.interview import sheet
from engine.interview.question import Answer, Choice, Question
from engine.interview.reading import find_person
from engine.interview.sheet import Sheet
from engine.interview.step import people_choices
from engine.lifecycle.situation import people_of
from engine.model import Club
from engine.roster.cells import READERS


def filled(asks: Sheet, given: Mapping[str, Any], *, sure: bool = True) -> dict[str, Any]:
    """Ask for what was not given, and return the form.

    ``sure`` asks at the end whether it is right. Raises ``click.Abort`` where somebody stops.
    """
    answers = {path: value for path, value in given.items() if value is not None}
    asks = replace(asks, answers=answers)
    ask.intro(asks.title)
    while True:
        asks = ask.interview(asks)
        if not sure:
            return asks.form()
        said = ask.summary(asks, ())
        if said == ask.STOP:
            raise click.Abort
        if isinstance(said, Question):
            asks = asks.taken_back(said.path)
            continue
        return asks.form()


def about_member(
    context: Context, club: Club, given: Mapping[str, Any], now: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Ask about a new member of a club, or about one who is on the list as ``now`` has it."""
    today = context.registry.lifecycle.today()

    def check(question: Question, answer: Answer) -> Answer:
        READERS[question.path](str(answer.value), today)
        return answer

    return filled(sheet.member(today, club.village, check, now), given)


def new_officer(context: Context, given: Mapping[str, Any]) -> dict[str, Any]:
    """Ask about a new officer."""
    from engine.lifecycle.new_officer import questions

    return filled(questions(context.registry, context.settings.officer), given)


def which_paper(context: Context, club: Club) -> str:
    """Ask which paper of a club; that of its last step is offered."""
    from engine.documents.papers import papers
    from engine.lifecycle.situation import situation

    known = situation(context.registry.lifecycle, club.id, "correct", context.settings.officer)
    steps = [one.step for one in known.records]
    ready = {
        one.id: max(len(steps) - 1 - steps[::-1].index(step) for step in done)
        for one in papers()
        if (done := [step for step in one.steps if step in steps])
    }
    # Of one step's papers the last is the one it is about: the decision, not its annexes.
    likely = max(reversed(ready), key=ready.__getitem__, default=None)
    choices = tuple(
        Choice(one.id, one.title, _("recorded") if one.id in ready else None) for one in papers()
    )
    form = filled(sheet.paper(known.today, choices, likely), {}, sure=False)
    return str(form["kind"])


def which_report(context: Context, province: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Ask which report of a province, of which period, for which program."""
    from engine.documents.make_report import questions

    today = context.registry.lifecycle.today()
    return filled(questions(context.provinces, province, today), given, sure=False)


def which_member(context: Context, club: Club) -> str:
    """Ask which member of a club is meant; return the id."""
    choices = people_choices(people_of(context.registry.store, club.id))

    def read(text: str) -> str:
        found = find_person(choices, text.strip())
        if found not in {one.value for one in choices}:
            raise InputError(
                _("No member of this club is called {name}.").format(name=text.strip()),
                help=_("Type the whole name."),
            )
        return found

    return until_read(_("Whose name is it, on the member list"), read)


def require_yes(question: str) -> None:
    """Ask before what cannot easily be taken back. Raises ``click.Abort`` for no."""
    if not yes(question):
        raise click.Abort
