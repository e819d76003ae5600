"""From tables that have been read to a Policy: documents, dated values, their printable sources."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from engine.frozen import FrozenMap, freeze
from engine.i18n import _
from engine.policy.model import Document, Entry, LeftOut, Policy
from engine.policy.vocabulary import NOT_KEYS

ENTRY_FIELDS = frozenset(
    {"value", "from", "to", "phase", "source", "force", "note", "reading", "amends"}
)


class Entries(Mapping[str, tuple[Entry, ...]]):
    """A policy's entries by key, each made when it is first asked for: a command asks for few."""

    __slots__ = ("_groups", "_made", "_make", "_tables")

    def __init__(
        self,
        tables: Mapping[str, list[Mapping[str, Any]]],
        make: Callable[[str, Mapping[str, Any]], Entry],
    ) -> None:
        self._tables = tables
        self._make = make
        self._made: dict[str, tuple[Entry, ...]] = {}
        self._groups: dict[str, list[str]] = {}
        for key in tables:
            self._groups.setdefault(key.partition(".")[0], []).append(key)

    def of_group(self, group: str) -> Sequence[str]:
        """Return the keys of a group in the order of the file."""
        return self._groups.get(group, ())

    def __getitem__(self, key: str) -> tuple[Entry, ...]:
        if key not in self._made:
            self._made[key] = continued(self._make(key, table) for table in self._tables[key])
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._tables

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


def policy_of(raw: Mapping[str, Any], *, digest: str, origin: str) -> Policy:
    """Make the Policy of tables that have been checked; its entries are made when asked for.

    Raises KeyError, TypeError or ValueError for tables that were not checked.
    """
    province = raw["province"]
    documents = documents_of(raw)
    by_id = {document.id: document for document in documents}
    phases = {name: period(dated[-1]["value"]) for name, dated in raw.get("phase", {}).items()}
    return Policy(
        province_id=province["id"],
        name=province["name"],
        prefix=province.get("prefix", ""),
        kind=province.get("kind", "province"),
        documents=documents,
        entries=Entries(
            {
                f"{group}.{name}": dated
                for group, tables in raw.items()
                if group not in NOT_KEYS
                for name, dated in flat(tables)
            },
            lambda key, table: make_entry(key, table, by_id, phases),
        ),
        digest=digest,
        origin=origin,
        api_version=province.get("api_version", "1.0"),
        left_out=tuple(LeftOut(one["check"], one["reason"]) for one in raw.get("left_out", ())),
    )


def continued(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the values of one key in order of date, each amendment tied to what it continues.

    The value before an amendment ends the day before it, if not earlier; what the amendment counts
    begins where that one began, unless it gives a first day of its own.
    """
    found: list[Entry] = []
    for entry in sorted(entries, key=lambda one: one.start):
        if not entry.amends or not found:
            found.append(_counting(entry, entry.start))
            continue
        before, last = found[-1], entry.start - timedelta(days=1)
        if before.start <= last and (before.end is None or before.end > last):
            found[-1] = replace(before, end=last)
        began = before.value["from"] if entry.key.startswith("target.") else entry.start
        start, first = before.counted_from or before.start, before.first or before.document
        found.append(replace(_counting(entry, began), counted_from=start, first=first))
    return tuple(found)


def _counting(entry: Entry, start: date) -> Entry:
    """Return a target that counts from a day, unless it names its first day itself."""
    if not entry.key.startswith("target.") or entry.value["from"] is not None:
        return entry
    return replace(entry, value=FrozenMap({**entry.value, "from": start}))


def flat(tables: Mapping[str, Any]) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Yield a group's names with their dated values; one may be of two parts: form.STEP.NAME."""
    for name, dated in tables.items():
        if isinstance(dated, Mapping):
            yield from ((f"{name}.{inner}", values) for inner, values in dated.items())
        else:
            yield name, dated


def documents_of(raw: Mapping[str, Any]) -> tuple[Document, ...]:
    """Make the documents the file declares."""
    return tuple(_document(table) for table in raw["document"])


def period(value: Mapping[str, Any]) -> tuple[date, date]:
    """Return the first and last day of a phase (giai đoạn)."""
    return day(value["from"]), day(value["to"])


def day(value: object) -> date:
    """Return a TOML date, or ISO text, as a date; raises ValueError for anything else."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        return date.fromisoformat(value)
    raise ValueError(_("{value} is not a date").format(value=value))


def _document(table: Mapping[str, Any]) -> Document:
    return Document(
        id=table["id"],
        number=table["number"],
        short=table["short"],
        title=table["title"],
        issuer=table["issuer"],
        issued=day(table["issued"]) if "issued" in table else None,
        start=day(table["from"]),
        end=day(table["to"]) if "to" in table else None,
        programme=table.get("programme", True),
        note=table.get("note"),
        signer=table.get("signer"),
        signed=table.get("signed", True),
        inferred=table.get("from_inferred", False),
    )


def make_entry(
    key: str,
    table: Mapping[str, Any],
    documents: Mapping[str, Document],
    phases: Mapping[str, tuple[date, date]],
) -> Entry:
    """Make one dated value: its dates are its own, else its phase's, else its document's.

    The period a target counts is its own ``from`` and ``to``, else those dates. Nothing is in force
    before the document's own first day, whatever it counts.
    """
    document_id, _comma, section = table["source"].partition(",")
    document = documents[document_id.strip()]
    start, end = document.start, document.end
    if "phase" in table:
        start, end = phases[table["phase"]]
    if "from" in table:
        start = day(table["from"])
    if "to" in table:
        end = day(table["to"])
    value = table["value"]
    if key.startswith("target."):
        first, last = value.get("from", None if "amends" in table else start), value.get("to", end)
        value = {
            **value,
            "from": None if first is None else day(first),
            "to": None if last is None else day(last),
        }
    elif key.startswith("phase."):
        value = {**value, "from": day(value["from"]), "to": day(value["to"])}
    in_force, reading = max(start, document.start), table.get("reading", False)
    return Entry(
        key=key,
        value=freeze(value),
        start=in_force,
        end=end,
        source=f"{document.short}, {section.strip()}" if section.strip() else document.short,
        document=document.id,
        force=table.get("force"),
        note=table.get("note"),
        extra=FrozenMap(
            {name: freeze(item) for name, item in table.items() if name not in ENTRY_FIELDS}
        ),
        phase=table.get("phase"),
        reading=bool(reading),
        inferred=document.inferred and in_force == document.start,
        read_parts=() if isinstance(reading, bool) else tuple(reading),
        amends=table.get("amends", False),
    )
