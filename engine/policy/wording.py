"""A schema library's errors as sentences for the person who wrote the policy file."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from engine import codes
from engine.i18n import _
from engine.model import OWN_PREFIX
from engine.policy import vocabulary
from engine.policy.lines import Lines
from engine.policy.problem import Problem

Path = Sequence[str | int]
DEPTH_OF_KEYS = 2


def problems(
    keyword: str,
    path: Path,
    *,
    expected: Any,
    found: Any,
    schema: Mapping[str, Any],
    lines: Lines,
) -> list[Problem]:
    """Return the problems behind one failed ``keyword`` of a schema at ``path``.

    ``expected`` is the keyword's own value in the schema, ``found`` the value in the file.
    """
    if keyword in ("additionalProperties", "unevaluatedProperties"):
        return [
            _unknown(path, name, schema, lines.of([*path, name])) for name in _extras(found, schema)
        ]
    if keyword == "required":
        return [_missing(path, name, lines.of(path)) for name in expected if name not in found]
    key = dotted(path)
    if keyword == "type" and expected == "array" and len(path) == DEPTH_OF_KEYS:
        return [_single_brackets(key, lines.of(path))]
    if keyword == "pattern":
        expected = schema["examples"]
    code, wanted = _wanted(keyword, expected)
    message = _('{key} is "{found}", but it should be {expected}.').format(
        key=key, found=show(found), expected=wanted
    )
    if keyword == "enum" and isinstance(found, str):
        near = vocabulary.closest(found, [str(one) for one in expected])
        if near:
            message += " " + _("Did you mean {key}?").format(key=near)
    return [Problem(code, key, show(found), wanted, message, lines.of(path))]


def dotted(path: Path) -> str:
    """Return a path as people write it: ``target.new_clubs[2].value.from``, counted from 1."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def show(value: Any) -> str:
    """Return ``value`` as the file would have it, shortened."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def _extras(found: Mapping[str, Any], schema: Mapping[str, Any]) -> list[str]:
    allowed = _allowed(schema)
    patterned = tuple(schema.get("patternProperties", ()))
    return [name for name in found if name not in allowed and not vocabulary.fits(name, patterned)]


def _allowed(schema: Mapping[str, Any]) -> set[str]:
    allowed = set(schema.get("properties", ()))
    if "unevaluatedProperties" in schema:
        allowed |= vocabulary.entry_fields()
    return allowed


def _unknown(path: Path, name: str, schema: Mapping[str, Any], line: int | None) -> Problem:
    key = dotted([*path, name])
    near = vocabulary.closest(name, _allowed(schema))
    if len(path) == 1 and isinstance(path[0], str) and path[0] in vocabulary.groups():
        suggestion = vocabulary.suggestion(key)
    elif near:
        suggestion = _("Did you mean {key}?").format(key=near)
    else:
        own = any(OWN_PREFIX in one for one in schema.get("patternProperties", ()))
        known = ", ".join([*sorted(_allowed(schema)), *([f"{OWN_PREFIX}…"] if own else ())])
        suggestion = _("Known here: {keys}.").format(keys=known)
    message = _("{key} is not a key of a policy file.").format(key=key) + " " + suggestion
    return Problem(codes.POLICY_KEY, key, name, _("a known key"), message, line)


def _single_brackets(key: str, line: int | None) -> Problem:
    return Problem(
        codes.POLICY_BRACKETS,
        key,
        f"[{key}]",
        f"[[{key}]]",
        _("{key} is written once only: put two brackets around it, [[{key}]].").format(key=key),
        line,
    )


def _missing(path: Path, name: str, line: int | None) -> Problem:
    key = dotted(path)
    if name == "source":
        return Problem(
            codes.POLICY_SOURCE,
            key,
            "",
            "source",
            _("{key} has no source: every value names the document and the section.").format(
                key=key
            ),
            line,
        )
    where = key or _("The file")
    return Problem(
        codes.POLICY_MISSING,
        dotted([*path, name]),
        "",
        name,
        _("{key} lacks {name}.").format(key=where, name=name),
        line,
    )


def _wanted(keyword: str, expected: Any) -> tuple[str, str]:
    """Return the code and the words for what a keyword of the schema asks for."""
    if keyword == "type":
        names = {
            "integer": _("a whole number"),
            "string": _("text in quotation marks"),
            "boolean": _("true or false"),
            "array": _("a list"),
            "object": _("a table"),
        }
        kinds = [expected] if isinstance(expected, str) else expected
        return codes.POLICY_TYPE, f" {_('or')} ".join(names[kind] for kind in kinds)
    if keyword == "format":
        return codes.POLICY_DATE, _("a date written year-month-day, such as 2021-07-28")
    words = {
        "enum": _("one of {values}"),
        "const": "{values}",
        "minimum": _("at least {values}"),
        "maximum": _("at most {values}"),
        "pattern": _("text such as {values}"),
        "minItems": _("a list of at least {values}"),
        "minLength": _("text that is not empty"),
        "minProperties": _("a table with at least {values} value"),
        "uniqueItems": _("a list without repetitions"),
    }
    several = expected if isinstance(expected, list) else [expected]
    values = ", ".join(one if isinstance(one, str) else json.dumps(one) for one in several)
    return codes.POLICY_VALUE, words.get(keyword, _("absent here")).format(values=values)
