"""The plain face: the questions of an interview in lines, for any terminal and screen reader.

It has no question of its own. Enter takes the default, ``<`` goes back one question, ``?``
explains; whoever stops finds the answers again.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import click

from engine.cli import tables
from engine.cli.prompt import BACK, numbered, refuse, say, typed, until_read, yes
from engine.errors import InputError
from engine.i18n import _
from engine.interview.doubts import Doubt, doubts
from engine.interview.interview import Interview
from engine.interview.question import CHOSEN, Answer, Choice, Kind, Question
from engine.interview.reading import hint, show
from engine.model import Finding
from engine.vietnamese.reading import read_yes_no

Asking = TypeVar("Asking", bound=Interview)
EXPLAIN = "?"
SHOWN = 12
"""People or places that "?" lists; of more it says how many there are."""
RIGHT, STOP = "right", "stop"


def interview(asks: Asking, keep: Callable[[Asking], None] | None = None) -> Asking:
    """Ask every question that waits, and return the interview with the answers.

    ``keep`` is called after each answer, to keep it. Raises ``click.Abort`` where somebody stops.
    """
    order = [path for path in asks.answers if asks.question(path) is not None]
    while (question := asks.next()) is not None:
        said = ask(asks, question, len(order) + 1)
        if said is None:
            if order:
                asks = asks.taken_back(order.pop())
            continue
        asks = asks.answered(question.path, said.value)
        order.append(question.path)
        if keep is not None:
            keep(asks)
    return asks


def ask(asks: Interview, question: Question, number: int | None = None) -> Answer | None:
    """Ask one question until its answer counts; ``None`` is for going back."""
    _pose(question, number)
    while True:
        text = typed(_prompt(question), "")
        if text.strip() == BACK:
            return None
        if text.strip() == EXPLAIN:
            _explain(question)
            continue
        try:
            answer = asks.read(question, text)
        except InputError as error:
            refuse(error)
            continue
        if _accepted(text, answer):
            return answer


def _accepted(text: str, answer: Answer) -> bool:
    """Show the answer back where it is not what was typed, and ask about what is doubtful."""
    if text.strip() and answer.shown not in ("", text.strip()):
        say(f"→ {answer.shown}", "   ")
    for remark in answer.remarks:
        say(f"! {remark}", "   ")
    return answer.doubt is None or yes(answer.doubt, back=False)


def _pose(question: Question, number: int | None) -> None:
    """Write a question: its title, what is on record, the choices, where only the province asks."""
    head = question.title if number is None else f"{number}. {question.title}"
    notes = []
    if question.now is not None:
        notes.append(_("now: {value}").format(value=question.now))
    if question.example and question.default is None and question.kind not in CHOSEN:
        notes.append(_("for example {example}").format(example=question.example))
    if not question.required:
        notes.append(_("may stay blank") if question.blank is None else _("blank = as it is"))
    say("")
    say(f"{head} ({'; '.join(notes)})" if notes else head)
    if question.source is not None:
        say(_("ground: {source}").format(source=question.source), "   ")
    if question.kind in CHOSEN:
        _list(question.choices, by_value=question.kind is Kind.RECORD)


def _list(choices: Iterable[Choice], *, by_value: bool) -> None:
    """Write choices with their numbers: short ones on one line, others one a line."""
    listed = [(one.value if by_value else place, one) for place, one in enumerate(choices, start=1)]
    line = "   ".join(f"{number} {one.label}" for number, one in listed)
    noted = by_value or any(one.note for _number, one in listed)
    if not tables.plain() and not noted and tables.width(line) <= tables.columns() - 3:
        click.echo(f"   {line}", err=True)
        return
    for number, one in listed:
        numbered(number, f"{one.label} ({one.note})" if one.note else one.label)


def _prompt(question: Question) -> str:
    """Return what is before the cursor: how Enter is read, and what the answer may be."""
    said = ""
    if question.default is not None:
        said = _("Enter = {default}").format(default=show(question, question.default))
        if question.default_because:
            said += f" ({question.default_because})"
    elif question.kind is Kind.YES_NO:
        said = _("yes or no")
    elif question.kind is Kind.CHOICES:
        said = _("numbers with commas between, or tất cả")
    if not tables.plain():
        return f"   {said}: " if said else "   > "
    if said:
        say(said, "   ")
    return f"   {question.title}: "


def _explain(question: Question) -> None:
    """Say what is meant and how it is typed."""
    say(question.help or question.title, "   ")
    if text := hint(question):
        say(text, "   ")
    if question.kind in (Kind.PERSON, Kind.PEOPLE, Kind.PLACE) and question.choices:
        names = [one.label for one in question.choices[:SHOWN]]
        more = len(question.choices) - len(names)
        say(", ".join(names) + (_(" and {count} more").format(count=more) if more else ""), "   ")


def intro(title: str, where: str | None = None) -> None:
    """Say what is being done, for whom, and which keys there are."""
    say("")
    say(f"{title[:1].upper()}{title[1:]}" + (f": {where}" if where else ""))
    say(_("Enter takes what is offered, < goes back, ? explains, Ctrl+C stops and keeps answers."))


def reason_for(doubt: Doubt) -> str | None:
    """Ask about a warning; return the reason to go on, ``None`` where somebody does not."""
    first, *rest = doubt.lines()
    say("")
    say(f"! {first}")
    for line in rest:
        say(line, "   ")
    if not yes(doubt.go_on.title, back=False):
        return None
    return until_read(f"   {doubt.why.title}", _reason)


def reasons_for(findings: Iterable[Finding], known: Mapping[str, str]) -> dict[str, str]:
    """Ask about each warning that nobody gave a reason for.

    Raises ``click.Abort`` where somebody does not go on.
    """
    reasons = {}
    for doubt in doubts(findings, known):
        reason = reason_for(doubt)
        if reason is None:
            raise click.Abort
        reasons[doubt.finding.code] = reason
    return reasons


def _reason(text: str) -> str:
    if not text.strip():
        raise InputError(_("A reason is some words, for example: “theo đề nghị của thôn”."))
    return text.strip()


def summary(asks: Interview, where: Iterable[str], *, may_go_on: bool = True) -> Question | str:
    """Show what would be recorded and ask whether it is right.

    What may be added is named below it. Returns ``RIGHT`` for yes, ``STOP`` for no, or the question
    that is to be asked again.
    """
    fields = [one for one in asks.questions() if not one.is_about_the_form]
    filled = [one for one in fields if one.path in asks.answers or asks.value(one.path) is not None]
    left = [one for one in fields if one not in filled]
    say("")
    say(_("To be recorded: {title}").format(title=asks.title))
    for line in where:
        say(line, "   ")
    for number, one in enumerate(filled, start=1):
        empty = _("blank") if one.blank is None else f"{one.blank} ({one.now})"
        numbered(number, f"{one.title}: {show(one, asks.value(one.path)) or empty}")
    if left:
        more = (f"{number} {one.title}" for number, one in enumerate(left, start=len(filled) + 1))
        say(_("May be added: {fields}").format(fields="; ".join(more)), "   ")
    filled += left
    label = _("Is it right? (có/không, or the number of a line to change)")
    if not may_go_on:
        label = _("The number of a line to change, or không to stop")

    def read(text: str) -> Question | str:
        if text.strip().isdigit() and 1 <= int(text) <= len(filled):
            return filled[int(text) - 1]
        if text.strip().isdigit() or text.strip() in (BACK, EXPLAIN):
            raise InputError(
                _("Type có or không, or the number of a line from 1 to {last}.").format(
                    last=len(filled)
                )
            )
        if read_yes_no(text):
            if may_go_on:
                return RIGHT
            raise InputError(_("It cannot be recorded so; change a line or stop."))
        return STOP

    return until_read(label, read)
