"""What an event recorded, in a few words: the amount, the result, the names."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from engine.i18n import N_, _
from engine.labels import (
    POSTS,
    conclusion_name,
    course_form_name,
    course_name,
    entry_name,
    fund_name,
    fund_names,
    post_name,
    source_name,
)
from engine.model import Event, LedgerEntry, Role
from engine.policy.effective import Rules
from engine.policy.own_money import fund_labels, source_labels
from engine.reports.clubs import readable
from engine.rules import forms, own
from engine.rules.decisions import SUBMISSION_SYMBOL, SYMBOL
from engine.vietnamese.dates import dmy
from engine.vietnamese.money import rate_text
from engine.vietnamese.text import dong, number, numbered

Form = Mapping[str, Any]


def recorded(event: Event, names: Mapping[str, str], rules: Rules) -> str:
    """Return what an event recorded besides that its step was taken; often nothing.

    ``names`` are the names of the club's people by their ids, ``rules`` the province's. An amount
    has its sign: what left the fund is negative.
    """
    of_step = _papered if own.is_own(event.step) else _OF_STEP.get(event.step)
    try:
        parts = [_entry(entry, rules) for entry in event.effects.ledger]
        if of_step is not None:
            form = _numbered(event, readable(event, names))
            parts += of_step(_with_funds_named(form, fund_labels(rules.policy)))
        if own.OWN in event.form:
            form = readable(event, names)[own.OWN]
            found = own_fields(rules, event.step, event.on, form)
            parts += [f"{label}: {text}" for _name, label, text in found]
        return "; ".join(filter(None, parts))
    except (LookupError, TypeError, ValueError, AttributeError):
        # No step writes such a form: somebody changed the log itself.
        return _("(cannot be read; check the log: clb audit verify)")


def own_fields(
    rules: Rules, step: str, on: date, values: Form, say: Callable[[str], str] = _
) -> Iterator[tuple[str, str, str]]:
    """Yield the fields of the province's own that are filled in: name, label, and value as text.

    ``values`` are by name, people by theirs; ``say`` puts yes and no into words.
    """
    fields = {
        one.path.partition(".")[2]: one
        for one in forms.fields(step, own.ever(rules, step, on))
        if one.path.startswith(f"{own.OWN}.")
    }
    for name, value in values.items():
        one = fields.get(name)
        yield name, one.title if one is not None else name, _shown(one, value, say)


def _shown(one: forms.Field | None, value: Any, say: Callable[[str], str]) -> str:
    """Return a value of an own field as people write it."""
    if isinstance(value, bool):
        return say(N_("yes")) if value else say(N_("no"))
    if isinstance(value, int):
        return dong(value) if one is not None and one.money else number(value)
    if one is not None and one.kind == "date":
        return dmy(date.fromisoformat(value))
    return str(value)


def _numbered(event: Event, form: dict[str, Any]) -> dict[str, Any]:
    """Return a form with the numbers of its papers as the papers have them."""
    if "decision" in form:
        form["decision"]["number"] = numbered(form["decision"]["number"], SYMBOL)
    if "submission" in form and event.role is Role.ASSOCIATION:
        submitted = form["submission"]
        submitted["number"] = numbered(submitted["number"], SUBMISSION_SYMBOL)
    return form


def _with_funds_named(form: dict[str, Any], own_funds: Mapping[str, str]) -> dict[str, Any]:
    """Return a form with the funds that were opened as people call them."""
    if "funds_opened" in form:
        form["funds_opened"] = fund_names(form["funds_opened"], own_funds)
    return form


def _entry(entry: LedgerEntry, rules: Rules) -> str:
    source = source_name(entry.source, source_labels(rules.policy))
    return _("{kind} {amount}, {fund}, {source}").format(
        kind=entry_name(entry.kind),
        amount=f"{'+' if entry.delta > 0 else ''}{dong(entry.delta)}",
        fund=fund_name(entry.fund, fund_labels(rules.policy)),
        source=f"{source}: {entry.donor}" if entry.donor else source,
    )


def _opened(form: Form) -> Iterator[str]:
    yield f"{form['village']}, {form['commune']}"


def _proposed(form: Form) -> Iterator[str]:
    yield _("number {number}").format(number=form["submission"]["number"])


def _returned(form: Form) -> Iterator[str]:
    yield from form["reasons"]


def _for_a_reason(form: Form) -> Iterator[str]:
    yield form["reason"]


def _decided(form: Form) -> Iterator[str]:
    decision = form["decision"]
    yield _("decision {number}").format(number=decision["number"])
    if signer := decision.get("signer"):
        yield _("signed by {name}").format(name=signer)
    yield form.get("reason", "")


def _trained(form: Form) -> Iterator[str]:
    course = form["course"]
    shown = [course_name(course["kind"])]
    if of_form := course.get("form"):
        shown.append(course_form_name(of_form))
    yield ", ".join(shown)
    yield _("{count} days").format(count=number(course["days"]))
    yield _("{count} took part").format(count=number(course["attendees"]))


def _launched(form: Form) -> Iterator[str]:
    yield _("{count} took part").format(count=number(form["attendance"]))
    yield form["place"]
    if funds := form["funds_opened"]:
        yield _("opened {funds}").format(funds=funds)


def _supervised(form: Form) -> Iterator[str]:
    yield conclusion_name(form["conclusion"])
    yield _("{count} meetings held").format(count=number(form["meetings_held"]))
    yield _("{count} borrow").format(count=number(form["borrowers"]))
    yield form.get("recommendations", "")


def _reviewed(form: Form) -> Iterator[str]:
    yield _("{year}: {result}").format(year=form["year"], result=conclusion_name(form["result"]))


def _listed(form: Form) -> Iterator[str]:
    for count, text in (
        (form["added"], _("{count} added")),
        (form["changed"], _("{count} changed")),
        (form["left"], _("{count} left")),
    ):
        if count:
            yield text.format(count=number(count))


def _board(form: Form) -> Iterator[str]:
    if "decision" in form:
        yield _("decision {number}").format(number=form["decision"]["number"])
    for post in POSTS:
        if post in form:
            yield f"{post_name(post)} {form[post]}"
    yield from (f"{post_name('member')} {name}" for name in form.get("members", ()))


def _met(form: Form) -> Iterator[str]:
    yield _("{count} took part").format(count=number(form["attendance"]))


def _lent(form: Form) -> Iterator[str]:
    yield form["member"]
    yield form["purpose"]
    yield _("{count} months, {rate}").format(
        count=number(form["months"]), rate=rate_text(form["rate"])
    )
    if form.get("opening"):
        yield _("{amount}, a debt of before the book").format(amount=dong(form["amount"]))


def _paid_back(form: Form) -> Iterator[str]:
    yield _("loan {seq}").format(seq=form["loan"])
    yield _("principal {principal}, interest {interest}").format(
        principal=dong(form.get("principal") or 0), interest=dong(form.get("interest") or 0)
    )


def _extended(form: Form) -> Iterator[str]:
    yield _("loan {seq}").format(seq=form["loan"])
    yield _("due {day}").format(day=dmy(date.fromisoformat(form["until"])))


def _written_off(form: Form) -> Iterator[str]:
    yield _("loan {seq}").format(seq=form["loan"])
    yield dong(form["amount"])


def _lending(form: Form) -> Iterator[str]:
    if most := form.get("most"):
        yield _("at most {amount}").format(amount=dong(most))
    if months := form.get("months"):
        yield _("{count} months").format(count=number(months))
    if (rate := form.get("rate")) is not None:
        yield rate_text(rate)
    yield form["document"]


def _cared(form: Form) -> Iterator[str]:
    yield _("{count} volunteers").format(count=number(form["volunteers"]))
    yield _("{count} people cared for at home").format(count=number(form["cared_for"]))


def _renamed(form: Form) -> Iterator[str]:
    yield form["name"]


def _rehomed(form: Form) -> Iterator[str]:
    yield form["commune"]


def _undone(form: Form) -> Iterator[str]:
    yield _("record {seq}").format(seq=form["seq"])
    yield form["reason"]


def _exported(form: Form) -> Iterator[str]:
    yield _("{count} people").format(count=number(form["rows"]))
    yield form["reason"]


def _papered(form: Form) -> Iterator[str]:
    yield form.get("document", "")


_OF_STEP: Mapping[str, Callable[[Form], Iterator[str]]] = {
    "open": _opened,
    "propose": _proposed,
    "withdraw": _for_a_reason,
    "return": _returned,
    "reject": _for_a_reason,
    "approve": _decided,
    "train": _trained,
    "launch": _launched,
    "supervise": _supervised,
    "review": _reviewed,
    "consolidate": _decided,
    "suspend": _decided,
    "resume": _decided,
    "dissolve": _decided,
    "roster": _listed,
    "set_board": _board,
    "change_board": _board,
    "meeting": _met,
    "lending_terms": _lending,
    "lend": _lent,
    "repay": _paid_back,
    "extend": _extended,
    "write_off": _written_off,
    "care": _cared,
    "rename": _renamed,
    "rehome": _rehomed,
    "correct": _undone,
    "annul": _undone,
    "erase": _for_a_reason,
    "export": _exported,
}
