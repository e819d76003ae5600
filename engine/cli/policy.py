"""``clb policy``: what a province's documents stipulate on a day, and what they do not."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from engine.cli import policy_value, tables
from engine.cli.command import group
from engine.cli.context import ON, Context, day, pass_context
from engine.cli.files import PATH
from engine.cli.typed import PROVINCE
from engine.clock import today
from engine.errors import UnknownError
from engine.files import write_file
from engine.frozen import thaw
from engine.i18n import _
from engine.policy import agencies, vocabulary
from engine.policy.coverage import Row, coverage, stretches
from engine.policy.effective import Rule, Rules, reading_citation
from engine.policy.model import Entry, Policy, Resolution, first_day
from engine.policy.sentences import DOCUMENT, DocumentTable
from engine.policy_labels import force_name, policy_status_name
from engine.rules.own import FORM, is_own, own_name
from engine.vietnamese.text import bare, dmy

IDS = {"activities": ("activities.list", "activities.optional"), "sources": ("sources.list",)}
"""Where a policy lists the ids that forms ask for."""
AGENCY_KEYS = {"lead.province": "office", "supervision.by": "by"}
"""Keys whose value is an agency, by its id in the routing (``office``) or in the document's words.
"""
Answer = tuple[Resolution, Rule | None, Resolution | None]
"""What the province states, what holds where it states nothing, and what the nation states too."""


@group(help=_("What a province's documents say, with article and date."))
def policy() -> None:
    """Hold the commands about policies."""


@policy.command(help=_("What the documents say about KEY on a day; about every key without one."))
@click.argument("province", type=PROVINCE)
@click.argument("key", required=False)
@click.option("--on", "on", default=None, help=ON)
@pass_context
def show(context: Context, province: str, key: str | None, on: str | None) -> None:
    """Show one dated value, or all."""
    rules = context.provinces.rules(province)
    when = day(on) or today()
    if key is not None:
        answer, text = one_key(rules, key, when)
        context.answer(answer, lambda: text)
        return
    every = [rules.own(one, when) for one in all_keys(rules.policy)]
    answers = [(one, _general(rules, one, when), _national(rules, one, when)) for one in every]
    context.answer(
        [_answer(*one) for one in answers],
        lambda: _page_text(rules.policy, when, answers),
    )


def one_key(rules: Rules, key: str, on: date) -> tuple[dict[str, Any], list[str]]:
    """Return one key's values on a day and on other days, as JSON and as text."""
    found = rules.own(key, on)
    general, national = _general(rules, found, on), _national(rules, found, on)
    others = [
        one
        for one in rules.policy.entries_of(key)
        if found.status != "value" or (one.start, one.end) != (found.start, found.end)
    ]
    answer = _answer(found, general, national)
    if others:
        answer["others"] = [_other(one) for one in others]
    return answer, list(_entry_text(rules.policy, on, found, general, national, others))


def all_keys(policy: Policy) -> list[str]:
    """Return every key of fixed name in the schema's order, then those the province named."""
    fixed = [f"{group}.{name}" for group in vocabulary.groups() for name in vocabulary.ids(group)]
    named = set(fixed)
    return [*fixed, *(key for key in policy.entries if key not in named)]


def _general(rules: Rules, found: Resolution, on: date) -> Rule | None:
    """Return the general procedure's value where the province has none that day."""
    return rules.rule(found.key, on) if found.status != "value" else None


def _national(rules: Rules, found: Resolution, on: date) -> Resolution | None:
    """Return what holds for every province where the province speaks too: both are shown."""
    return rules.for_all(found.key, on) if found.status == "value" else None


def _answer(
    found: Resolution, general: Rule | None, national: Resolution | None = None
) -> dict[str, Any]:
    answer = {
        "key": found.key,
        "value": thaw(found.value),
        "status": found.status,
        "from": found.start,
        "to": found.end,
        "source": found.source,
        "force": found.force,
        "note": found.note,
    }
    if found.inferred:
        answer["from_inferred"] = True
    if found.reading:
        answer["reading"] = list(found.read_parts) or True
    if found.counted_from:
        answer["counted_from"] = found.counted_from
    if found.extra:
        answer["extra"] = thaw(found.extra)
    if general is not None:
        answer["general"] = {"value": thaw(general.value), "source": general.citation}
    if national is not None:
        answer["national"] = {"value": thaw(national.value), "source": national.source}
    return answer


