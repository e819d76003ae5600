"""Writes the pages of docs/ that are made from the code: ``python docs/make.py``."""

import contextlib
import io
from pathlib import Path

DOCS = Path(__file__).parent


def spoken(*args: str) -> str:
    """Return what a command of the program prints, in English."""
    from engine.cli import run

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = run([*args, "--lang", "en"])
    assert code == 0, args
    return out.getvalue().rstrip()


def steps_page() -> str:
    """Return the page about the steps of a club's life."""
    table = spoken("lifecycle", "show")
    diagram = spoken("lifecycle", "show", "--format", "mermaid")
    return (
        "# The steps of a club's life\n\n"
        "Made from the step table in `engine/states/` by `python docs/make.py`; a test says that "
        "it is up to\ndate. Each step: who takes it (`*` by default; a policy may choose another of "
        "those listed), the\nfield that holds the day it happened, and where it leads.\n\n"
        f"```text\n{table}\n```\n\n"
        f"```mermaid\n{diagram}\n```\n"
    )


PAGES = {"steps.md": steps_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
