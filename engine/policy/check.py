"""Everything that is wrong with a policy file, found at once: its form, then its sense."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any

import schemas
from engine import codes
from engine.frozen import to_json
from engine.i18n import _
from engine.policy import crosscheck, make, read, vocabulary, wording
from engine.policy.lines import Lines
from engine.policy.problem import PolicyFileError, Problem

Path = tuple[str | int, ...]
INEXACT = (read.Inexact, datetime, time)
"""What a file may say and no value may be; see ``read.load``."""


def check_policy(data: bytes, *, origin: str) -> tuple[Problem, ...]:
    """Return every problem of a policy file in the order of its lines; none means it is right."""
    try:
        raw = read.load(data, origin=origin)
    except PolicyFileError as refused:
        return refused.problems
    lines = Lines(data.decode("utf-8-sig"))
    problems = list(_inexact(raw, lines))
    inexact = {problem.key for problem in problems}
    form = _form(to_json(_exact(raw)), lines)
    problems += [problem for problem in form if problem.key not in inexact]
    if not any(_about_head(problem.key) for problem in problems):
        sound = list(_sound(raw, problems))
        dangling = list(_references(raw, sound, lines))
        sound = [one for one in sound if not _touched(one[0], dangling)]
        problems += dangling
        problems += _sense(raw, sound, lines)
        if not sound and not problems:
            expected, message = _("at least one value"), _("The file has no value at all.")
            problems = [Problem(codes.POLICY_EMPTY, "", "0", expected, message)]
    return tuple(sorted(problems, key=lambda problem: problem.line or 0))


def _inexact(value: Any, lines: Lines, path: Path = ()) -> Iterator[Problem]:
    """Find numbers with a decimal point and clock times, which no value may be."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _inexact(item, lines, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _inexact(item, lines, (*path, index))
    elif isinstance(value, INEXACT):
        is_number = isinstance(value, read.Inexact)
        expected = _("a whole number") if is_number else _("a date without a clock time")
        yield Problem(
            codes.POLICY_NUMBER if is_number else codes.POLICY_DATE,
            wording.dotted(path),
            str(value),
            expected,
            _('{key} is "{found}", but it should be {expected}.').format(
                key=wording.dotted(path), found=value, expected=expected
            ),
            lines.of(path),
        )


def _exact(value: Any) -> Any:
    """Return the tables with nothing in the place of what ``_inexact`` finds."""
    if isinstance(value, Mapping):
        return {name: _exact(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_exact(item) for item in value]
    return None if isinstance(value, INEXACT) else value


def _form(raw: Mapping[str, Any], lines: Lines) -> Iterator[Problem]:
    """Hold the file against the schema."""
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    registry: Registry[Any] = Registry().with_resource(
        "values", Resource.from_contents(schemas.load("policy_values"))
    )
    validator = Draft202012Validator(
        schemas.load("policy"),
        registry=registry,
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )
    for error in validator.iter_errors(raw):
        path = tuple(error.absolute_path)
        keyword = str(error.validator)
        yield from wording.problems(
            keyword,
            path,
            expected=error.validator_value,
            found=error.instance,
            schema=error.schema,
            lines=lines,
        )


def _sound(
    raw: Mapping[str, Any], problems: Sequence[Problem]
) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Iterate over the dated values without a problem, with their paths (group, id, index).

    So one mistyped value does not hide what is wrong with the others.
    """
    for group in vocabulary.groups():
        tables = raw.get(group, {})
        if not isinstance(tables, Mapping):
            continue
        for name, dated in make.flat(tables):
            if isinstance(dated, list) and vocabulary.is_known(f"{group}.{name}"):
                for index, table in enumerate(dated):
                    path: Path = (group, *name.split("."), index)
                    if not _touched(path, problems):
                        yield path, table


def _touched(path: Path, problems: Sequence[Problem]) -> bool:
    entry = wording.dotted(path)
    return any(
        problem.key == entry or problem.key.startswith((f"{entry}.", f"{entry}["))
        for problem in problems
    )


def _about_head(key: str) -> bool:
    return not key or re.split(r"[.\[]", key, maxsplit=1)[0] in vocabulary.NOT_KEYS


def _references(
    raw: Mapping[str, Any], sound: Sequence[tuple[Path, Mapping[str, Any]]], lines: Lines
) -> Iterator[Problem]:
    """Find sources that name no document of the file, and phases it does not declare."""
    known = {document["id"] for document in raw["document"]}
    phases = {str(path[1]) for path, _table in sound if path[0] == "phase"}
    for path, table in sound:
        document = table["source"].partition(",")[0].strip()
        if document not in known:
            yield _dangling(codes.POLICY_DOCUMENT, (*path, "source"), document, known, lines)
        phase = table.get("phase")
        if phase is not None and phase not in phases:
            yield _dangling(codes.POLICY_PHASE, (*path, "phase"), phase, phases, lines)


def _dangling(code: str, path: Path, found: str, known: set[str], lines: Lines) -> Problem:
    expected = ", ".join(sorted(known)) or _("none is declared")
    message = _("{key} names {found}, which this file does not declare (it declares: {known}).")
    return Problem(
        code,
        wording.dotted(path),
        found,
        expected,
        message.format(key=wording.dotted(path), found=found, known=expected),
        lines.of(path),
    )


def _sense(
    raw: Mapping[str, Any], sound: Sequence[tuple[Path, Mapping[str, Any]]], lines: Lines
) -> Iterator[Problem]:
    documents = make.documents_of(raw)
    by_id = {document.id: document for document in documents}
    phases = {
        str(path[1]): make.period(table["value"]) for path, table in sound if path[0] == "phase"
    }
    placed = crosscheck.continued(
        crosscheck.Placed(
            make.make_entry(".".join(map(str, path[:-1])), table, by_id, phases),
            wording.dotted(path),
            lines.of(path),
            make.day(table["from"]) if "from" in table else None,
        )
        for path, table in sound
    )
    at = [lines.of(("document", place)) for place in range(len(documents))]
    there = {one.entry.key for one in placed}
    # What names a value of the file that is refused itself is not reported besides.
    refused = {key for group in vocabulary.groups() for key in _keys(raw, group)} - there
    for problem in crosscheck.problems(documents, placed, at):
        if problem.expected not in refused:
            yield problem


def _keys(raw: Mapping[str, Any], group: str) -> Iterator[str]:
    """Yield the keys that a file has of a group, whatever their values."""
    tables = raw.get(group, {})
    if isinstance(tables, Mapping):
        yield from (f"{group}.{name}" for name, _dated in make.flat(tables))
