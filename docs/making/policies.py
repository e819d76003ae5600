"""The reference of the policy file: every key, the shape of its value, who uses it and where.

What holds for every key is on the first page; the others have the keys, a table a group.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
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
    "amends": "`true` for a value that continues the one before it (sửa đổi): that one ends the "
    "day before, and what is counted goes on from its first day",
    "reading": "`true` for your reading of a sentence that is not clear; cited as such, not as the "
    'document\'s own word. Where only a part is read, the names of the parts: `["min"]` for "70%" '
    "read as at least 70%",
}


CHAPTERS = {
    "who": ("Who does what", ("roles", "lead", "duty")),
    "clubs": ("What a club is", ("membership", "appraisal", "activities", "meeting", "indicator")),
    "money": ("Money", ("grant", "budget", "fund", "sources", "funding")),
    "targets": ("Targets", ("phase", "target", "measure", "history")),
    "calendar": (
        "What recurs",
        ("training", "supervision", "review", "inspection", "support", "recording"),
    ),
    "own": ("Fields and steps of its own", ("form", "step", "paper")),
    "reports": ("Reports and who gets them", ("report", "routing", "recipients")),
    "texts": ("Grounds, units and settings", ("basis", "communes", "value", "setting", "note")),
}
"""Each page of keys: its title and its groups."""
EACH = "Each of them"
"""Whose fields follow, where all keys of a group have the same."""


def pages() -> dict[str, Callable[[], str]]:
    """Return the maker of each page by its name below docs/: the first, then one a chapter."""
    found: dict[str, Callable[[], str]] = {"reference/policy-keys.md": partial(_english, _first)}
    for name in CHAPTERS:
        found[f"reference/policy/{name}.md"] = partial(_english, partial(_chapter, name))
    return found


def _english(page: Callable[[], str]) -> str:
    """Return a page, its sentences in English whatever language is in use."""
    before = i18n.language()
    try:
        i18n.use("en")
        return page()
    finally:
        i18n.use(before)


def _first() -> str:
    schema, shapes = schemas.load("policy"), Shapes(schemas.load("policy_values")["$defs"])
    names = "\n".join(f"policy/{name}" for name in CHAPTERS)
    toctree = f"\n```{{toctree}}\n:hidden:\n\n{names}\n```\n"
    return opening("Policy keys", ABOUT) + _groups(schema) + _head(schema, shapes) + toctree


def _groups(schema: dict[str, Any]) -> str:
    """Return the groups of keys in one table, each with its keys and its page."""
    rows = []
    for name, (title, groups) in CHAPTERS.items():
        for group in groups:
            keys = ", ".join(code(key.partition(".")[2]) for key in _keys(schema, group))
            link = f"[{code(group)}](policy/{name}.md#{group})"
            page = title if group == groups[0] else ""
            rows.append((page, link, schema["properties"][group]["title"], keys))
    return "## All keys\n\n" + table(("page", "group", "about", "keys"), rows) + "\n"


def _keys(schema: dict[str, Any], group: str) -> dict[str, dict[str, Any]]:
    """Return the keys of a group, those with names of the province's own last."""
    inner = schema["properties"][group]
    return {
        **{f"{group}.{name}": one for name, one in inner.get("properties", {}).items()},
        **{_pattern_key(group, pattern): one for pattern, one in vocabulary.patterns(group)},
    }


def _pattern_key(group: str, pattern: str) -> str:
    if group == "form":
        return "form.STEP.own_…"
    return f"{group}.own_…" if pattern.startswith("^own_") else f"{group}.…"


@cache
def _shown() -> dict[str, tuple[str, str]]:
    """Return the page and the group that show each table of fields: the first that have it."""
    schema, shapes = schemas.load("policy"), Shapes(schemas.load("policy_values")["$defs"])
    found: dict[str, tuple[str, str]] = {}
    for name, (_title, groups) in CHAPTERS.items():
        for group in groups:
            for one in _keys(schema, group).values():
                found.setdefault(_fields(_shape_of(one), shapes), (name, group))
    return found


def _chapter(name: str) -> str:
    schema, shapes = schemas.load("policy"), Shapes(schemas.load("policy_values")["$defs"])
    policies = {province: _policy(province) for province in PROVINCES}
    title, groups = CHAPTERS[name]
    about = (
        "What every value has besides (`source`, `from`, `to`, `force` ...) is on "
        "[the first page](../policy-keys.md#fields-that-every-value-has)."
    )
    parts = [opening(f"Policy keys: {title[0].lower()}{title[1:]}", about)]
    for group in groups:
        keys = _keys(schema, group)
        parts.append(f"## {group}\n\n{schema['properties'][group]['title']}.\n\n")
        parts.append(_listed(keys, policies))
        alike: dict[str, list[str]] = {}
        for key, one in keys.items():
            alike.setdefault(_shape_of(one), []).append(key)
        for shape, those in alike.items():
            named = ", ".join(map(code, those))
            parts.append(f"**{EACH if len(those) == len(keys) > 1 else named}**\n\n")
            parts.append(_values(shape, shapes, (name, group)))
            parts.append(_example(those, shape, shapes, policies))
    return "".join(parts).rstrip() + "\n"


