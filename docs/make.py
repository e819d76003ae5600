"""Writes the pages of docs/ that are made from the code: ``python docs/make.py``."""

from functools import partial
from pathlib import Path

from making import (
    answers,
    codes,
    commands,
    facts,
    forms,
    hooks,
    kit,
    layers,
    papers,
    policies,
    sentences,
    steps,
)

DOCS = Path(__file__).parent
PAGES = {
    "steps.md": steps.page,
    "steps.svg": steps.picture,
    "architecture.md": layers.page,
    "layers.svg": layers.picture,
    "facts.md": facts.page,
    "reference/hooks.md": hooks.page,
    "reference/commands.md": partial(commands.page, "en"),
    "tra-cuu/lenh.md": partial(commands.page, "vi"),
    "reference/codes.md": partial(codes.page, "en"),
    "tra-cuu/ma.md": partial(codes.page, "vi"),
    "reference/forms.md": partial(forms.page, "en"),
    "tra-cuu/bieu-mau.md": partial(forms.page, "vi"),
    "reference/papers.md": partial(papers.page, "en"),
    "tra-cuu/giay-to.md": partial(papers.page, "vi"),
    "reference/json.md": answers.page,
    "reference/kit.md": kit.page,
    **policies.pages(),
    **sentences.pages(),
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / name).write_text(page(), encoding="utf-8")