def _other(entry: Entry) -> dict[str, Any]:
    inferred = {"from_inferred": True} if entry.inferred else {}
    return {
        **inferred,
        "value": thaw(entry.value),
        "from": entry.start,
        "to": entry.end,
        "source": entry.source,
        "force": entry.force,
        "note": entry.note,
    }


@policy.command(help=_("All keys, and the ids of activities, sources and recipients."))
@click.argument("province", type=PROVINCE, required=False)
@click.option("--on", "on", default=None, help=ON)
@click.option(
    "--schema",
    type=PATH,
    default=None,
    help=_("Also write into this file what editors complete policy.toml by"),
)
@pass_context
def keys(context: Context, province: str | None, on: str | None, schema: Path | None) -> None:
    """List the keys; of a province also the status of each on the day."""
    if schema is not None:
        from engine.plugin_checks.scaffold.writing import editor_schema

        write_file(schema, editor_schema().encode())
        context.message(_("Written: {path}").format(path=schema))
    when = day(on) or today()
    if province is None:
        from engine.policy.files import general

        asked = Rules(general(), general())
    else:
        asked = context.provinces.rules(province)
    ids = {name: _ids(asked, found, when) for name, found in IDS.items()}
    ids["recipients"] = _recipients(asked, when)
    rows = [
        {
            "key": one,
            "title": policy_value.title(one),
            "status": asked.own(one, when).status if province else None,
        }
        for one in all_keys(asked.policy)
    ]

    def text() -> Iterator[str]:
        if province is not None:
            yield f"{asked.policy.name}, {dmy(when)}"
            yield _legend()
        yield from tables.table(
            ["", _("Meaning"), _("Key")],
            ((_mark(row["status"]), row["title"], row["key"]) for row in rows),
        )
        headings = (
            ("activities", _("Ids of activities")),
            ("sources", _("Ids of sources of money")),
            ("recipients", _("Ids of recipients")),
        )
        for name, heading in headings:
            if not ids[name]:
                continue
            yield ""
            yield heading
            for one in ids[name]:
                yield f"  {one['label'] or _('not stipulated')} [{one['id']}]"

    context.answer({"province": province, "on": when, "keys": rows, **ids}, text)


def _ids(rules: Rules, keys: tuple[str, ...], on: date) -> list[dict[str, Any]]:
    found = [rules.rule(key, on) for key in keys]
    return [
        {"id": one["id"], "label": one["label"]}
        for rule in found
        if rule is not None
        for one in rule.value
    ]


def _recipients(rules: Rules, on: date) -> list[dict[str, Any]]:
    """Return every recipient's id with its name on that day, ``None`` where none is stipulated."""
    own = [name for name, _entries in rules.policy.group("routing")]
    names = dict.fromkeys((*vocabulary.ids("routing"), *own))
    found = {name: rules.stated(f"routing.{name}", on) for name in names}
    return [
        {"id": name, "label": one.value["name"] if one.status == "value" else None}
        for name, one in found.items()
    ]


@policy.command("coverage", help=_("Which keys have a value over which stretch of time."))
@click.argument("province", type=PROVINCE)
@click.option(
    "--document",
    default=None,
    help=_(
        "Instead: every sentence of this document (id or number), and what the policy states of it"
    ),
)
@pass_context
def coverage_(context: Context, province: str, document: str | None) -> None:
    """Show the grid of keys by stretches of time, or a document's sentences."""
    found = context.provinces.policy(province)
    if document is not None:
        table = _table_of(context, province, document)
        context.answer(_sentences(province, table), lambda: _sentences_text(found, table))
        return
    rows = coverage(found)
    data = {
        "province": province,
        "stretches": [{"from": one.start, "to": one.end} for one in stretches(found)],
        "keys": [
            {
                "key": row.key,
                "gap": row.has_gap,
                "cells": [{"status": cell.status, "gap": cell.gap} for cell in row.cells],
            }
            for row in rows
        ],
    }
    context.answer(data, lambda: _grid(found, rows))


