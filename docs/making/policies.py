"""The reference of the policy file: every key, the shape of its value, who uses it and where."""

import re
from collections.abc import Iterator
from typing import Any

import schemas
from engine import codes, i18n
from engine.policy import vocabulary
from engine.policy.files import read_policy
from engine.policy.model import Policy
from engine.targets.measures import MEASURES
from making.meanings import meaning
from making.page import PROVINCES, ROOT, code, opening, table
from making.shapes import Shapes

ABOUT = (
    "A policy file states what a province's documents stipulate: `[[group.key]]`, a value, the "
    "place\nit is from. Several entries of one key hold one after the other in time. What no "
    "document\nstates is left out; it is then answered `not stipulated`, never 0. The titles are "
    "the schema's\nown (they are what `clb policy show` prints)."
)
FORCES = {
    "norm": "a figure that must be reached (chỉ tiêu)",
    "goal": "one to strive for (phấn đấu)",
    "funding": "an amount of money, or what it is for: a grant, a budget (mức kinh phí)",
    "procedure": "a step or a duty of procedure (trình tự)",
    "task": "a task given to somebody (nhiệm vụ)",
    "request": "what somebody is asked for who cannot be given a task (đề nghị)",
    "history": "what has been, not what is asked (số liệu đã qua)",
    "optional": "planned, to be decided later (dự kiến)",
}
TARGETS = {
    "floor": "at least so many (ít nhất 40)",
    "stretch": "so many if it can be done (phấn đấu khoảng 150); missing it is no failure",
    "named": "these communes, by name: the value lists them in `communes`",
    "budget": "at most so much: a cap, not an aim",
    "coverage": "a share, or a number, of communes or villages; each is counted once",
    "share": "a share of clubs or people, in percent",
}
MEANINGS = {
    "value": "what the document states; its shape is at each key",
    "source": "the document's id, a comma, the place in it: `QD1, Phần thứ ba, I.2`",
    "from": "first day it holds, never before the document's own; left out: that day",
    "to": "last day it holds; left out: the document's own last day",
    "phase": "the `phase.*` it belongs to, in place of `from` and `to`; nothing of a phase holds "
    "before the document's own first day",
    "force": "how binding it is",
    "note": "a remark for the reader, printed with the value",
    "reading": "`true` for your reading of a sentence that is not clear; cited as such, not as the "
    'document\'s own word. Where only a part is read, the names of the parts: `["min"]` for "70%" '
    "read as at least 70%",
}


def page() -> str:
    """Return the page, its sentences in English whatever language is in use."""
    before = i18n.language()
    try:
        i18n.use("en")
        return _page()
    finally:
        i18n.use(before)


def _page() -> str:
    schema, shapes = schemas.load("policy"), Shapes(schemas.load("policy_values")["$defs"])
    policies = {province: _policy(province) for province in PROVINCES}
    parts = [opening("Policy keys", ABOUT), _head(schema, shapes)]
    for group in vocabulary.groups():
        inner = schema["properties"][group]
        parts.append(f"## `{group}`: {inner['title']}\n\n")
        for name, one in inner.get("properties", {}).items():
            parts.append(_key(f"{group}.{name}", one, shapes, policies))
        for pattern, one in inner.get("patternProperties", {}).items():
            parts.append(_own(group, pattern, one, shapes, policies))
    return "".join(parts).rstrip() + "\n"


def _policy(province: str) -> Policy:
    path = _file(province)
    return read_policy(path.read_bytes(), origin=path.name)


def _file(province: str) -> Any:
    return ROOT / "plugins" / province / f"clb_{province}" / "policy.toml"


