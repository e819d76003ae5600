"""Every sentence of a province's document, and what the policy makes of it.

The plugin keeps the table in ``coverage.toml``, next to its policy: the document's sections and
sentences in the document's own order, each with a short paraphrase and either the policy keys that
state it, or the reason why it has no effect on clubs, or what would be needed to express it. The
table and the policy are compared in both directions, so that neither a sentence nor a value can be
without its counterpart.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import schemas
from engine import codes
from engine.codes.code import Code
from engine.i18n import _
from engine.policy import read, wording
from engine.policy.lines import Lines
from engine.policy.model import Policy
from engine.policy.problem import PolicyFileError, Problem

COVERAGE_FILE = "coverage.toml"
DOCUMENT = "document"
"""In place of a key: the sentence is about the document itself (number, dates, issuer)."""

Verdict = Literal["stated", "no_effect", "not_expressible"]
VERDICTS: tuple[Verdict, ...] = ("stated", "no_effect", "not_expressible")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or bullet of a document.

    ``section`` is its place as sources cite it ("Phần A, I.2"), ``text`` a short paraphrase.
    Exactly one of the others is filled: ``keys`` are the policy keys that state it, ``no_effect``
    is the reason why nothing follows from it for clubs (không tác động), ``needed`` is what the
    policy would need to express it (chưa diễn đạt được).
    """

    section: str
    text: str
    keys: tuple[str, ...] = ()
    no_effect: str | None = None
    needed: str | None = None

    @property
    def verdict(self) -> Verdict:
        """Return what the policy makes of the sentence."""
        if self.keys:
            return "stated"
        return "no_effect" if self.no_effect is not None else "not_expressible"


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A document's sections, in its own order, and its sentences."""

    document: str
    sections: tuple[str, ...]
    sentences: tuple[Sentence, ...]

    def counts(self) -> dict[Verdict, int]:
        """Return how many sentences have each verdict."""
        found = Counter(sentence.verdict for sentence in self.sentences)
        return {verdict: found[verdict] for verdict in VERDICTS}


def read_tables(data: bytes, policy: Policy, *, origin: str) -> tuple[DocumentTable, ...]:
    """Read a coverage file and hold it against the policy.

    Raises PolicyFileError with every mistake: of form, and every disagreement with the policy.
    """
    raw = read.load(data, origin=origin)
    lines = Lines(data.decode("utf-8-sig"))
    problems = list(_form(raw, lines))
    if not problems:
        tables = tuple(_table(one) for one in raw["document"])
        problems = list(disagreements(policy, tables, lines))
    if problems:
        raise PolicyFileError(origin, tuple(problems))
    return tables


def _form(raw: Mapping[str, Any], lines: Lines) -> Iterator[Problem]:
    from jsonschema import Draft202012Validator

    for error in Draft202012Validator(schemas.load("coverage")).iter_errors(raw):
        yield from wording.problems(
            str(error.validator),
            tuple(error.absolute_path),
            expected=error.validator_value,
            found=error.instance,
            schema=error.schema,
            lines=lines,
        )


def _table(raw: Mapping[str, Any]) -> DocumentTable:
    return DocumentTable(
        raw["id"],
        tuple(raw["sections"]),
        tuple(
            Sentence(
                one["section"],
                one["text"],
                tuple(one.get("keys", ())),
                one.get("no_effect"),
                one.get("needed"),
            )
            for one in raw["sentence"]
        ),
    )


def disagreements(
    policy: Policy, tables: Sequence[DocumentTable], lines: Lines | None = None
) -> Iterator[Problem]:
    """Return every place where the tables and the policy do not agree.

    A programme document without a table; a table of an unknown document; a section without a
    sentence and a sentence of no section; a sentence with no verdict or with two; a key that the
    policy does not have, or that cites another place than the sentence's; a value that cites a
    section the table does not have, or that no sentence of its section names.
    """
    known = {document.id for document in policy.documents}
    for document in policy.documents:
        if document.programme and document.id not in {table.document for table in tables}:
            yield _problem(codes.COVERAGE_DOCUMENT, document.id, _("the document has no table"))
    for number, table in enumerate(tables):
        at = lines.of((DOCUMENT, number)) if lines else None
        if table.document not in known:
            yield _problem(
                codes.COVERAGE_DOCUMENT,
                table.document,
                _("the policy declares no such document"),
                at,
            )
            continue
        yield from _sections(table, at)
        cited = citations(policy, table)
        yield from _sentences(table, cited, at)
        yield from _values(table, cited, at)


