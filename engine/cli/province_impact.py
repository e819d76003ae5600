"""What a plugin's new version would change, as data and as text."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from engine.cli import tables
from engine.frozen import to_json
from engine.i18n import _
from engine.labels import level_name, period_name, role_names, state_name, step_name, task_name
from engine.plugin_checks.upgrade import Upgrade
from engine.policy import differences
from engine.policy.differences import KeyDifference
from engine.policy.model import first_day
from engine.reports.impact import NEXT, Change, ClubImpact
from engine.targets import words as target_words
from engine.vietnamese.text import dmy, number

LONGEST = 160


def data(found: Upgrade) -> dict[str, Any]:
    """Return what would change, as the command answers it in JSON."""
    seen = found.impact
    return {
        "province": found.province,
        "on": found.on,
        "before": {
            "plugin": found.old.name,
            "version": found.old.version,
            "api_version": found.old_policy.api_version,
            "digest": found.old_policy.digest,
            "hooks": found.old_hooks,
        },
        "after": {
            "plugin": found.new.name,
            "version": found.new.version,
            "api_version": found.new_policy.api_version,
            "digest": found.new_policy.digest,
            "hooks": found.new_hooks,
        },
        "documents": [
            {
                "id": one.id,
                "before": {
                    "short": one.before.short,
                    "from": one.before.start,
                    "to": one.before.end,
                }
                if one.before
                else None,
                "after": {"short": one.after.short, "from": one.after.start, "to": one.after.end}
                if one.after
                else None,
            }
            for one in found.documents
        ],
        "keys": [
            {
                "key": one.key,
                "before": [differences.entry_data(entry) for entry in one.before],
                "after": [differences.entry_data(entry) for entry in one.after],
            }
            for one in found.keys
        ],
        "ran": found.ran,
        "not_looked_at": not_looked_at(found),
        "clubs_looked_at": seen.looked_at,
        "clubs": [_club_data(one) for one in seen.clubs],
        "tasks": [{"before": one.before, "after": one.after} for one in seen.tasks],
        "progress": [
            {"row": one.name, "before": one.before, "after": one.after} for one in seen.progress
        ],
    }


def not_looked_at(found: Upgrade) -> list[str]:
    """Return in sentences what the comparison leaves out."""
    if found.ran:
        return []
    return [
        _(
            "The new version's code differs and was not run: what its functions would find or add "
            "is not shown, and the installed one's are left out too. To run it: add --run."
        )
    ]


def _club_data(one: ClubImpact) -> dict[str, Any]:
    return {
        "club": one.club,
        "name": one.name,
        "commune": one.commune,
        "state": one.state,
        "findings": [
            {"step": step, "before": change.before, "after": change.after}
            for step, change in one.findings
        ],
        "steps": [
            {"step": change.name, "before": change.before, "after": change.after}
            for change in one.steps
        ],
        "tasks": [{"before": change.before, "after": change.after} for change in one.tasks],
    }


def text(found: Upgrade, file: str) -> Iterator[str]:
    """Yield what would change, line by line; ``file`` is the new version's name."""
    seen = found.impact
    yield from tables.wrapped(
        _("{province} on {day}: {old} → {new} ({file})").format(
            province=found.old_policy.name,
            day=dmy(found.on),
            old=found.old,
            new=found.new,
            file=file,
        )
    )
    yield from tables.wrapped(
        _("Nothing was changed. What was decided stays decided under its own version.")
    )
    for sentence in not_looked_at(found):
        yield from tables.wrapped(f"! {sentence}")
    yield ""
    if not found.keys and not found.documents:
        yield _("Policy: no difference.")
    else:
        yield _("Policy:")
        for document in found.documents:
            yield from tables.wrapped(
                _document_text(document.id, document.before, document.after), "  "
            )
        for key in found.keys:
            yield from _key_text(key)
    if found.old_hooks != found.new_hooks:
        yield from tables.wrapped(
            _("Functions of its own: {before} → {after}").format(
                before=", ".join(found.old_hooks) or _("none"),
                after=", ".join(found.new_hooks) or _("none"),
            )
        )
    yield ""
    yield _("Clubs that would be affected: {count} of {all}").format(
        count=number(len(seen.clubs)), all=number(seen.looked_at)
    )
    yield from _clubs_text(seen.clubs)
    if seen.tasks:
        yield ""
        yield _("The province's own tasks:")
        for change in seen.tasks:
            yield from tables.wrapped(_task_text(change), "  ")
    yield ""
    yield _("Progress: {count} rows would change").format(count=len(seen.progress))
    for change in seen.progress:
        yield from _progress_text(change)


def _document_text(id_: str, before: Any, after: Any) -> str:
    shown = [
        f"{one.short} ({_span(one.since, one.end)})" if one else "-" for one in (before, after)
    ]
    return f"{id_}: {shown[0]} → {shown[1]}"


