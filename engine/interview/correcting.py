"""Questions about an earlier record: what is corrected in it, and what an annulment undoes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.i18n import _
from engine.interview.question import Choice, Kind, Question
from engine.interview.reading import show
from engine.labels import state_name
from engine.model import Finding
from engine.rules import forms, own
from engine.rules.request import reach
from engine.states import records
from engine.states import step as find_step
from engine.vietnamese.text import dmy, iso_day

if TYPE_CHECKING:
    from engine.interview.situation import Record
    from engine.interview.step import StepInterview

FIELDS = "?fields"
"""Asked in a correction: which fields of the record are wrong."""
CHANGES = "changes."


def correct(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    """Ask which record, which of its fields, and each field anew with its old value."""
    by_path = {one.path: one for one in questions}
    records_ = correctable(asks)
    yield replace(by_path["seq"], choices=tuple(_choice(asks, one) for one in reversed(records_)))
    record = next((one for one in records_ if one.seq == asks.answers.get("seq")), None)
    if record is not None:
        yield from _changes(asks, record)
    yield by_path["reason"]
    yield by_path["document"]
    yield replace(by_path["date"], asked=False)


def correctable(asks: "StepInterview") -> list["Record"]:
    """Return the records that can be corrected, whoever made them.

    The role that made a record corrects it; a face asks who of them sits at the computer.
    """
    return [one for one in asks.situation.records if one.corrected]


def amounts_apart(asks: "StepInterview") -> Iterator[str]:
    """Say before a correction how a wrong amount is put right, where there are any."""
    if asks.situation.ledger:
        yield _("A wrong amount is not corrected here: take it back in the fund's book, reversal.")


def not_own(asks: "StepInterview") -> Iterator[Finding]:
    """Refuse to take back the last step where another role made it."""
    record, officer = last(asks), asks.situation.officer
    if record is not None and officer is not None and not asks.situation.is_own(record):
        yield records.not_own(record.seq, record.role, officer, city=asks.situation.rules.city)


def _changes(asks: "StepInterview", record: "Record") -> Iterator[Question]:
    open_ = fields(asks, record)
    yield Question(
        FIELDS,
        Kind.CHOICES,
        _("What is wrong in it"),
        _("The fields of the record with what they say now; an amount is taken back instead."),
        choices=tuple(Choice(one.path, one.title, one.now or _("blank")) for one in open_),
    )
    chosen = asks.answers.get(FIELDS) or ()
    for one in open_:
        if one.path in chosen:
            yield replace(one, path=f"{CHANGES}{one.path}")


def fields(asks: "StepInterview", record: "Record") -> tuple[Question, ...]:
    """Return the questions about a record's fields that a correction may change.

    ``now`` is what the record says.
    """
    step = find_step(record.step)
    added = own.ever(asks.situation.rules, record.step, record.on)
    fields = forms.fields(record.step, added)
    recorded = {one.path: reach(record.form, one.path) for one in fields}
    by = asks.situation.recorded_by(record.role)
    inner = replace(asks, step=record.step, situation=by, answers=recorded, earlier={})
    found = []
    for one in inner.ask():
        if one.is_about_the_form or one.path in step.fixed or _is_fixed(record, one.path):
            continue
        old: Any = reach(record.form, one.path)
        now = show(one, old) if old is not None else None
        found.append(
            replace(one, default=None, default_because=None, now=now, required=True, asked=True)
        )
    return tuple(found)


def _is_fixed(record: "Record", path: str) -> bool:
    """Return whether a field decided where the step led, or where the club is."""
    step = find_step(record.step)
    ends = {move.when for move in step.moves if move.when is not None}
    value = reach(record.form, path)
    return (isinstance(value, str) and value in ends) or (step.founds and path == "commune")


def annul(asks: "StepInterview", questions: Sequence[Question]) -> Iterator[Question]:
    """Ask about the one step that can be taken back."""
    record = last(asks)
    for one in questions:
        if one.path == "seq":
            choices = () if record is None else (_choice(asks, record),)
            yield replace(
                one,
                choices=choices,
                default=None if record is None else record.seq,
                default_because=_("the club's last step"),
                asked=record is None,
            )
        elif one.path == "date":
            yield replace(one, asked=False)
        else:
            yield one


def last(asks: "StepInterview") -> "Record | None":
    """Return the record that an annulment can take back, ``None`` where there is none."""
    return next((one for one in reversed(asks.situation.records) if one.undone), None)


def annulled(asks: "StepInterview") -> Iterator[str]:
    """Say what an annulment takes back and where it leads."""
    record = last(asks)
    if record is None:
        yield _("The club has no step that can be taken back.")
        return
    yield _("What would be taken back: no. {seq}, {step}, {day}, recorded by {officer}.").format(
        seq=record.seq,
        step=own.called(asks.situation.rules, record.step),
        day=dmy(record.on),
        officer=record.officer,
    )
    if record.from_state is not None and record.to_state is not None:
        yield _("The club would be “{before}” again; it is “{now}” now.").format(
            before=state_name(record.from_state), now=state_name(record.to_state)
        )


def _choice(asks: "StepInterview", record: "Record") -> Choice:
    day = iso_day(reach(record.form, find_step(record.step).happened_on)) or record.on
    return Choice(
        record.seq,
        f"{own.called(asks.situation.rules, record.step)}, {dmy(day)}",
        _("no. {seq}, by {officer}").format(seq=record.seq, officer=record.officer),
    )
