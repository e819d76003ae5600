"""A step's form: read from ``schemas/forms``, filled in from text, checked, frozen.

Prompts, messages and documentation are made from the same schema, so a field is named once.
"""

import difflib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, TypeVar

import schemas
from engine import codes, words
from engine.errors import InputError
from engine.frozen import EMPTY, FrozenMap, freeze, thaw
from engine.i18n import _, language
from engine.rules.own import OWN, is_own
from engine.rules.request import reach
from engine.vietnamese.reading import (
    read_choice,
    read_day,
    read_money,
    read_rate,
    read_yes_no,
)
from engine.vietnamese.text import clean, is_text, iso_day, means, unmarked
from engine.words import Words

T = TypeVar("T")
ID = re.compile("[a-z][a-z0-9_]*")
NO_HYPHEN = "^[^-–—]"
"""What the schemas ask of a club's name: one with a hyphen before it would read as an option."""
DEEPEST = 20
"""Groups of fields inside each other that a form may have; the deepest of ours has four."""
_AMONG_PEOPLE = re.compile(r"\s*[,;\n]\s*")
_BETWEEN = re.compile(r"\s*[,;]\s*|\s+và\s+|\s+va\s+")
MOST_DIGITS = 18
"""Digits of a whole number: more than all money there is, and what every database holds."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. ``required`` counts only when the object around it is there.

    ``personal`` marks what names or describes a member of a club (``x-personal`` in the schema): it
    is put into the log as an id, never as it was typed. ``help`` says what is meant and where to
    find it (``x-help``), ``example`` is one as people type it (``x-example``). ``meaning`` is what
    a number or text refers to: a year, a record, a place (``x-kind``). ``asked`` marks a field
    that may stay empty and is asked about all the same (``x-asked``). ``source`` is the article of
    a field that only this province has.
    """

    path: str
    title: str
    kind: str  # string, date, integer, boolean, array, object
    required: bool
    choices: tuple[str, ...] = ()
    item_choices: tuple[str, ...] = ()
    of_ids: bool = False  # a list of ids, which may be typed with commas between
    personal: bool = False
    money: bool = False  # an amount in đồng (``x-money`` in the schema)
    titles: tuple[str, ...] = ()  # in every language, as people may type them for the path
    help: str | None = None
    example: str | None = None
    meaning: str | None = None
    asked: bool = False
    source: str | None = None
    called: Mapping[str, str] = EMPTY  # the choices that only this province has


Own = FrozenMap | None
"""The schema of the fields that a province adds to a step's form (``rules.own``), if it does."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What typed texts are read by, besides the form's own schema.

    ``today`` is what "hôm nay" counts from. ``words`` returns, for the path of a field, the words
    of the codes that a province's policy lists for it; none for most fields. ``own`` returns the
    fields that the province adds to a step.
    """

    today: date | None = None
    words: Callable[[str], Words] = lambda _path: {}
    own: Callable[[str], Own] = lambda _step: None


PLAIN = Reader()
"""Reads what needs neither a day nor a province."""


def title(schema: Mapping[str, Any]) -> str:
    """Return a schema's title in the language in use."""
    return str(schema.get("x-en" if language() == "en" else "title", ""))


@cache
def schema(step: str, own: Own = None) -> Mapping[str, Any]:
    """Return the schema of a step's form; all steps of a province's own have one."""
    plain = schemas.load(f"forms/{OWN if is_own(step) else step}")
    if own is None:
        return plain
    group_ = thaw(own)
    choices = group_.pop("x-choices")
    required = [*plain.get("required", ()), *([OWN] if own["required"] else ())]
    properties = {**plain["properties"], **({OWN: group_} if group_["properties"] else {})}
    for path, called in choices.items():
        field_, several = properties[path], "items" in properties[path]
        one = field_["items"] if several else field_
        more = {"enum": [*one["enum"], *called]}
        wider = {"items": {**one, **more}} if several else more
        properties[path] = {**field_, **wider, "x-called": called}
    return {**plain, "properties": properties, "required": required}


