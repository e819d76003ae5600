"""From the bytes of a policy file to a Policy.

``parse_policy`` is quick: it refuses what it cannot read and keys nobody knows, and imports no
schema library. ``read_policy`` checks everything first.
"""

import hashlib
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any

from engine.frozen import FrozenMap, freeze
from engine.i18n import _
from engine.policy import vocabulary
from engine.policy.model import Document, Entry, Policy
from engine.policy.problem import PolicyFileError, Problem

ENTRY_FIELDS = frozenset({"value", "from", "to", "phase", "source", "force", "note"})


def read_policy(data: bytes, *, origin: str) -> Policy:
    """Read and check a policy file; ``origin`` names it in messages.

    Raises PolicyFileError (a PolicyError) listing every mistake.
    """
    from engine.policy.check import check_policy

    problems = check_policy(data, origin=origin)
    if problems:
        raise PolicyFileError(origin, problems)
    return parse_policy(data, origin=origin)


def parse_policy(data: bytes, *, origin: str) -> Policy:
    """Read a policy file that has been checked before.

    Raises PolicyFileError, with every mistake, when something in it cannot be understood.
    """
    raw = load(data, origin=origin)
    try:
        return build(raw, origin=origin)
    except (PolicyFileError, KeyError, TypeError, ValueError, AttributeError) as error:
        from engine.policy.check import check_policy

        problems = check_policy(data, origin=origin)
        if problems:
            raise PolicyFileError(origin, problems) from error
        raise


def load(data: bytes, *, origin: str) -> dict[str, Any]:
    """Read the TOML as plain tables, its text in Unicode NFC.

    Raises PolicyFileError when it is not UTF-8 or not TOML.
    """
    try:
        text = unicodedata.normalize("NFC", data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        found = _("bytes that are not UTF-8, from position {position}").format(position=error.start)
        message = _("The file is not saved as UTF-8.")
        problem = Problem("CLB-POLICY-ENCODING", "", found, "UTF-8", message)
        raise PolicyFileError(origin, (problem,)) from error
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise PolicyFileError(origin, (_not_toml(str(error)),)) from error


def _not_toml(detail: str) -> Problem:
    at_line = re.search(r"at line (\d+)", detail)
    if "overwrite" in detail or "twice" in detail:
        message = _("The same key is written twice; keep one of them.")
    else:
        message = _(
            "The file breaks the rules of TOML: look at this line and the one before it for "
            "a missing quotation mark, bracket or equals sign."
        )
    line = int(at_line[1]) if at_line else None
    return Problem("CLB-POLICY-TOML", "", detail, "TOML", message, line)


def build(raw: Mapping[str, Any], *, origin: str) -> Policy:
    """Make the Policy of tables that ``load`` has read."""
    province = raw["province"]
    documents = documents_of(raw)
    entries = {
        key: tuple(sorted(found, key=lambda entry: entry.start))
        for key, found in _entries(raw, {document.id: document for document in documents}, origin)
    }
    return Policy(
        province_id=province["id"],
        name=province["name"],
        prefix=province["prefix"],
        kind=province.get("kind", "province"),
        documents=documents,
        entries=FrozenMap(entries),
        digest=digest(raw),
        origin=origin,
        api_version=province.get("api_version", "1.0"),
    )


def digest(raw: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON of what the file says.

    Raises ValueError for a number with a decimal point, which would not be exact.
    """
    text = json.dumps(plain(raw), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """Return ``value`` with dates as ISO text.

    Raises ValueError for what JSON cannot say exactly: a decimal point, a clock time.
    """
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, float | datetime | time):
        raise ValueError(_("{value} is neither a whole number nor a date").format(value=value))
    if isinstance(value, date):
        return value.isoformat()
    return value


@cache
def general() -> Policy:
    """Return what comes from no province: the national law and the general procedure."""
    resource = files("engine.policy").joinpath("general.toml")
    return parse_policy(resource.read_bytes(), origin="engine/policy/general.toml")


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
    )


def _entries(
    raw: Mapping[str, Any], documents: Mapping[str, Document], origin: str
) -> Iterator[tuple[str, list[Entry]]]:
    phases = {name: period(dated[-1]["value"]) for name, dated in raw.get("phase", {}).items()}
    for group, tables in raw.items():
        if group in vocabulary.NOT_KEYS:
            continue
        for name, dated in tables.items():
            key = f"{group}.{name}"
            if not vocabulary.is_known(key):
                message = _("There is no policy key {key}.").format(key=key)
                problem = Problem("CLB-POLICY-KEY", key, name, _("a known key"), message)
                raise PolicyFileError(origin, (problem,))
            yield key, [make_entry(key, table, documents, phases) for table in dated]


def make_entry(
    key: str,
    table: Mapping[str, Any],
    documents: Mapping[str, Document],
    phases: Mapping[str, tuple[date, date]],
) -> Entry:
    """Make one dated value: its dates are its own, else its phase's, else its document's.

    The period a target counts is its own ``from`` and ``to``, else the dates it is in force.
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
        last = value.get("to", end)
        value = {
            **value,
            "from": day(value.get("from", start)),
            "to": None if last is None else day(last),
        }
    elif key.startswith("phase."):
        value = {**value, "from": day(value["from"]), "to": day(value["to"])}
    return Entry(
        key=key,
        value=freeze(value),
        start=start,
        end=end,
        source=f"{document.short}, {section.strip()}" if section.strip() else document.short,
        document=document.id,
        force=table.get("force"),
        note=table.get("note"),
        extra=FrozenMap(
            {name: freeze(item) for name, item in table.items() if name not in ENTRY_FIELDS}
        ),
    )
