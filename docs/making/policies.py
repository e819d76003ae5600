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
Shown = dict[str, str]
"""Each table of fields, and the first key that has it."""

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
    parts = [opening("Policy keys", ABOUT), _groups(schema), _head(schema, shapes)]
    shown: Shown = {}
    for group in vocabulary.groups():
        inner = schema["properties"][group]
        parts.append(f"## `{group}`: {inner['title']}\n\n")
        for name, one in inner.get("properties", {}).items():
            parts.append(_key(f"{group}.{name}", one, shapes, shown, policies))
        for pattern, one in inner.get("patternProperties", {}).items():
            parts.append(_own(group, pattern, one, shapes, shown, policies))
    return "".join(parts).rstrip() + "\n"


def _groups(schema: dict[str, Any]) -> str:
    """Return the groups of keys in one table, each with its keys."""
    rows = []
    for group in vocabulary.groups():
        inner = schema["properties"][group]
        keys = [f"{group}.{name}" for name in inner.get("properties", {})]
        keys += [_pattern_key(group, pattern) for pattern in inner.get("patternProperties", {})]
        rows.append((code(group), inner["title"], ", ".join(map(_link, keys))))
    return "## All keys\n\n" + table(("group", "about", "keys"), rows) + "\n"


def _link(key: str) -> str:
    _group, _dot, name = key.partition(".")
    return f"[{name}](#{_anchor(key)})"


def _anchor(key: str) -> str:
    return re.sub(r"[^a-z0-9_]", "", key)


def _pattern_key(group: str, pattern: str) -> str:
    return f"{group}.own_…" if pattern.startswith("^own_") else f"{group}.…"


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


def _key(
    key: str, one: dict[str, Any], shapes: Shapes, shown: Shown, policies: dict[str, Policy]
) -> str:
    name = str(one["$ref"]).rpartition("/")[2]
    return (
        f"### `{key}`\n\n{one.get('title', '')}\n\n"
        + _shape(key, name, shapes, shown)
        + _judged(key)
        + _used([key], policies)
        + _example(key, name, shapes)
    )


def _own(
    group: str,
    pattern: str,
    one: dict[str, Any],
    shapes: Shapes,
    shown: Shown,
    policies: dict[str, Policy],
) -> str:
    key = _pattern_key(group, pattern)
    prefix = "own_" if pattern.startswith("^own_") else ""
    name = str(one["$ref"]).rpartition("/")[2]
    fixed = vocabulary.keys()
    named = {used for policy in policies.values() for used in policy.entries} - fixed
    used = sorted(one for one in named if one.startswith(f"{group}.{prefix}"))
    return (
        f"### `{key}`\n\nNames of the province's own "
        f"(`{pattern}`).\n\n"
        + _shape(key, name, shapes, shown)
        + _used(used, policies)
        + _example(used[0] if used else f"{group}.{prefix}ten_rieng", name, shapes)
    )


def _shape(key: str, name: str, shapes: Shapes, shown: Shown) -> str:
    """Return the table of what a value may be; where a key above has the same, lead to it."""
    rows = [(code(field), shape, meaning(name, field)) for field, shape in shapes.entry(name)]
    if len(rows) == 1:
        found = f"{rows[0][0]}: {'; '.join(filter(None, rows[0][1:]))}.\n"
    elif any(row[2] for row in rows):
        found = table(("field", "value", "meaning"), rows)
    else:
        found = table(("field", "value"), [row[:2] for row in rows])
    first = shown.setdefault(found, key)
    if first != key and len(rows) > 1:
        return f"Fields: those of [`{first}`](#{_anchor(first)}).\n\n"
    return found + "\n"


def _judged(key: str) -> str:
    step = key.removeprefix("roles.")
    judged = sorted(one for one in codes.catalogue().values() if key in one.keys_of(step))
    return f"Judged by it: {', '.join(map(code, judged))}.\n\n" if judged else ""


def _example(key: str, name: str, shapes: Shapes) -> str:
    for province in PROVINCES:
        if found := next(_written(province, key), None):
            return _folded(f"An example, as {province} writes it", found)
    value = shapes.sample(name)
    return _folded(
        "An example; no province of the four states it",
        f'[[{key}]]\nvalue = {value}\nsource = "KH1, II.1"',
    )


def _folded(title: str, toml: str) -> str:
    """Return an example that a reader unfolds."""
    return f"<details><summary>{title}</summary>\n\n```toml\n{toml}\n```\n\n</details>\n\n"


def _written(province: str, key: str) -> Iterator[str]:
    """Yield each entry of a key as the province's file has it, without the comments around it."""
    text = _file(province).read_text(encoding="utf-8")
    for match in re.finditer(rf"^\[\[{re.escape(key)}\]\]\n(.*?)(?=^\[|\Z)", text, re.M | re.S):
        lines = match[0].splitlines()
        while lines and (not lines[-1].strip() or lines[-1].startswith("#")):
            lines.pop()
        yield "\n".join(re.sub(r"\s+# .*$", "", line) for line in lines)


def _used(keys: list[str], policies: dict[str, Policy]) -> str:
    """Return where each province's documents state the keys, one province a line."""
    lines = []
    for province, policy in policies.items():
        places = [
            f"{f'{code(key)} ' if len(keys) > 1 else ''}{one.source} ({_days(one)})"
            for key in keys
            for one in policy.entries_of(key)
        ]
        if places:
            lines.append(f"- {code(province)}: {'; '.join(dict.fromkeys(places))}\n")
    return f"{''.join(lines)}\n" if lines else ""


def _days(one: Any) -> str:
    return f"{one.start} to {one.end}" if one.end else f"from {one.start}"