@cache
def _fields(step: str, own: Own, speaking: str) -> tuple[Field, ...]:
    del speaking
    return tuple(_walk(schema(step, own), "", True))


def fields(step: str, own: Own = None) -> tuple[Field, ...]:
    """Return the form's fields in order, nested ones by dotted path."""
    return _fields(step, own, language())


def _walk(part: Mapping[str, Any], prefix: str, required: bool) -> Iterator[Field]:
    for name, inner in part["properties"].items():
        path = f"{prefix}{name}"
        needed = required and name in part.get("required", ())
        if inner["type"] == "object" and "properties" in inner:
            yield from _walk(inner, f"{path}.", needed)
            continue
        kind = "date" if inner.get("format") == "date" else inner["type"]
        yield Field(
            path,
            title(inner),
            kind,
            needed,
            tuple(inner.get("enum", ())),
            tuple(inner.get("items", {}).get("enum", ())),
            bool({"enum", "pattern"} & set(inner.get("items", {}))),
            bool(inner.get("x-personal")),
            bool(inner.get("x-money")),
            tuple(filter(None, (inner.get("title"), inner.get("x-en")))),
            inner.get("x-help-en" if language() == "en" else "x-help"),
            inner.get("x-example"),
            inner.get("x-kind"),
            bool(inner.get("x-asked")),
            inner.get("x-source"),
            FrozenMap(inner.get("x-called", {})),
        )


def personal(step: str, own: Own = None) -> tuple[str, ...]:
    """Return the paths of the fields that the log may hold only as ids of people."""
    return tuple(one.path for one in fields(step, own) if one.personal)


def field(step: str, path: str, own: Own = None) -> Field:
    """Return one field, by its path or its title. Raises ``InputError`` naming the nearest ones."""
    return _field(step, path, own, language())


@lru_cache(maxsize=4096)
def _field(step: str, path: str, own: Own, speaking: str) -> Field:
    del speaking
    every = fields(step, own)
    for one in every:
        if one.path == path or (path.startswith(f"{one.path}.") and one.kind == "object"):
            return one
    titled = [one for one in every if any(means(path, name) for name in one.titles)]
    if len(titled) == 1:
        return titled[0]
    known = [f"{one.path} ({one.title})" for one in every]
    names = {name: f"{one.path} ({one.title})" for one in every for name in _names(one)}
    near = list(
        dict.fromkeys(names[name] for name in difflib.get_close_matches(unmarked(path), names, n=3))
    )
    raise InputError(
        _("The form of “{step}” has no field “{path}”.").format(step=step, path=path),
        code=codes.FORM_FIELD,
        help=_("Did you mean: {names}?").format(names=", ".join(near))
        if near
        else _("Its fields are: {names}.").format(names=", ".join(known)),
    )


def _names(one: Field) -> tuple[str, ...]:
    """Return what people may have been typing when they meant a field."""
    return one.path, *map(unmarked, one.titles)


def assign(
    step: str,
    data: dict[str, Any],
    assignments: Iterable[tuple[str, str]],
    reader: Reader = PLAIN,
) -> None:
    """Put ``path=text`` pairs into ``data``, each read by its schema, in Vietnamese too.

    A list is given as JSON or by repeating its path. Raises ``InputError``.
    """
    for path, text in assignments:
        one = field(step, path, reader.own(step))
        if path.startswith(f"{one.path}.") and one.kind == "object":
            place(data, path, _loose(text))
            continue
        value = read_value(one, text, reader)
        if one.kind == "array":
            there = reach(data, one.path) or []
            if not isinstance(there, list):
                raise _wrong(one, str(there), _("a list"))
            place(data, one.path, [*there, *value])
        else:
            place(data, one.path, value)


def place(data: dict[str, Any], path: str, value: Any) -> None:
    """Set a dotted path in nested dictionaries. Raises ``InputError`` for a value in its way."""
    *parents, last = path.split(".")
    for name in parents:
        data = group(data, name)
    data[last] = value


