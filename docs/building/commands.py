"""What a reader types, clicks and sees: commands whole, acts at the desk line by line."""

import re
from typing import Any

PRE = re.compile(r"(<pre>)(.*?)(</pre>)", re.DOTALL)
TYPED = re.compile(
    r'(<div class="highlight-(?:sh|bat)[^>]*><div class="highlight"><pre>)(.*?)(</pre>)', re.DOTALL
)
ACTS = re.compile(
    r'<div class="highlight-text[^>]*><div class="highlight"><pre>(?:<span></span>)?'
    r"((?:(?:gõ|bấm|thấy) [^\n]+\n)+)</pre></div>\n</div>"
)
WHOLE = re.compile(r"(?<![\w-])(--[a-z][a-z-]*|\[?\w+(?:-\w+)+\]?)")


def set_commands(
    _app: Any, _page: str, _template: str, context: dict[str, Any], _tree: Any
) -> None:
    """Let a wrapped command break between options, and show where the next command begins."""
    if body := context.get("body"):
        body = ACTS.sub(lambda found: _acts(found[1]), body)
        body = PRE.sub(lambda found: found[1] + _whole(found[2]) + found[3], body)
        context["body"] = TYPED.sub(lambda found: found[1] + _lines(found[2]) + found[3], body)


def _whole(text: str) -> str:
    return WHOLE.sub(r'<span class="whole">\1</span>', text)


def _lines(text: str) -> str:
    """Return each line in an element of its own; the line's end stays, for it is copied too."""
    lines = text.removeprefix("<span></span>").rstrip("\n").split("\n")
    return "<span></span>" + "".join(f'<span class="line">{line}\n</span>' for line in lines)


def _acts(text: str) -> str:
    """Return what is done at the desk as a list: what is typed, pressed, and seen."""
    lines = [line.split(" ", 1) for line in text.splitlines()]
    marks = {"gõ": "b", "bấm": "kbd", "thấy": "samp"}
    items = [f"<li>{what} <{marks[what]}>{on}</{marks[what]}></li>" for what, on in lines]
    return f'<ol class="acts">{"".join(items)}</ol>\n'


def setup(app: Any) -> dict[str, Any]:
    """Connect what this file adds to the builder."""
    app.connect("html-page-context", set_commands)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