def _table_of(context: Context, province: str, document: str) -> DocumentTable:
    """Return the table of a document. Raises ``UnknownError``."""
    tables_ = {table.document: table for table in context.provinces.sentences(province)}
    wanted = bare(document)
    for one in context.provinces.policy(province).documents:
        if wanted in (bare(one.id), bare(one.number), bare(one.short)) and one.id in tables_:
            return tables_[one.id]
    raise UnknownError(
        _("{province} has no table of the sentences of {document}.").format(
            province=context.provinces.policy(province).name, document=document
        ),
        help=_("Documents with a table: {names}.").format(
            names=", ".join(sorted(tables_)) or _("none")
        ),
    )


def _sentences(province: str, table: DocumentTable) -> dict[str, Any]:
    return {
        "province": province,
        "document": table.document,
        "counts": table.counts(),
        "sentences": [
            {
                "section": one.section,
                "text": one.text,
                "verdict": one.verdict,
                "keys": list(one.keys),
                "no_effect": one.no_effect,
                "needed": one.needed,
            }
            for one in table.sentences
        ],
    }


def _sentences_text(policy: Policy, table: DocumentTable) -> Iterator[str]:
    document = policy.document(table.document)
    yield f"{document.number}: {document.title}"
    end = dmy(document.end) if document.end else _("no end stated")
    yield _("  In force: {start} - {end}").format(start=document.since, end=end)
    if document.signer:
        yield _("  Signed by: {signer}").format(signer=document.signer)
    if not document.signed:
        yield _("  The copy at hand is not signed: it refuses nobody.")
    section = ""
    for one in table.sentences:
        if one.section != section:
            section = one.section
            yield ""
            yield section
        yield f"  {one.text}"
        if one.keys:
            yield f"      {', '.join(map(_stating, one.keys))}"
        elif one.no_effect is not None:
            yield _("      no effect: {reason}").format(reason=one.no_effect)
        else:
            yield _("      not expressed yet: {needed}").format(needed=one.needed)
    counts = table.counts()
    yield ""
    yield _(
        "Sentences: {total}. Stated by the policy: {stated}; no effect: {no_effect}; "
        "not expressed: {not_expressible}."
    ).format(total=len(table.sentences), **counts)


def _stating(key: str) -> str:
    """Return what states a sentence: a key, or what is kept of the document itself."""
    if key == DOCUMENT:
        return _("number, days and signer of the document") + f" [{key}]"
    return policy_value.named_key(key)


def _grid(found: Policy, rows: tuple[Row, ...]) -> Iterator[str]:
    columns = stretches(found)
    inferred = {one.start for one in found.documents if one.inferred}
    for place, one in enumerate(columns, 1):
        end = dmy(one.end) if one.end else "…"
        yield f"{place:>3}: {first_day(one.start, one.start in inferred)} - {end}"
    yield f"{_legend()}   " + _("! a gap between two values")
    yield ""
    yield from tables.table(
        [_("Key"), *(str(place) for place in range(1, len(columns) + 1))],
        (
            [
                policy_value.named_key(row.key),
                *("!" if cell.gap else _mark(cell.status) for cell in row.cells),
            ]
            for row in rows
        ),
    )


def _entry_text(
    policy: Policy,
    on: date,
    found: Resolution,
    general: Rule | None,
    national: Resolution | None,
    others: Iterable[Entry] = (),
) -> Iterator[str]:
    """Yield one key with everything the policy states about it, on other days too."""
    yield policy_value.named_key(found.key)
    if found.status == "value":
        yield from (f"  {line}" for line in _value_lines(policy, found, on))
    else:
        yield f"  {policy_status_name(found.status)}"
    if found.start is not None:
        end = dmy(found.end) if found.end else _("no end stated")
        start = first_day(found.start, found.inferred)
        yield _("  In force: {start} - {end}").format(start=start, end=end)
    if found.counted_from:
        yield _("  Continues the value before it: counted from {day}").format(
            day=dmy(found.counted_from)
        )
    if found.source:
        yield _("  Source: {source}").format(source=_ground(found))
    if found.note:
        yield _("  Note: {note}").format(note=found.note)
    if general is not None:
        yield f"  {general.citation}: {policy_value.one_line(found.key, general.value)}"
    if national is not None:
        yield f"  {_nationwide(national)}"
    for other in others:
        end = dmy(other.end) if other.end else _("no end stated")
        was = _named(policy, other.value, other.start, AGENCY_KEYS.get(found.key, ""))
        read = other.read_parts
        yield _("  Not used on this day, in force {start} - {end}: {value} [{source}]").format(
            start=first_day(other.start, other.inferred),
            end=end,
            value=policy_value.one_line(found.key, was, read),
            source=other.source,
        )