def group(data: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a group of fields, which is made where there is none. Raises ``InputError``."""
    found = data.setdefault(name, {})
    if not isinstance(found, dict):
        raise InputError(
            _("“{name}” is a group of fields, not “{value}”.").format(
                name=name, value=str(found)[:80]
            ),
            code=codes.FORM_VALUE,
            help=_("Correct the fields named and try again."),
        )
    return found


def understood(step: str, data: Mapping[str, Any], reader: Reader = PLAIN) -> dict[str, Any]:
    """Return a form whose texts are read as :func:`assign` reads them, as a file has them.

    What is no text is left as it is, and so is what no field takes. Raises ``InputError``.
    """
    read: dict[str, Any] = {}
    for name, value in data.items():
        read[name] = dict(value) if isinstance(value, Mapping) else value
    for one in fields(step, reader.own(step)):
        try:
            value = reach(read, one.path)
        except InputError:
            continue
        if one.kind == "array" and isinstance(value, list):
            place(read, one.path, [_item(one, item, reader) for item in value])
        elif isinstance(value, str) and one.kind not in ("array", "object"):
            place(read, one.path, read_value(one, value, reader))
    return read


def read_value(one: Field, text: str, reader: Reader = PLAIN) -> Any:
    """Read typed text as the field's kind. Raises ``InputError`` naming what was expected."""
    text = clean(text)
    if one.kind == "integer":
        return _integer(one, text)
    if one.kind == "boolean":
        return _named(one, lambda: read_yes_no(text))
    if one.kind == "date":
        return read_day(text, reader.today).isoformat()
    if one.kind == "array":
        return _list(one, text, reader)
    if one.kind == "object":
        return load_json(text)
    if one.choices:
        return _named(one, lambda: words.read(one.choices, text, one.called))
    return text


def _named(one: Field, read: Callable[[], T]) -> T:
    """Read a value; a refusal says which field it is about."""
    try:
        return read()
    except InputError as error:
        raise InputError(
            f"{one.title} ({one.path}): {error.message}", code=codes.FORM_VALUE, help=error.help
        ) from error


def _integer(one: Field, text: str) -> int:
    if one.money and not text.startswith("-"):
        return _named(one, lambda: read_money(text))
    if one.meaning == "rate":
        return _named(one, lambda: read_rate(text))
    amount = _unitless(one, text.removesuffix("đồng").strip())
    digits = amount.replace(".", "").replace("_", "").replace(" ", "")
    figures = digits.removeprefix("-")
    if figures.isascii() and figures.isdigit() and len(figures) <= MOST_DIGITS:
        first, *grouped = amount.removeprefix("-").split(".")
        if all(len(part) == 3 for part in grouped) and (not grouped or len(first) <= 3):
            return int(digits)
    raise _wrong(one, text, _("a whole number"))


def _unitless(one: Field, text: str) -> str:
    """Return a number without the unit typed after it, where the field's title has that unit."""
    number, _space, unit = text.rpartition(" ")
    units = re.findall(r"[^\W\d]+", " ".join(one.titles).casefold())
    return number.strip() if unit.casefold() in units else text


def _list(one: Field, text: str, reader: Reader) -> list[Any]:
    if text.startswith("["):
        value = load_json(text)
        if isinstance(value, list):
            return [_item(one, item, reader) for item in value]
        raise _wrong(one, text, _("a list"))
    if one.personal:
        return [part for part in _AMONG_PEOPLE.split(text) if part]
    if not one.of_ids:
        return [text]
    known = _words(one, reader)
    if not known or all(_is_id(one, part.strip()) for part in text.split(",")):
        return [part.strip() for part in text.split(",")]
    return _named(one, lambda: _several(known, text))


def _several(known: Words, text: str) -> list[str]:
    """Return the codes that words mean, commas or "và" between them; a word may have both in it."""
    found: list[str] = []
    left = text
    while left:
        ends = [len(left), *(end.start() for end in reversed([*_BETWEEN.finditer(left)]))]
        for end in ends:
            try:
                found.append(read_choice(known, left[:end]))
            except InputError:
                if end == ends[-1]:
                    raise
                continue
            left = _BETWEEN.sub("", left[end:], count=1)
            break
    return found


def _item(one: Field, value: Any, reader: Reader) -> Any:
    """Read one value of a list as a file has it."""
    known = _words(one, reader)
    if not known or not isinstance(value, str) or _is_id(one, value):
        return value
    return _named(one, lambda: read_choice(known, value))


def _is_id(one: Field, text: str) -> bool:
    """Return whether a text may be an id of a province's list, which is judged by the policy."""
    return not one.item_choices and bool(ID.fullmatch(text))


def _words(one: Field, reader: Reader) -> Words:
    """Return the words of what a list may hold; none where anything may be typed."""
    if one.item_choices:
        return words.of(one.item_choices, one.called)
    return reader.words(one.path)


def _loose(text: str) -> Any:
    """Read a value whose schema is another step's: JSON where it is JSON, else text."""
    try:
        return load_json(text)
    except InputError:
        return clean(text)


def _wrong(one: Field, text: str, expected: str) -> InputError:
    return InputError(
        _("{title} ({path}): “{text}” is not {expected}.").format(
            title=one.title, path=one.path, text=text, expected=expected
        ),
        code=codes.FORM_VALUE,
        help=_("Type {expected}.").format(expected=expected),
    )


def load_json(text: str) -> Any:
    """Parse JSON strictly: no fractions, no key twice, not deeper than any form.

    Raises ``InputError``.
    """

    def no_fraction(number: str) -> Any:
        raise InputError(
            _("{number} is not a whole number.").format(number=number),
            code=codes.FORM_VALUE,
            help=_("Correct the fields named and try again."),
        )

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise InputError(
                _("A field is given twice."),
                code=codes.FORM_VALUE,
                help=_("Correct the fields named and try again."),
            )
        return found

    def whole(digits: str) -> int:
        if len(digits) > MOST_DIGITS:
            raise InputError(
                _("{number}… is too large a number.").format(number=digits[:MOST_DIGITS]),
                code=codes.FORM_VALUE,
                help=_("Correct the fields named and try again."),
            )
        return int(digits)

    try:
        found = json.loads(
            text,
            parse_float=no_fraction,
            parse_constant=no_fraction,
            parse_int=whole,
            object_pairs_hook=once,
        )
    except json.JSONDecodeError as error:
        raise InputError(
            _("This is not JSON: {reason}.").format(reason=str(error)),
            code=codes.FORM_JSON,
            help=_("Write it so: {example}").format(example='{"date": "2021-07-28"}'),
        ) from error
    except RecursionError as error:
        raise _too_deep() from error
    _require_plain(found)
    return found


def _too_deep() -> InputError:
    return InputError(
        _("Groups of fields are inside each other more than {most} deep.").format(most=DEEPEST),
        code=codes.FORM_JSON,
        help=_("Correct the fields named and try again."),
    )


def _require_plain(value: Any, depth: int = 0) -> None:
    """Refuse what no form holds: groups inside groups without end, halves of letters."""
    if depth > DEEPEST:
        raise _too_deep()
    if isinstance(value, str):
        if not is_text(value):
            raise InputError(
                _("A text of the form holds half of a letter."),
                code=codes.FORM_VALUE,
                help=_("Correct the fields named and try again."),
            )
    elif isinstance(value, list):
        for one in value:
            _require_plain(one, depth + 1)
    elif isinstance(value, dict):
        for name, one in value.items():
            _require_plain(name, depth + 1)
            _require_plain(one, depth + 1)


def tidy(value: Any) -> Any:
    """Return a form with its texts cleaned and NFC, its empty answers left out."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        inner = {key: tidy(item) for key, item in value.items() if item is not None}
        return {key: item for key, item in inner.items() if item not in ("", {})}
    if isinstance(value, list | tuple):
        return [tidy(item) for item in value]
    return value


def missing(step: str, data: Mapping[str, Any], own: Own = None) -> list[Field]:
    """Return the required fields that are not filled in."""
    return [one for one in fields(step, own) if one.required and reach(data, one.path) is None]


@cache
def _validator(step: str, own: Own) -> Any:
    return _validator_of(schema(step, own))


def _validator_of(part: Mapping[str, Any]) -> Any:
    from jsonschema import Draft202012Validator, FormatChecker

    checker = FormatChecker(formats=[])
    checker.checks("date")(lambda text: not isinstance(text, str) or iso_day(text) is not None)
    return Draft202012Validator(dict(part), format_checker=checker)


def check_value(step: str, path: str, value: Any, own: Own = None) -> None:
    """Hold the value of one field against its part of the schema.

    Raises ``InputError`` naming what was expected.
    """
    part = schema(step, own)
    for name in path.split("."):
        part = part.get("properties", {}).get(name, {})
    wrong = [_sentence(error) for error in _validator_of(part).iter_errors(value)]
    if wrong:
        raise InputError(
            " ".join(sorted(wrong)),
            code=codes.FORM_VALUE,
            help=_("Correct the fields named and try again."),
        )


def check(step: str, data: Mapping[str, Any], own: Own = None) -> FrozenMap:
    """Return the form, tidied and frozen.

    Raises ``InputError`` naming every missing field (``CLB-FORM-MISSING``) or every wrong one.
    """
    form = tidy(data)
    if absent := missing(step, form, own):
        names = ", ".join(f"{one.path} ({one.title})" for one in absent)
        raise InputError(
            _("Missing from the form of “{step}”: {names}.").format(step=step, names=names),
            code=codes.FORM_MISSING,
            help=" ".join(f"--set {one.path}=…" for one in absent),
        )
    return checked(step, form, own)


def checked(step: str, form: Mapping[str, Any], own: Own = None) -> FrozenMap:
    """Return a form that is tidy and complete, held against its schema and frozen.

    Raises ``InputError`` naming every wrong field.
    """
    wrong = [_sentence(error) for error in _validator(step, own).iter_errors(form)]
    if wrong:
        raise InputError(
            " ".join(sorted(wrong)),
            code=codes.FORM_VALUE,
            help=_("Correct the fields named and try again."),
        )
    frozen = freeze(form)
    assert isinstance(frozen, FrozenMap)
    return frozen


def _sentence(error: Any) -> str:
    """Put a schema error into words, by its keyword."""
    path = ".".join(str(part) for part in error.absolute_path)
    label = title(error.schema) if isinstance(error.schema, Mapping) else ""
    where = f"{label} ({path})" if label and path else path or label
    found = error.instance
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        extra = ", ".join(sorted(set(found) - set(known)))
        return _("{where}: there is no field “{extra}”.").format(where=where, extra=extra)
    if error.validator == "required":
        absent = ", ".join(name for name in error.validator_value if name not in found)
        return _("{where}: missing {names}.").format(where=where, names=absent)
    expected = {
        "enum": lambda: _("one of {choices}").format(
            choices=", ".join(map(str, error.validator_value))
        ),
        "type": lambda: {
            "integer": _("a whole number"),
            "boolean": _("true or false"),
            "array": _("a list"),
            "object": _("a group of fields"),
        }.get(error.validator_value, _("a text")),
        "format": lambda: _("a day that exists (YYYY-MM-DD)"),
        "minimum": lambda: _("at least {limit}").format(limit=error.validator_value),
        "maximum": lambda: _("at most {limit}").format(limit=error.validator_value),
        "minLength": lambda: _("a text"),
        "maxLength": lambda: _("at most {limit} characters").format(limit=error.validator_value),
        "minItems": lambda: _("at least {limit} items").format(limit=error.validator_value),
        "uniqueItems": lambda: _("no item twice"),
        "pattern": lambda: (
            _("a name that does not begin with a hyphen")
            if error.validator_value == NO_HYPHEN
            else _("an id of small letters, digits and _")
        ),
    }.get(error.validator, lambda: str(error.validator))()
    shown = str(found)[:80]
    return _("{where}: expected {expected}, found “{found}”.").format(
        where=where, expected=expected, found=shown
    )
