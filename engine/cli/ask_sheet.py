"""Questions about what is no step of a club: members, officers, papers, reports."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.cli import ask
from engine.cli.ask_step import own_commune
from engine.cli.context import Context
from engine.cli.prompt import until_read
from engine.errors import InputError
from engine.i18n import _
from engine.interview import sheet
from engine.interview.question import Answer, Choice, Question
from engine.interview.reading import find_person
from engine.interview.sheet import Sheet
from engine.interview.step import people_choices
from engine.labels import period_name
from engine.lifecycle.situation import people_of
from engine.model import Club
from engine.roster.cells import READERS


def filled(asks: Sheet, given: Mapping[str, Any], *, sure: bool = True) -> dict[str, Any]:
    """Ask for what was not given, and return the form.

    ``sure`` asks at the end whether it is right. Raises ``click.Abort`` where somebody stops.
    """
    answers = {path: value for path, value in given.items() if value is not None}
    asks = replace(asks, answers=answers)
    ask.intro(asks.title, kept=False)
    return (ask.settled(asks) if sure else ask.interview(asks, sure=False)).form()


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
        for one in papers(known.rules)
        if (done := [step for step in one.steps if step in steps])
    }
    # Of one step's papers the last is the one it is about: the decision, not its annexes.
    likely = max(reversed(ready), key=ready.__getitem__, default=None)
    # Those of the latest record come first, as the desk has them.
    ordered = sorted(papers(known.rules), key=lambda one: -ready.get(one.id, -1))
    choices = tuple(
        Choice(one.id, one.title, None if one.id in ready else _("blanks")) for one in ordered
    )
    form = filled(sheet.paper(known.today, choices, likely), {}, sure=False)
    return str(form["kind"])


@dataclass(frozen=True)
class AskedReport:
    """The report that was asked for, and the words of a file that it is written to."""

    report: str
    period: str | None
    format: str
    commune: str | None
    words: tuple[str, ...]


def which_report(
    context: Context, province: str, commune: str | None, given: Mapping[str, Any]
) -> AskedReport:
    """Ask which report of a province, or of the commune of who asks, of which period.

    A period that the report is not asked for is refused at its question.
    """
    from engine.documents.make_report import asked_for, questions
    from engine.reports.province_reports import period_of

    today = context.registry.lifecycle.today()
    of = commune or own_commune(context)
    rules = asked_for(context.provinces, province, today, of)

    def check(question: Question, answer: Answer, so_far: Mapping[str, Any]) -> Answer:
        if question.path == "period":
            try:
                period_of(rules.find(so_far["report"]), answer.value, today, province)
            except InputError as error:
                error.help = _("Enter takes the last one that is over.")
                raise
        return answer

    asks = replace(questions(context.provinces, province, today, of), check_so_far=check)
    form = filled(asks, given, sure=False)
    report, period = str(form["report"]), form.get("period")
    words = (rules.find(report).title, period_name(period) if period else "")
    return AskedReport(report, period, str(form["format"]), of, words)


def which_member(context: Context, club: Club) -> str:
    """Ask which member of a club is meant; return the id."""
    choices = people_choices(people_of(context.registry.store, club))

    def read(text: str) -> str:
        found = find_person(choices, text.strip())
        if found not in {one.value for one in choices}:
            raise InputError(
                _("No member of this club is called {name}.").format(name=text.strip()),
                help=_("Type the whole name."),
            )
        return found

    return until_read(_("Whose name is it, on the member list"), read)
