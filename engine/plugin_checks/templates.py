"""Whether the Word templates beside a policy can be filled: each is tried on an empty club."""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from engine import codes
from engine.documents.papers import Paper, papers
from engine.documents.render import FOLDER, Template, render
from engine.errors import ClbError
from engine.i18n import _
from engine.model import Club
from engine.plugin_checks.model import WARN, Candidate, Mistake
from engine.policy.effective import Rules
from engine.policy.files import parse_policy
from engine.provinces.load import POLICY_FILE
from engine.reports.dossier import Dossier

A_DAY = date(2024, 1, 2)
COUNTS = 8
"""How many figures a count of members has; see ``engine.store.facts.composition``."""


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
    """Yield what is wrong with the templates of a plugin, if it brings any."""
    known = {one.file: one for one in papers()}
    for path in sorted((package / FOLDER).glob("*")):
        name = f"{FOLDER}/{path.name}"
        if path.name in known:
            yield from _tried(path, name, known[path.name], package, candidate)
        elif path.suffix.lower() in (".docx", ".doc", ".docm", ".dotx"):
            near = get_close_matches(path.name, known, n=1)
            yield Mistake(
                codes.PLUGIN_TEMPLATE,
                name,
                "",
                _("No paper is called so; the template would never be used."),
                near[0] if near else ", ".join(known),
            )


def _tried(
    path: Path, name: str, paper: Paper, package: Path, candidate: Candidate
) -> Iterator[Mistake]:
    try:
        policy = parse_policy((package / POLICY_FILE).read_bytes(), origin=POLICY_FILE)
    except (OSError, ClbError):
        return
    nobody = Dossier(_NoRecords(), Club("XX-00000000", candidate.province))  # type: ignore[arg-type]
    values = paper.contents(nobody, Rules(policy), today=A_DAY).values
    try:
        filled = render(Template(path.read_bytes(), name, "province"), values)
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
