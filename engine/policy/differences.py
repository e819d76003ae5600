"""What differs between two versions of a province's policy: documents, and values by key."""

from dataclasses import dataclass
from typing import Any

from engine.frozen import thaw
from engine.policy.model import Document, Entry, Policy


@dataclass(frozen=True, slots=True)
class KeyDifference:
    """One key whose dated values differ; only those that one version has alone."""

    key: str
    before: tuple[Entry, ...]
    after: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class DocumentDifference:
    """One document that only one version has, or that both describe differently."""

    id: str
    before: Document | None
    after: Document | None


def documents(old: Policy, new: Policy) -> tuple[DocumentDifference, ...]:
    """Return the documents that differ, those of the old version first."""
    before = {one.id: one for one in old.documents}
    after = {one.id: one for one in new.documents}
    return tuple(
        DocumentDifference(id_, before.get(id_), after.get(id_))
        for id_ in {**before, **after}
        if before.get(id_) != after.get(id_)
    )


def keys(old: Policy, new: Policy) -> tuple[KeyDifference, ...]:
    """Return the keys that differ, in the order of their names."""
    found = []
    for key in sorted({*old.keys(), *new.keys()}):
        before, after = old.entries_of(key), new.entries_of(key)
        only_old = tuple(one for one in before if one not in after)
        only_new = tuple(one for one in after if one not in before)
        if only_old or only_new:
            found.append(KeyDifference(key, only_old, only_new))
    return tuple(found)


def entry_data(entry: Entry) -> dict[str, Any]:
    """Return a dated value as JSON has it."""
    return {
        "from": entry.start,
        "to": entry.end,
        "value": thaw(entry.value),
        "source": entry.source,
        "force": entry.force,
        "note": entry.note,
    }