def _value_lines(policy: Policy, found: Resolution, on: date) -> Iterator[str]:
    """Yield a value and what else is stated with it, agencies by their names of that day."""
    shown = _named(policy, found.value, on, AGENCY_KEYS.get(found.key, ""))
    extra, read = _named(policy, found.extra, on), found.read_parts
    yield from policy_value.lines(found.key, shown, read, found.extra.get("unit", ""))
    yield from policy_value.fields(extra, read=read)


def _page_text(policy: Policy, on: date, answers: Iterable[Answer]) -> Iterator[str]:
    """Yield every key that has a value, group by group, then the names of those without."""
    yield _("{province}, on {day}").format(province=policy.name, day=dmy(on))
    silent: dict[str, list[str]] = {"not_in_force": [], "not_stipulated": []}
    group = ""
    for found, general, national in answers:
        if found.status == "value":
            own = found.key.partition(".")[0]
            if own != group:
                group = own
                yield ""
                yield f"{policy_value.group_title(group)} [{group}]"
            yield f"  {policy_value.named_key(found.key)}"
            yield from (f"      {line}" for line in _value_lines(policy, found, on))
            yield f"      [{_ground(found)}]"
            if national is not None:
                yield f"      {_nationwide(national)}"
            if found.note:
                yield _("      Note: {note}").format(note=found.note)
        else:
            rule = (
                f" ({general.citation}: {policy_value.one_line(found.key, general.value)})"
                if general
                else ""
            )
            silent[found.status].append(policy_value.named_key(found.key) + rule)
    for name, keys in silent.items():
        if keys:
            yield ""
            yield f"{policy_status_name(name)}:"
            yield from (f"  {key}" for key in keys)


def _nationwide(national: Resolution) -> str:
    """Return what holds for the whole nation, next to what the province states."""
    return _("whole nation: {value} [{source}]").format(
        value=policy_value.one_line(national.key, national.value), source=national.source
    )


def _ground(found: Resolution) -> str:
    """Return a value's article with how binding it is, and whether it is this system's reading."""
    whole = found.reading and not found.read_parts
    source = reading_citation(found.source) if whole else str(found.source)
    return f"{source} ({force_name(found.force)})" if found.force else source


def _named(policy: Policy, value: Any, on: date, name: str = "") -> Any:
    """Return a value with its agencies by name, and with who has taken their place by ``on``.

    What the province has of its own (a source, a fund, a field, an aspect) is called as it says.
    """
    if isinstance(value, Mapping):
        called = _field_named if name == "passes" else _as_it_is
        return {
            called(policy, part): _named(policy, item, on, part) for part, item in value.items()
        }
    if isinstance(value, tuple):
        return tuple(_named(policy, item, on, name) for item in value)
    if name == "office" and isinstance(value, str):
        return agencies.on_day(policy, agencies.named_first(policy, value), on)
    if name in ("to", "via") and isinstance(value, str):
        return agencies.name_on(policy, value, on)
    if name in ("agency", "by", "lead", "reporters") and isinstance(value, str):
        return agencies.on_day(policy, value, on)
    if isinstance(value, str) and is_own(value.rpartition(".")[2]):
        return own_name(policy, value)
    return value


def _field_named(policy: Policy, field: str) -> str:
    """Return what a field of a step of the province's own is called."""
    keys = (key.removeprefix(f"{FORM}.") for key in policy.keys_of(FORM))
    return next((own_name(policy, key) for key in keys if key.endswith(f".{field}")), field)


def _as_it_is(_policy: Policy, part: str) -> str:
    return part


def _mark(name: str | None) -> str:
    """Return the sign of an answer's status; nothing where none was asked for."""
    return {None: "", "value": "●", "not_in_force": "○", "not_stipulated": "·"}[name]


def _legend() -> str:
    """Return what the signs mean."""
    return _("● stipulated   ○ not in force   · not stipulated")