def _span(start: str, end: Any) -> str:
    return f"{start} - {dmy(end) if end else '…'}"


def _key_text(one: KeyDifference) -> Iterator[str]:
    yield f"  {one.key}"
    fields = _fields(one)
    if fields:
        for name, old, new in fields:
            yield from tables.wrapped(f"{name}: {_shown(old)} → {_shown(new)}", "    ")
        return
    for sign, entries in (("-", one.before), ("+", one.after)):
        for entry in entries:
            span = _span(first_day(entry.start, entry.inferred), entry.end)
            yield from tables.wrapped(
                f"{sign} {span}: {_shown(entry.value)} ({entry.source})", "    "
            )


def _fields(one: KeyDifference) -> list[tuple[str, Any, Any]]:
    """Return the fields that differ where only they do: the same days, the same article."""
    if len(one.before) != 1 or len(one.after) != 1:
        return []
    old, new = one.before[0], one.after[0]
    same = (old.start, old.end, old.source) == (new.start, new.end, new.source)
    if not same or not isinstance(old.value, Mapping) or not isinstance(new.value, Mapping):
        return []
    return [
        (name, old.value.get(name), new.value.get(name))
        for name in sorted({*old.value, *new.value})
        if old.value.get(name) != new.value.get(name)
    ]


def _shown(value: Any) -> str:
    text = "-" if value is None else json.dumps(to_json(value), ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _clubs_text(clubs: Iterable[ClubImpact]) -> Iterator[str]:
    """Yield the clubs for which the same changes, then what changes for them."""
    alike: dict[tuple[str, ...], list[ClubImpact]] = {}
    for one in clubs:
        alike.setdefault(tuple(_changes_text(one)), []).append(one)
    for changes, group in alike.items():
        for one in group:
            state = state_name(one.state)
            yield from tables.wrapped(f"{one.club} {one.name}, {one.commune} ({state})", "  ")
        for change in changes:
            yield from tables.wrapped(change, "    ")


def _changes_text(one: ClubImpact) -> Iterator[str]:
    for change in one.steps:
        yield _step_text(change)
    steps: dict[str, list[str]] = {}
    for step, change in one.findings:
        steps.setdefault(_finding_text(change), []).append(step_name(step))
    for text, names in steps.items():
        yield f"{', '.join(names)}: {text}"
    for change in one.tasks:
        yield _task_text(change)


def _step_text(change: Change) -> str:
    shown = []
    for side in (change.before, change.after):
        if side is None:
            shown.append("-")
        else:
            word = _("allowed") if side["allowed"] else _("not allowed")
            shown.append(f"{word}, {role_names(side['roles'])}")
    return f"{step_name(change.name)}: {shown[0]} → {shown[1]}"


def _finding_text(change: Change) -> str:
    if change.before is None and change.after is not None:
        return f"+ {_found(change.after)}"
    if change.after is None and change.before is not None:
        return f"- {_found(change.before)}"
    assert change.before is not None
    assert change.after is not None
    return f"{_found(change.before)} → {_found(change.after)}"


def _found(one: dict[str, Any]) -> str:
    expected = f" ({_('expected')}: {one['expected']})" if one["expected"] else ""
    return f"{level_name(one['level'])}: {one['message']}{expected} [{one['code']}]"


def _task_text(change: Change) -> str:
    side = change.before or change.after
    assert side is not None
    name = side["title"] or task_name(side["kind"])
    if side["period"] == NEXT:
        name = _("next {task}, if it were done that day").format(task=name)
    elif side["period"]:
        name += f", {period_name(side['period'])}"
    shown = [_owed(one) for one in (change.before, change.after)]
    return f"{name}: {shown[0]} → {shown[1]}"


def _owed(one: dict[str, Any] | None) -> str:
    if one is None:
        return "-"
    due_on = one["due_on"]
    shown = dmy(date.fromisoformat(due_on)) if due_on else _("no day stipulated")
    return f"{shown}, {role_names([one['role']])}"


def _progress_text(change: Change) -> Iterable[str]:
    side = change.after or change.before
    assert side is not None
    yield from tables.wrapped(f"{side['label']} [{side['id']}, {side['period']}]", "  ")
    shown = [_figures(one) for one in (change.before, change.after)]
    yield from tables.wrapped(f"{shown[0]} → {shown[1]}", "    ")


def _figures(one: dict[str, Any] | None) -> str:
    if one is None:
        return "-"
    reached = target_words.reached(one)
    if one["percent"] is not None:
        reached += f" ({target_words.percent(one['percent'])})"
    parts = [reached]
    if one["target"] is not None:
        parts.append(_("asked: {target}").format(target=target_words.asked(one)))
    if one["needed_per_year"]:
        needed = target_words.amount(one["needed_per_year"], one["unit"])
        parts.append(_("{amount} a year needed").format(amount=needed))
    return "; ".join((*parts, target_words.status(one)))
