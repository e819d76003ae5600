"""Every code the engine raises or finds, with what it means and how it is mended.

Codes never change once released: scripts and people ask for them.
"""

from engine.codes import files, papers, plugins, policies, records, steps, system, usage
from engine.codes.meaning import Meaning
from engine.errors import UnknownError
from engine.i18n import _

__all__ = ["Meaning", "catalogue", "find"]

PARTS = (steps, records, usage, files, papers, system, plugins, policies)
PREFIX = "CLB-"


def catalogue() -> dict[str, Meaning]:
    """Return every code, in the order of a club's life, in the language in use."""
    return {code: found for part in PARTS for code, found in part.meanings().items()}


def find(code: str) -> tuple[str, Meaning]:
    """Return a code as it is written, and its meaning; case and ``CLB-`` may be left out.

    Raises ``UnknownError`` naming the nearest, or saying that a province's own codes are not here.
    """
    known = catalogue()
    typed = code.strip().upper()
    for candidate in (typed, PREFIX + typed):
        if candidate in known:
            return candidate, known[candidate]
    from difflib import get_close_matches

    own = not typed.startswith(PREFIX)
    near = get_close_matches(PREFIX + typed if own else typed, known, n=3)
    help_ = (
        _("Did you mean: {names}?").format(names=", ".join(near))
        if near
        else _("All codes: clb explain.")
    )
    if own:
        help_ += " " + _(
            "A code that does not begin with CLB- may be a province's own; "
            "the finding it comes with explains it."
        )
    raise UnknownError(
        _("There is no code {code}.").format(code=code), code="CLB-CODE-UNKNOWN", help=help_
    )
