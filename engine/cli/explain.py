"""``clb explain``: what a code means, and how to fix what it reports."""

from collections.abc import Iterator

import click

from engine import codes
from engine.cli import tables
from engine.cli.command import command
from engine.cli.context import Context, pass_context
from engine.codes.code import Code
from engine.errors import UnknownError
from engine.i18n import _

PREFIX = "CLB-"


@command(help=_("Explain what a code means and what to do; without CODE, all of them."))
@click.argument("code", required=False)
@pass_context
def explain(context: Context, code: str | None) -> None:
    """Explain one code, or list them all."""
    if code is None:
        every = codes.catalogue().values()
        context.answer(
            [_row(one) for one in every],
            lambda: tables.table([_("Code"), _("Meaning")], ((one, one.means) for one in every)),
        )
        return
    found = find(code)

    def text() -> Iterator[str]:
        yield f"{found}: {found.means}"
        yield f"  → {found.fix}"

    context.answer(_row(found), text)


def find(typed: str) -> Code:
    """Return the code that was typed; case and ``CLB-`` may be left out.

    Raises ``UnknownError`` naming the nearest codes, with a hint at a province's own codes where
    the typed one does not begin with ``CLB-``.
    """
    known = codes.catalogue()
    name = typed.strip().upper()
    for candidate in (name, PREFIX + name):
        if candidate in known:
            return known[candidate]
    from difflib import get_close_matches

    own = not name.startswith(PREFIX)
    near = get_close_matches(PREFIX + name if own else name, known, n=3)
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
        _("There is no code {code}.").format(code=typed), code=codes.CODE_UNKNOWN, help=help_
    )


def _row(code: Code) -> dict[str, str]:
    return {"code": code, "meaning": code.means, "fix": code.fix}
