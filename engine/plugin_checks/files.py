"""The files next to a plugin's code: how texts are saved, Word templates, the demo's story."""

import unicodedata
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import codes
from engine.errors import ClbError
from engine.files import TEXT_BYTES, file_bytes
from engine.i18n import _
from engine.model import Club
from engine.plugin_checks.model import WARN, Candidate, Mistake
from engine.plugin_checks.policy_file import readable
from engine.plugin_checks.wheel import CACHE, COMPILED, compiled
from engine.policy.effective import Rules
from engine.provinces.load import POLICY_FILE
from engine.reports.dossier import Dossier
from engine.rules.own import is_own
from engine.scenario.demo_file import DEMO_FILE, story_problems

if TYPE_CHECKING:
    from engine.documents.papers import Paper

TEMPLATES = "templates"
PAPER = "paper."
"""The group of keys of papers of a province's own kinds."""
SUFFIXES = (".toml", ".py", ".md", ".txt", ".json", ".csv")
A_DAY = date(2024, 1, 2)
COUNTS = 8
"""How many figures a count of members has; see ``engine.store.facts.composition``."""


def text_mistakes(package: Path) -> Iterator[Mistake]:
    """Yield the files that are not UTF-8, and the lines whose letters are not composed."""
    for path in sorted(package.rglob("*")):
        if path.suffix.lower() not in SUFFIXES or not path.is_file():
            continue
        name = path.relative_to(package).as_posix()
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            if name != POLICY_FILE:  # the check of the policy reports that
                yield Mistake(
                    codes.PLUGIN_ENCODING,
                    name,
                    "",
                    _("The file is not saved as UTF-8 (byte {place}).").format(place=error.start),
                    "UTF-8",
                )
            continue
        line = _not_composed(text)
        if line is not None:
            yield Mistake(
                codes.PLUGIN_NFC,
                name,
                "",
                _("Vietnamese letters of the file are written in pieces (not NFC)."),
                "NFC",
                line,
                WARN,
            )


def compiled_mistakes(package: Path) -> Iterator[Mistake]:
    """Yield the files of compiled code that Python would import, whatever the text next to it says.

    What Python itself keeps of files it has imported is none: a wheel may not bring it
    (``wheel.wheel_mistakes``), and an installed package has it anyway.
    """
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package).as_posix()
        if path.suffix.lower() in COMPILED and CACHE not in name.split("/"):
            yield compiled(name)


def _not_composed(text: str) -> int | None:
    """Return the first line whose letters are not composed, counted from 1."""
    if unicodedata.is_normalized("NFC", text):
        return None
    lines = text.splitlines()
    return next(
        (
            number
            for number, line in enumerate(lines, start=1)
            if not unicodedata.is_normalized("NFC", line)
        ),
        1,
    )


class _NoRecords:
    """A store in which nothing was ever recorded."""

    def rows(self, sql: str, params: Any = ()) -> list[Any]:
        """Return no row."""
        del sql, params
        return []

    def row(self, sql: str, params: Any = ()) -> tuple[int, ...]:
        """Return a row of counts, all zero."""
        del sql, params
        return (0,) * COUNTS


def template_mistakes(package: Path, candidate: Candidate) -> Iterator[Mistake]:
    """Yield what is wrong with a plugin's templates, each filled for an empty club."""
    policy = readable(package / POLICY_FILE)
    stated = [] if policy is None else [one for one in policy.entries if one.startswith(PAPER)]
    if not stated and not (package / TEMPLATES).is_dir():
        return
    from engine.documents.papers import papers  # loads what fills Word files, which takes a while

    known = {one.file: one for one in papers(None if policy is None else Rules(policy))}
    for key in stated:
        file = f"{key.removeprefix(PAPER)}.docx"
        if not (package / TEMPLATES / file).is_file():
            yield Mistake(
                codes.PLUGIN_TEMPLATE,
                f"{TEMPLATES}/{file}",
                key,
                _("The policy states the paper {key}, but there is no template of it.").format(
                    key=key
                ),
                f"{TEMPLATES}/{file}: clb province add paper {key.removeprefix(f'{PAPER}own_')}",
            )
    for path in sorted((package / TEMPLATES).glob("*")):
        name = f"{TEMPLATES}/{path.name}"
        if path.name in known:
            yield from _filled(path, name, known[path.name], package, candidate)
        elif policy is None and is_own(path.name):
            continue  # which papers of its own there are is not known while the policy is wrong
        elif path.suffix.lower() in (".docx", ".doc", ".docm", ".dotx"):
            near = get_close_matches(path.name, known, n=1)
            yield Mistake(
                codes.PLUGIN_TEMPLATE,
                name,
                "",
                _("No paper is called so; the template would never be used."),
                near[0] if near else ", ".join(known),
            )


def _filled(
    path: Path, name: str, paper: "Paper", package: Path, candidate: Candidate
) -> Iterator[Mistake]:
    from engine.documents.render import MAX_BYTES, Template, render

    policy = readable(package / POLICY_FILE)
    if policy is None:
        return
    nobody = Dossier(_NoRecords(), Club("XX-00000000", candidate.province))  # type: ignore[arg-type]
    values = paper.contents(nobody, Rules(policy), today=A_DAY).values
    try:
        filled = render(Template(file_bytes(path, MAX_BYTES), name, "province"), values)
    except ClbError as error:
        yield Mistake(codes.PLUGIN_TEMPLATE, name, "", error.message, error.help)
        return
    except OSError as error:
        yield Mistake(codes.PLUGIN_TEMPLATE, name, "", str(error))
        return
    for field in filled.unknown:
        near = get_close_matches(field, values, n=1)
        yield Mistake(
            codes.PLUGIN_FIELD,
            name,
            field,
            _("The template asks for “{field}”, which no paper of this kind has.").format(
                field=field
            ),
            near[0] if near else "",
            level=WARN,
        )


def demo_mistakes(package: Path) -> Iterator[Mistake]:
    """Yield what is wrong with the form of ``demo.toml``, if the plugin has one."""
    path = package / DEMO_FILE
    if not path.is_file():
        return
    try:
        for one in story_problems(file_bytes(path, TEXT_BYTES)):
            yield Mistake(codes.DEMO_STORY, DEMO_FILE, "", one.text, line=one.line)
    except OSError as error:
        yield Mistake(codes.DEMO_FILE, DEMO_FILE, "", str(error))
