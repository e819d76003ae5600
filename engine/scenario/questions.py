"""The same questions asked of every province, each answering for itself, with its article."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from engine.frozen import thaw
from engine.i18n import _
from engine.policy.effective import Rules
from engine.policy.model import Entry
from engine.scenario.forms import GRANT
from engine.vietnamese.text import dong

NEW_CLUBS = "clubs_decided"
ELDERLY_AGE = "membership.elderly_age"
REPORTS = ("report.half_year", "report.year")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a province's documents state about one thing.

    ``status`` is ``value`` or ``not_stipulated``; what is not stipulated has no value and is never
    borrowed from a neighbour. ``source`` is the article, also where it names the thing without
    stating a day. ``general`` is what the engine goes by there, and from where.
    """

    question: str
    province: str
    key: str
    text: str
    value: Any
    status: str
    source: str | None
    start: date | None = None
    end: date | None = None
    general: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the way to answer it from a province's policy."""

    id: str
    text: str
    answers: Callable[[Rules, date], Iterator[Answer]]


def questions() -> tuple[Question, ...]:
    """Return what is asked of every province, in the language in use."""
    return (
        Question("new_clubs", _("How many new clubs are there to be?"), _new_clubs),
        Question("grant", _("How much money does a new club get?"), _grant),
        Question("elderly_age", _("From what age is a member elderly?"), _elderly_age),
        Question("report_due", _("When is the report due?"), _report_due),
    )


def _absent(question: str, rules: Rules, key: str, text: str | None = None) -> Answer:
    """Return the answer that no document gives."""
    text = text or _("not stipulated")
    return Answer(question, rules.policy.province_id, key, text, None, "not_stipulated", None)


def _stated(question: str, rules: Rules, entry: Entry, text: str) -> Answer:
    return Answer(
        question,
        rules.policy.province_id,
        entry.key,
        text,
        thaw(entry.value),
        "value",
        entry.source,
        entry.start,
        entry.end,
    )


def _new_clubs(rules: Rules, on: date) -> Iterator[Answer]:
    """Answer with every target that counts new clubs, whatever its kind and its years.

    Of a sentence that can be read in two ways both readings are given, the second too where it
    counts other clubs.
    """
    del on
    entries = [entry for _id, dated in rules.policy.group("target") for entry in dated]
    own = [entry for entry in entries if entry.value["measure"] == NEW_CLUBS]
    unclear = {entry.source for entry in own if "reading" in entry.value}
    found = [
        entry
        for entry in entries
        if entry in own or (entry.source in unclear and "reading" in entry.value)
    ]
    for entry in found:
        text = f"{entry.value['label']}: {entry.value['target']}"
        if "reading" in entry.value:
            text += f" ({entry.value['reading'].rstrip('.')})"
        yield _stated("new_clubs", rules, entry, text)
    if not found:
        yield _absent("new_clubs", rules, "target.new_clubs")


def _grant(rules: Rules, on: date) -> Iterator[Answer]:
    del on
    entries = rules.policy.entries_of(GRANT)
    for entry in entries:
        yield _stated("grant", rules, entry, dong(entry.value))
    if not entries:
        yield _absent("grant", rules, GRANT)


def _elderly_age(rules: Rules, on: date) -> Iterator[Answer]:
    """Answer with the stated ages, else with the general procedure's."""
    entries = rules.policy.entries_of(ELDERLY_AGE)
    for entry in entries:
        text = _("from {age}").format(age=entry.value)
        yield _stated("elderly_age", rules, entry, text)
    if entries:
        return
    absent, rule = _absent("elderly_age", rules, ELDERLY_AGE), rules.rule(ELDERLY_AGE, on)
    if rule is not None:
        general = _("the engine counts from {age}: {source}").format(
            age=rule.value, source=rule.citation
        )
        absent = replace(absent, general=general)
    yield absent


def _report_due(rules: Rules, on: date) -> Iterator[Answer]:
    """Answer with each report and its last day, if it is stipulated."""
    del on
    entries = [entry for key in REPORTS for entry in rules.policy.entries_of(key)]
    for entry in entries:
        title, due = entry.value["title"], entry.value.get("due")
        if due is None:
            text = _("{title}: the day is not stipulated").format(title=title)
            absent = _absent("report_due", rules, entry.key, text)
            yield replace(absent, source=entry.source)
            continue
        month, day = due["before"].split("-")
        text = _("{title}: before {day}/{month}").format(
            title=title, day=int(day), month=int(month)
        )
        yield _stated("report_due", rules, entry, text)
    if not entries:
        yield _absent("report_due", rules, REPORTS[-1])
