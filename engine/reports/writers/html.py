"""A report as one page for a browser: no network, no other file, every text as text."""

import base64
import hashlib
from importlib.resources import files
from io import BytesIO
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined

from engine import i18n
from engine.reports.writers.page import page
from engine.reports.writers.words import plain

PARTS = ("page.html", "targets.html", "tables.html", "clubs.html")


def render(document: dict[str, Any]) -> bytes:
    """Return a built report as a page, the same bytes for the same report."""
    shown = page(document)
    style, script = _style(shown), _part("page.js")
    environment = Environment(
        loader=DictLoader({name: _part(name) for name in PARTS}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    out = BytesIO()
    for piece in environment.get_template("page.html").generate(
        **shown,
        language=i18n.language(),
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
    ):
        out.write(plain(piece).encode())
    return out.getvalue()


def _style(shown: dict[str, Any]) -> str:
    """Return the page's style with the head of each printed page, whatever letters that has."""
    head = f"{shown['province']}: {shown['title']}"
    text = "".join(one if one.isalnum() or one in " .,-:/" else f"\\{ord(one):06x}" for one in head)
    return _part("page.css").replace("HEAD", f'"{text}"') + str(shown["club_style"])


def _part(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """Return what the page's own policy knows its script and style by: it runs no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