def _shape_of(one: dict[str, Any]) -> str:
    return str(one["$ref"]).rpartition("/")[2]


def _listed(keys: dict[str, dict[str, Any]], policies: dict[str, Policy]) -> str:
    """Return the keys of a group in one table: what each states, who judges by it, where it is.

    Names of the provinces' own are listed below it.
    """
    rows, own = [], ""
    for key, one in keys.items():
        judged = ", ".join(map(code, _judging(key)))
        if key.endswith("…"):
            lines = "".join(f"- {used}\n" for used in _named(key, policies))
            by = f" Judged by it: {judged}." if judged else ""
            own += f"{code(key)} takes names of the province's own.{by}\n\n"
            own += f"{lines}\n" if lines else ""
            continue
        used = " <br> ".join(_used(key, policies))
        rows.append((code(key), one.get("title", ""), judged, used))
    headings = ("key", "what it states", "judged by it", "stated by")
    kept = [place for place in range(len(headings)) if any(row[place] for row in rows)]
    shown = [[row[place] for place in kept] for row in (headings, *rows)]
    return (f"{table(shown[0], shown[1:])}\n" if rows else "") + own


def _judging(key: str) -> list[str]:
    """Return the codes of the findings that rest on a key, or on names of the province's own."""
    named, step = key.replace("…", "x"), key.removeprefix("roles.")
    return sorted(one for one in codes.catalogue().values() if named in one.keys_of(step))


def _used(key: str, policies: dict[str, Policy]) -> Iterator[str]:
    """Yield where each province's documents state a key."""
    for province, policy in policies.items():
        places = dict.fromkeys(
            one.source.replace(policy.document(one.document).short, one.document, 1)
            for one in policy.entries_of(key)
        )
        if places:
            listed = "; ".join(places).replace("*", r"\*")
            yield f"**{province}** {listed}"


def _named(key: str, policies: dict[str, Policy]) -> Iterator[str]:
    """Yield the keys of each province's own that a pattern (``duty.…``) takes."""
    for province, policy in policies.items():
        names = [code(one.partition(".")[2]) for one in _own(key, policy)]
        if names:
            yield f"**{province}** {', '.join(names)}"


def _own(key: str, policy: Policy) -> list[str]:
    """Return a province's keys that a pattern (``duty.…``, ``target.own_…``) takes."""
    begins, fixed = key.removesuffix("…"), vocabulary.keys()
    return sorted(one for one in policy.entries if one.startswith(begins) and one not in fixed)


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
    measures = [(code(one), MEASURES[one].sentence) for one in target["measure"]["else"]["enum"]]
    parts.append(
        "## Kinds of targets, and what they measure\n\nA value of `target.*` names its kind and "
        "the measure it is held against.\n\n"
        f"{table(('kind', 'meaning'), kinds)}\n{table(('measure', 'what is counted'), measures)}\n"
    )
    return "".join(parts)


def _fields(name: str, shapes: Shapes) -> str:
    """Return what a value of a shape may be: a line for one field, a table for several."""
    rows = [(code(field), shape, meaning(name, field)) for field, shape in shapes.entry(name)]
    if len(rows) == 1:
        return f"{rows[0][0]}: {'; '.join(filter(None, rows[0][1:]))}.\n"
    if any(row[2] for row in rows):
        return table(("field", "value", "meaning"), rows)
    return table(("field", "value"), [row[:2] for row in rows])


def _values(name: str, shapes: Shapes, here: tuple[str, str]) -> str:
    """Return the fields of a shape; where a group before this one has the same, lead to it."""
    found = _fields(name, shapes)
    page, group = _shown()[found]
    if found.startswith("|") and (page, group) != here:
        return f"Fields: those of [{code(group)}]({page}.md#{group}).\n\n"
    return found + "\n"


def _example(keys: list[str], shape: str, shapes: Shapes, policies: dict[str, Policy]) -> str:
    """Return the first entry of one of the keys that a province writes, else one made up."""
    for key in keys:
        for province, policy in policies.items():
            for name in _own(key, policy) if key.endswith("…") else [key]:
                if found := next(_written(province, name), None):
                    return _folded(f"An example, as {province} writes it", found)
    key = keys[0].replace("…", "ten_rieng").replace("STEP", "supervise")
    fields = "".join(f"\n{field} = {value}" for field, value in shapes.sample(shape).items())
    return _folded(
        "An example; no province of the four states it",
        f'[[{key}]]{fields}\nsource = "KH1, II.1"',
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
