"""The page about the steps of a club's life, and the picture of them."""

import contextlib
import io

from making.page import opening


def spoken(*args: str, lang: str = "en") -> str:
    """Return what a command of the program prints."""
    from engine.cli import run

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        answer = run([*args, "--lang", lang])
    assert answer == 0, args
    return out.getvalue().rstrip() + "\n"


def page() -> str:
    """Return the step table and a link to its picture."""
    about = (
        "From the step table in `engine/states/`. Each step: who takes it (`*` by default; a "
        "policy may\nchoose another of those listed), the field that holds the day it happened, "
        "and where it leads.\nWhat each form asks is in [forms](reference/forms.md)."
    )
    return (
        opening("The steps of a club's life", about)
        + "![The steps, a column a state, a line a step](steps.svg)\n\n"
        + f"```text\n{spoken('lifecycle', 'show')}```\n\n"
        + "`clb lifecycle show --format mermaid` and `--format svg` draw it in the language in "
        + "use.\n"
    )


def picture() -> str:
    """Return the picture of the steps."""
    return spoken("lifecycle", "show", "--format", "svg")