def _head(schema: dict[str, Any], shapes: Shapes) -> str:
    parts = []
    for name, about in (
        ("province", "One table, `[province]`, names whose file it is."),
        ("document", "Each document that a value is taken from is one `[[document]]`."),
    ):
        part = schema["properties"][name]
        part = part.get("items", part)
        rows = [
            (code(field), shapes.described(inner), "yes" if field in part["required"] else "")
            for field, inner in part["properties"].items()
        ]
        parts.append(f"## `{name}`\n\n{about}\n\n{table(('field', 'value', 'needed'), rows)}\n")
    entry = shapes.defs["entry"]
    rows = [
        (code(name), MEANINGS[name], "yes" if name in entry["required"] else "")
        for name in entry["properties"]
    ]
    parts.append(
        "## Fields that every value has\n\n" + table(("field", "meaning", "needed"), rows) + "\n"
    )
    forces = [(code(one), FORCES[one]) for one in entry["properties"]["force"]["enum"]]
    parts.append(table(("force", "meaning"), forces) + "\n")
    target = shapes.defs["target"]["properties"]
    kinds = [(code(one), TARGETS[one]) for one in target["kind"]["enum"]]
    measures = [(code(one), MEASURES[one].sentence) for one in target["measure"]["enum"]]
    parts.append(
        "## Kinds of targets, and what they measure\n\nA value of `target.*` names its kind and "
        "the measure it is held against.\n\n"
        f"{table(('kind', 'meaning'), kinds)}\n{table(('measure', 'what is counted'), measures)}\n"
    )
    return "".join(parts)


def _key(key: str, one: dict[str, Any], shapes: Shapes, policies: dict[str, Policy]) -> str:
    name = str(one["$ref"]).rpartition("/")[2]
    return (
        f"### `{key}`\n\n{one.get('title', '')}\n\n"
        + _shape(name, shapes)
        + _judged(key)
        + _example(key, name, shapes)
        + _used([key], policies)
    )


def _own(
    group: str, pattern: str, one: dict[str, Any], shapes: Shapes, policies: dict[str, Policy]
) -> str:
    prefix = "own_" if pattern.startswith("^own_") else ""
    key = f"{group}.{prefix}…"
    name = str(one["$ref"]).rpartition("/")[2]
    fixed = vocabulary.keys()
    named = {used for policy in policies.values() for used in policy.entries} - fixed
    used = sorted(one for one in named if one.startswith(f"{group}.{prefix}"))
    return (
        f"### `{key}`\n\nNames of the province's own "
        f"(`{pattern}`).\n\n"
        + _shape(name, shapes)
        + _example(used[0] if used else f"{group}.{prefix}ten_rieng", name, shapes)
        + _used(used, policies)
    )


def _shape(name: str, shapes: Shapes) -> str:
    rows = [(code(field), shape, meaning(name, field)) for field, shape in shapes.entry(name)]
    if not any(row[2] for row in rows):
        return table(("field", "value"), [row[:2] for row in rows]) + "\n"
    return table(("field", "value", "meaning"), rows) + "\n"


def _judged(key: str) -> str:
    step = key.removeprefix("roles.")
    judged = sorted(one for one in codes.catalogue().values() if key in one.keys_of(step))
    return f"Judged by it: {', '.join(map(code, judged))}.\n\n" if judged else ""


def _example(key: str, name: str, shapes: Shapes) -> str:
    for province in PROVINCES:
        if found := next(_written(province, key), None):
            return f"As {province} writes it:\n\n```toml\n{found}\n```\n\n"
    value = shapes.sample(name)
    return (
        "No province of the four states it; it would be written so:\n\n"
        f'```toml\n[[{key}]]\nvalue = {value}\nsource = "KH1, II.1"\n```\n\n'
    )


def _written(province: str, key: str) -> Iterator[str]:
    """Yield each entry of a key as the province's file has it, without the comments around it."""
    text = _file(province).read_text(encoding="utf-8")
    for match in re.finditer(rf"^\[\[{re.escape(key)}\]\]\n(.*?)(?=^\[|\Z)", text, re.M | re.S):
        lines = match[0].splitlines()
        while lines and (not lines[-1].strip() or lines[-1].startswith("#")):
            lines.pop()
        yield "\n".join(re.sub(r"\s+# .*$", "", line) for line in lines)


def _used(keys: list[str], policies: dict[str, Policy]) -> str:
    rows = [
        (code(province), code(key) if len(keys) > 1 else "", _days(one), one.source)
        for province, policy in policies.items()
        for key in keys
        for one in policy.entries_of(key)
    ]
    if not rows:
        return ""
    headings = ("province", "key", "holds", "where it is stated")
    if len(keys) == 1:
        rows = [(row[0], *row[2:]) for row in rows]
        headings = (headings[0], *headings[2:])
    return table(headings, dict.fromkeys(rows)) + "\n"


def _days(one: Any) -> str:
    return f"{one.start} to {one.end}" if one.end else f"from {one.start}"