def citations(policy: Policy, table: DocumentTable) -> dict[str, frozenset[str]]:
    """Return the sections that each key's values cite from the table's document, as written."""
    short = policy.document(table.document).short
    found: dict[str, set[str]] = {}
    for key in policy.entries:
        for entry in policy.entries_of(key):
            if entry.document == table.document:
                place = entry.source.removeprefix(short).removeprefix(",").strip()
                found.setdefault(key, set()).update(cited_sections(place, table.sections))
    return {key: frozenset(sections) for key, sections in found.items()}


def cited_sections(place: str, sections: Sequence[str]) -> tuple[str, ...]:
    """Return the sections that the place of a source names.

    ``"I.2; II.2"`` are two; ``"Phần A, IV.1; V.2"`` carries the part on to the second;
    ``"III.1 - III.7"`` is every one from the first to the last in the order of ``sections``.
    """
    found: list[str] = []
    prefix = ""
    for number, part in enumerate(one.strip() for one in place.split(";")):
        head, comma, _last = part.rpartition(", ")
        if number == 0:
            prefix = f"{head}{comma}"
        whole = part if comma or number == 0 else f"{prefix}{part}"
        first, dash, last = whole.partition(" - ")
        last = last if ", " in last else f"{prefix}{last}"
        ends = [one for one in sections if within(one, first) or within(one, last)]
        if not dash or not ends:
            found.append(whole)
        else:
            found += sections[sections.index(ends[0]) : sections.index(ends[-1]) + 1]
    return tuple(dict.fromkeys(found))


def within(section: str, cited: str) -> bool:
    """Return whether a section is the cited one or a part of it: ``"V.2"`` is of ``"V"``.

    A source that names no section is the whole document.
    """
    return (
        not cited
        or section == cited
        or section.startswith((f"{cited}.", f"{cited} ", f"{cited}, "))
    )


def _sections(table: DocumentTable, at: int | None) -> Iterator[Problem]:
    used = {sentence.section for sentence in table.sentences}
    for section in table.sections:
        if section not in used:
            yield _problem(
                codes.COVERAGE_SECTION,
                f"{table.document}, {section}",
                _("the section has no sentence"),
                at,
            )
    for section in sorted(used - set(table.sections)):
        yield _problem(
            codes.COVERAGE_SECTION,
            f"{table.document}, {section}",
            _("the section is not among the document's sections"),
            at,
        )


def _sentences(
    table: DocumentTable, cited: Mapping[str, frozenset[str]], at: int | None
) -> Iterator[Problem]:
    for sentence in table.sentences:
        where = f"{table.document}, {sentence.section}: {sentence.text}"
        verdicts = (bool(sentence.keys), sentence.no_effect, sentence.needed)
        if sum(1 for one in verdicts if one) != 1:
            yield _problem(
                codes.COVERAGE_VERDICT,
                where,
                _("give exactly one of keys, no_effect, needed"),
                at,
            )
        for key in sentence.keys:
            if key == DOCUMENT:
                continue
            if not any(within(sentence.section, one) for one in cited.get(key, ())):
                yield _problem(
                    codes.COVERAGE_KEY,
                    where,
                    _("no value of {key} cites this section").format(key=key),
                    at,
                )


def _values(
    table: DocumentTable, cited: Mapping[str, frozenset[str]], at: int | None
) -> Iterator[Problem]:
    named = {(key, sentence.section) for sentence in table.sentences for key in sentence.keys}
    for key, sections in cited.items():
        for section in sorted(sections):
            parts = [one for one in table.sections if within(one, section)]
            where = f"{key}: {table.document}, {section}"
            if not parts:
                yield _problem(
                    codes.COVERAGE_SECTION, where, _("the table has no such section"), at
                )
            elif not any((key, part) in named for part in parts):
                yield _problem(
                    codes.COVERAGE_KEY, where, _("no sentence of this section names the key"), at
                )


def _problem(code: Code, where: str, what: str, line: int | None = None) -> Problem:
    return Problem(code, where, where, "", f"{where}: {what}.", line)
