"""What ``clb demo`` shows of a province in figures: money, targets, what is due, its answers."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from engine.cli.demo_text import BLANK, Heading, Line
from engine.cli.due import task
from engine.i18n import _
from engine.labels import task_name
from engine.reports.due import Due
from engine.reports.progress import GoalRow
from engine.scenario.questions import Answer, questions
from engine.scenario.reading import ProvinceFacts
from engine.vietnamese.text import dmy, dong, number

SHARED = ("share", "coverage")
COMING = 6
"""How many of the next days are told; all of them are in the JSON answer."""


def money(facts: ProvinceFacts) -> Iterator[Line]:
    """Tell what the clubs received, by year, by source and by donor."""
    yield BLANK
    received = facts.received
    if not received.total:
        yield Line(_("Money: none was recorded."))
        return
    yield Line(
        _("Money received by {day}: {total}, in {grants} payments.").format(
            day=dmy(facts.asked_on), total=dong(received.total), grants=received.grants
        )
    )
    years = (f"{year}: {dong(amount)}" for year, amount in received.by_year.items())
    yield Line("; ".join(years), 2, 2)
    for source, amount in received.by_source.items():
        yield Line(f"{facts.sources.get(source, source)}: {dong(amount)}", 2, 2)
    for donor, amount in received.by_donor.items():
        text = _("of this from {donor}: {amount}").format(donor=donor, amount=dong(amount))
        yield Line(text, 2, 2)


def targets(facts: ProvinceFacts) -> Iterator[Line]:
    """Tell how far the province is with each target whose period has begun."""
    begun = [row for row in facts.progress if row.goal.target.start <= facts.asked_on]
    silent = [row for row in begun if row.goal.target.low is None]
    outside = [row for row in begun if row not in silent and row.progress.actual is None]
    yield BLANK
    heading = _("Targets on {day}:").format(day=dmy(facts.asked_on))
    yield Line(f"{heading} {facts.document}" if facts.document else heading)
    for row in begun:
        if row in silent or row in outside:
            continue
        yield Line(f"- {row.goal.label} ({row.goal.period_shown})", 2, 2)
        if row.goal.reading:
            yield Line(row.goal.reading, 4)
        yield Line(_standing(row, facts.document), 4)
    for rows, text in (
        (outside, _("cannot be told from the clubs' records")),
        (silent, _("not stipulated")),
    ):
        for row in rows:
            yield Line(f"- {row.goal.label}: {text}", 2, 2)


def _standing(row: GoalRow, document: str | None) -> str:
    """Return how a target stands, in words, with its article."""
    data = row.data()
    if data["kind"] in SHARED:
        figures = _shared(data)
    else:
        text = _("{actual} spent, at most {target}") if _is_cap(data) else _("{actual} of {target}")
        figures = text.format(
            actual=_amount(data["unit"], data["actual"]),
            target=_amount(data["unit"], data["target"]),
        )
    article = str(data["source"])
    if document is not None:
        article = article.removeprefix(f"{document}, ")
    return f"{figures}: {_status(data)} ({article})"


def _is_cap(data: dict[str, Any]) -> bool:
    return bool(data["kind"] == "budget")


def _status(data: dict[str, Any]) -> str:
    """Return what people call the status of a target; a budget is kept, not reached."""
    return {
        "met": _("kept within") if _is_cap(data) else _("reached"),
        "not_met": _("exceeded") if _is_cap(data) else _("not reached"),
        "open": _("still open"),
        "not_stipulated": _("not stipulated"),
    }[str(data["status"])]


def _shared(data: dict[str, Any]) -> str:
    target = data["target"]
    wanted = f"{target['min']} - {target['max']}%" if isinstance(target, dict) else f"{target}%"
    if not data["denominator"]:
        return _("{actual} so far, {wanted} wanted").format(actual=data["actual"], wanted=wanted)
    return _("{actual} of {whole} = {share}, {wanted} wanted").format(
        actual=number(data["actual"]),
        whole=number(data["denominator"]),
        share=f"{data['percent']}%".replace(".", ","),
        wanted=wanted,
    )


def _amount(unit: str, count: int) -> str:
    return dong(count) if unit == "dong" else number(count)


def due(facts: ProvinceFacts) -> Iterator[Line]:
    """Tell what falls due next, and how much the story left undone."""
    on = facts.asked_on
    coming = _gathered(one for one in facts.due if one.due_on is not None and one.due_on >= on)
    late = [one for one in facts.due if one.due_on is not None and one.due_on < on]
    dayless = [one for one in facts.due if one.due_on is None]
    yield BLANK
    yield Line(_("What falls due next, asked on {day}:").format(day=dmy(on)))
    for together in coming[:COMING]:
        one = together[0]
        assert one.due_on is not None
        yield Line(f"{dmy(one.due_on)}  {_task(together)} ({one.source})", 2, 12)
    more = sum(len(together) for together in coming[COMING:])
    if more:
        yield Line(_("... and {more} more.").format(more=more), 14)
    for rows, text in (
        (dayless, _("Owed, without a day stipulated: {tasks}.")),
        (late, _("Late, because the story does not go on to them: {tasks}.")),
    ):
        if rows:
            yield Line(text.format(tasks=_counted(rows)), 2, 2)


def _gathered(rows: Iterable[Due]) -> list[list[Due]]:
    """Put together what several clubs owe on one day under one article."""
    found: dict[tuple[object, ...], list[Due]] = {}
    for one in rows:
        found.setdefault((one.due_on, one.kind, one.title, one.source), []).append(one)
    return list(found.values())


def _task(together: list[Due]) -> str:
    one = together[0]
    if one.title:
        return task(one)
    if len(together) > 1:
        return _("{task} - {count} clubs").format(task=task_name(one.kind), count=len(together))
    where = f" - {one.club_name}, {one.commune}" if one.club_name else ""
    return f"{task_name(one.kind)}{where}"


def _counted(rows: Iterable[Due]) -> str:
    kinds = Counter(task_name(one.kind) for one in rows)
    return ", ".join(f"{name} ({count})" for name, count in kinds.items())


def answers(told: Iterable[ProvinceFacts]) -> Iterator[Line | Heading]:
    """Put the same questions to every province."""
    provinces = list(told)
    yield BLANK
    yield Heading(_("The same questions, each province its own answer"))
    for place, question in enumerate(questions()):
        if place:
            yield BLANK
        yield Line(question.text)
        for facts in provinces:
            own = [one for one in facts.answers if one.question == question.id]
            if len(own) == 1:
                yield Line(f"{facts.name}: {_answer(own[0])}", 2, 2)
                continue
            yield Line(f"{facts.name}:", 2)
            for one in own:
                yield Line(f"- {_answer(one)}", 4, 2)


def _answer(one: Answer) -> str:
    text = one.text
    if one.source:
        text += f" ({one.source})"
    if one.general:
        text += f"; {one.general}"
    return text
