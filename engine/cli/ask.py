"""The plain face: the questions of an interview in lines, for any terminal and screen reader.

It has no question of its own. Enter takes the default, ``<`` goes back one question, ``?``
explains; whoever stops finds the answers again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import click

from engine.cli import tables
from engine.cli.pick import MOST
from engine.cli.prompt import BACK, choose, numbered, refuse, say, typed, until_read, yes
from engine.errors import InputError
from engine.i18n import _
from engine.interview.doubts import Doubt, doubts, read_reason
from engine.interview.interview import Interview
from engine.interview.question import CHOSEN, Answer, Choice, Kind, Question
from engine.interview.reading import SeveralError, hint, show
from engine.model import Finding
from engine.vietnamese.reading import read_yes_no

Asking = TypeVar("Asking", bound=Interview)
Reasons = Sequence[tuple[str, str]]
"""Warnings that are gone on from, each with why."""
EXPLAIN = "?"
SHOWN = 12
"""People or places that "?" lists; of more it says how many there are."""
MOST_LISTED, LISTED = 16, 12
"""Choices that stay on a screen of 24 lines; of more of them so many are listed at first."""
SHORT = 60
"""Columns of a title that can be before the cursor too."""
RIGHT, STOP = "right", "stop"


def interview(
    asks: Asking, keep: Callable[[Asking], None] | None = None, *, sure: bool = True
) -> Asking:
    """Ask every question that waits, and return the interview with the answers.

    What is known is left to the summary, unless there is none (``sure`` is false). ``keep`` is
    called after each answer, to keep it. Raises ``click.Abort`` where somebody stops.
    """
    order = [path for path in asks.answers if asks.question(path) is not None]
    given = len(order)
    while (question := asks.next_unknown() if sure else asks.next()) is not None:
        answer = ask(asks, question, max(1, len(order) - given + 1))
        if answer is None:
            if not order:
                raise click.Abort
            asks = asks.taken_back(order.pop())
            continue
        asks = asks.answered(question.path, answer.value)
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
            answer = _read(asks, question, text)
        except InputError as error:
            refuse(error)
            continue
        if _accepted(text, answer):
            return answer


def _read(asks: Interview, question: Question, text: str) -> Answer:
    """Return what was typed as an answer; of several that it may mean one is chosen by number.

    Raises ``InputError``.
    """
    if question.kind is Kind.RECORD:
        text = _by_place(question.choices, text)
    try:
        return asks.read(question, text)
    except SeveralError as error:
        if len(error.found) > MOST:
            raise
        names = [f"{one.label} ({one.note})" if one.note else one.label for one in error.found]
        number = choose(names, "   " + _("Which one? Its number, 0 for none"))
        if number == 0:
            raise InputError(_("Type the whole name.")) from error
        return asks.read(question, str(error.found[number - 1].value))


def _by_place(choices: Sequence[Choice], text: str) -> str:
    """Return the value of the record that a number on the list means, else what was typed.

    A record's own number is noted next to it: only the number it is listed under is typed.
    """
    typed_number = text.strip()
    if typed_number.isascii() and typed_number.isdigit():
        if not 1 <= int(typed_number) <= len(choices):
            raise InputError(
                _("“{text}” is not on the list.").format(text=typed_number),
                help=_("Type a number from 1 to {last}, or the words.").format(last=len(choices)),
            )
        return str(choices[int(typed_number) - 1].value)
    return text


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
        many = len(question.choices) > MOST_LISTED
        shown = question.choices[:LISTED] if many else question.choices
        _list(shown)
        if many:
            more = len(question.choices) - LISTED
            say(_("and {count} more: ? lists all of them").format(count=more), "   ")


def _list(choices: Iterable[Choice]) -> None:
    """Write choices numbered from 1: short ones on one line, others one a line."""
    listed = list(enumerate(choices, start=1))
    line = "   ".join(f"{number} {one.label}" for number, one in listed)
    noted = any(one.note for _number, one in listed)
    if not tables.plain() and not noted and tables.width(line) <= tables.columns() - 3:
        click.echo(f"   {line}", err=True)
        return
    for number, one in listed:
        numbered(number, f"{one.label} ({one.note})" if one.note else one.label)


def _prompt(question: Question) -> str:
    """Return what is before the cursor: how Enter is read, and what the answer may be."""
    hint = ""
    if question.default is not None:
        hint = _("Enter = {default}").format(default=show(question, question.default))
        if question.default_because:
            hint += f" ({question.default_because})"
    elif question.kind is Kind.YES_NO:
        hint = _("yes or no")
    elif question.kind is Kind.CHOICES:
        hint = _("numbers with commas between, or tất cả")
    if not tables.plain():
        return f"   {hint}: " if hint else "   > "
    if hint:
        say(hint, "   ")
    # What was just read out whole is not repeated.
    title = question.title if tables.width(question.title) <= SHORT else _("Answer")
    return f"   {title}: "


def _explain(question: Question) -> None:
    """Say what is meant and how it is typed."""
    say(question.help or question.title, "   ")
    if text := hint(question):
        say(text, "   ")
    if question.kind in CHOSEN and len(question.choices) > MOST_LISTED:
        _list(question.choices)
    if question.kind in (Kind.PERSON, Kind.PEOPLE, Kind.PLACE) and question.choices:
        names = [one.label for one in question.choices[:SHOWN]]
        more = len(question.choices) - len(names)
        say(", ".join(names) + (_(" and {count} more").format(count=more) if more else ""), "   ")


def intro(title: str, where: str | None = None, *, kept: bool = True) -> None:
    """Say what is being done, for whom, which keys there are, and whether answers are kept."""
    say("")
    say(f"{title[:1].upper()}{title[1:]}" + (f": {where}" if where else ""))
    keys = _(
        "Enter takes what is offered, < goes back, ? explains, Ctrl+C stops and keeps answers."
    )
    if not kept:
        keys = _("Enter takes what is offered, < goes back, ? explains, Ctrl+C stops.")
    say(keys)


def reason_for(doubt: Doubt, before: str | None = None) -> str | None:
    """Ask about a warning; return the reason to go on, ``None`` where somebody does not.

    ``before`` is the reason given for the warning before it, which Enter gives again.
    """
    first, *rest = doubt.lines()
    say("")
    say(f"! {first}")
    for line in rest:
        say(line, "   ")
    if before is None:
        say(_("To go on all the same, type the reason: it is kept. không = stop"), "   ")
    else:
        say(_("To go on, type the reason; Enter = {reason}. không = stop").format(reason=before))

    def read(text: str) -> str | None:
        if not text.strip() and before is not None:
            return before
        return None if _is_no(text) else read_reason(text)

    return until_read("   " + _("Reason to go on"), read)


def _is_no(text: str) -> bool:
    """Return whether a text is one of the words for no."""
    try:
        return not read_yes_no(text)
    except InputError:
        return False


def reasons_for(findings: Iterable[Finding], known: Mapping[str, str]) -> dict[str, str] | None:
    """Ask about each warning that nobody gave a reason for.

    ``None`` where somebody does not go on.
    """
    reasons: dict[str, str] = {}
    before = None
    for doubt in doubts(findings, known):
        before = reason_for(doubt, before)
        if before is None:
            return None
        reasons[doubt.finding.code] = before
    return reasons


def settled(
    asks: Asking,
    where: Iterable[str] = (),
    *,
    keep: Callable[[Asking], None] | None = None,
    judged: Callable[[Asking], Reasons | None] | None = None,
) -> Asking:
    """Ask, show what would be recorded and ask again for what is not right; return the interview.

    ``where`` is shown above it. ``keep`` is called after each answer; ``judged`` returns the
    reasons that were given for warnings, ``None`` where it cannot be recorded so. Raises
    ``click.Abort`` where somebody stops.
    """
    while True:
        asks = interview(asks, keep)
        reasons = () if judged is None else judged(asks.with_known())
        found = summary(asks, where, reasons)
        if found == STOP:
            raise click.Abort
        if not isinstance(found, Question):
            return asks.with_known()
        asks = _once_more(asks, found, keep)


def _once_more(asks: Asking, question: Question, keep: Callable[[Asking], None] | None) -> Asking:
    """Ask one question once more, the answer it had being the default."""
    taken_back = asks.taken_back(question.path)
    answer = ask(taken_back, taken_back.question(question.path) or question)
    if answer is None:
        return asks
    asks = asks.answered(question.path, answer.value)
    if keep is not None:
        keep(asks)
    return asks


def summary(asks: Interview, where: Iterable[str], reasons: Reasons | None = ()) -> Question | str:
    """Show what would be recorded and ask whether it is right.

    What nobody typed has where it comes from; ``reasons`` are warnings and why somebody goes on,
    ``None`` where it cannot be recorded so. What may be added is named below. Returns ``RIGHT`` for
    yes, ``STOP`` for no, or the question that is to be asked again.
    """
    whole = asks.with_known()
    fields = [one for one in whole.questions() if not one.is_about_the_form]
    filled = [
        one for one in fields if whole.value(one.path) is not None or one.path in whole.answers
    ]
    left = [one for one in fields if one not in filled]
    say("")
    say(_("To be recorded: {title}").format(title=asks.title))
    for line in where:
        say(line, "   ")
    for number, one in enumerate(filled, start=1):
        numbered(number, f"{one.title}: {_filled_in(asks, whole, one)}")
    for warning, reason in reasons or ():
        say(f"! {warning}", "   ")
        say("  " + _("reason to go on: {reason}").format(reason=reason), "   ")
    if left:
        more = (f"{number} {one.title}" for number, one in enumerate(left, start=len(filled) + 1))
        say(_("May be added: {fields}").format(fields="; ".join(more)), "   ")
    return _right(filled + left, may_go_on=reasons is not None, final=asks.is_final)


def _filled_in(asks: Interview, whole: Interview, question: Question) -> str:
    """Return what a field is filled in with and, where nobody typed it, what that follows from."""
    shown = show(question, whole.value(question.path))
    if not shown:
        return _("blank") if question.blank is None else f"{question.blank} ({question.now})"
    if question.path in asks.answers or not question.default_because:
        return shown
    return f"{shown} ({question.default_because})"


def _right(lines: Sequence[Question], *, may_go_on: bool, final: bool) -> Question | str:
    """Ask whether all is right; what is final needs more than Enter."""
    label = _("Is it right? Enter = yes, a number = change that line, không = stop")
    if final:
        label = _("Is it right? (có/không, or the number of a line to change)")
    if not may_go_on:
        label = _("The number of a line to change, or không to stop")

    def read(text: str) -> Question | str:
        text = text.strip()
        if text.isdigit() and 1 <= int(text) <= len(lines):
            return lines[int(text) - 1]
        which = _("Type có or không, or the number of a line from 1 to {last}.").format(
            last=len(lines)
        )
        if text.isdigit() or text in (BACK, EXPLAIN):
            raise InputError(which)
        try:
            agreed = (not text and may_go_on and not final) or read_yes_no(text)
        except InputError as error:
            error.help = which
            raise
        if agreed and not may_go_on:
            raise InputError(_("It cannot be recorded so; change a line or stop."))
        return RIGHT if agreed else STOP

    return until_read(label, read)
