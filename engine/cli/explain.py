"""``clb explain``: what a code means, and how to mend it."""

from collections.abc import Iterator

import click

from engine import codes
from engine.cli import tables
from engine.cli.context import Context, pass_context
from engine.i18n import _


@click.command(help=_("Say what a code means and how to mend it; without CODE, all of them."))
@click.argument("code", required=False)
@pass_context
def explain(context: Context, code: str | None) -> None:
    """Explain one code, or list them all."""
    if code is None:
        every = codes.catalogue()
        context.answer(
            [_row(name, one) for name, one in every.items()],
            lambda: tables.table(
                [_("Code"), _("Meaning")], ((name, one.means) for name, one in every.items())
            ),
        )
        return
    name, found = codes.find(code)

    def text() -> Iterator[str]:
        yield f"{name}: {found.means}"
        yield f"  → {found.mend}"

    context.answer(_row(name, found), text)


def _row(name: str, found: codes.Meaning) -> dict[str, str]:
    return {"code": name, "meaning": found.means, "fix": found.mend}
