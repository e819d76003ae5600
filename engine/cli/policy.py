"""``clb policy``: what a province's documents say on a day, and what they do not."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from engine.cli import policy_text, tables
from engine.cli.context import Context, pass_context
from engine.cli.options import ON, day
from engine.frozen import thaw
from engine.i18n import _
from engine.policy import vocabulary
from engine.policy.coverage import Row, coverage, stretches
from engine.policy.effective import Rule, Rules
from engine.policy.model import Entry, Policy, Resolution
from engine.vietnamese.text import dmy

IDS = {"activities": ("activities.list", "activities.optional"), "sources": ("sources.list",)}
"""Where a policy lists the ids that forms ask for."""


@click.group(help=_("What a province's documents say, with article and date."))
def policy() -> None:
    """Hold the commands about policies."""


@policy.command(help=_("What the documents say about KEY on a day; about every key without one."))
@click.argument("province")
@click.argument("key", required=False)
@click.option("--on", "on", default=None, help=ON)
@pass_context
def show(context: Context, province: str, key: str | None, on: str | None) -> None:
    """Show one dated value, or all."""
    rules = context.provinces.rules(province)
    when = day(on) or _today()
    if key is not None:
        answer, text = one_key(rules, key, when)
        context.answer(answer, lambda: text)
        return
    every = [rules.stated(one, when) for one in all_keys(rules.policy)]
    answers = [(one, _general(rules, one, when)) for one in every]
    context.answer(
        [_answer(one, general) for one, general in answers],
        lambda: policy_text.page(rules.policy, when, answers),
    )


def one_key(rules: Rules, key: str, on: date) -> tuple[dict[str, Any], list[str]]:
    """Return what the documents say about one key on a day, and on other days: JSON and text."""
    found = rules.stated(key, on)
    general = _general(rules, found, on)
    others = [
        one
        for one in rules.policy.entries_of(key)
        if found.status != "value" or (one.start, one.end) != (found.start, found.end)
    ]
    answer = _answer(found, general)
    if others:
        answer["others"] = [_other(one) for one in others]
    return answer, list(policy_text.entry(found, general, others))


def all_keys(policy: Policy) -> list[str]:
    """Return every key of fixed name in the schema's order, then those the province named."""
    fixed = [f"{group}.{name}" for group in vocabulary.groups() for name in vocabulary.ids(group)]
    named = set(fixed)
    return [*fixed, *(key for key in policy.entries if key not in named)]


def _general(rules: Rules, found: Resolution, on: date) -> Rule | None:
    """Return the general procedure's value where the province has none that day."""
    return rules.rule(found.key, on) if found.status != "value" else None


def _answer(found: Resolution, general: Rule | None) -> dict[str, Any]:
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
    if found.extra:
        answer["extra"] = thaw(found.extra)
    if general is not None:
        answer["general"] = {"value": thaw(general.value), "source": general.citation}
    return answer


def _other(entry: Entry) -> dict[str, Any]:
    return {
        "value": thaw(entry.value),
        "from": entry.start,
        "to": entry.end,
        "source": entry.source,
        "force": entry.force,
        "note": entry.note,
    }


@policy.command(help=_("All keys, and the ids of activities, sources and recipients."))
@click.argument("province", required=False)
@click.option("--on", "on", default=None, help=ON)
@pass_context
def keys(context: Context, province: str | None, on: str | None) -> None:
    """List the keys; of a province also how each stands on the day."""
    when = day(on) or _today()
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
            "title": policy_text.title(one),
            "status": asked.stated(one, when).status if province else None,
        }
        for one in all_keys(asked.policy)
    ]

    def text() -> Iterator[str]:
        if province is not None:
            yield f"{asked.policy.name}, {dmy(when)}"
            yield policy_text.legend()
        yield from tables.table(
            ["", _("Key"), _("Meaning")],
            ((policy_text.mark(row["status"]), row["key"], row["title"]) for row in rows),
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
                yield f"  {one['id']}: {one['label'] or _('not stipulated')}"

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
@click.argument("province")
@pass_context
def coverage_(context: Context, province: str) -> None:
    """Show the grid of keys by stretches of time."""
    found = context.provinces.policy(province)
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


def _grid(found: Policy, rows: tuple[Row, ...]) -> Iterator[str]:
    columns = stretches(found)
    for number, one in enumerate(columns, 1):
        end = dmy(one.end) if one.end else "…"
        yield f"{number:>3}: {dmy(one.start)} - {end}"
    yield f"{policy_text.legend()}   " + _("! a gap between two values")
    yield ""
    yield from tables.table(
        [_("Key"), *(str(number) for number in range(1, len(columns) + 1))],
        (
            [row.key, *("!" if cell.gap else policy_text.mark(cell.status) for cell in row.cells)]
            for row in rows
        ),
    )


def _today() -> date:
    from engine.lifecycle.lifecycle import now

    return now().astimezone().date()
