"""How Sphinx builds these pages: ``python -m sphinx -W -b html docs docs/_build``."""

import re
from typing import Any

project = "CLB liên thế hệ"
author = "clb-lien-the-he"
language = "vi"
extensions = ["myst_parser"]
exclude_patterns = ["_build", "examples", "making"]

# Everything a page needs is in its folder: an officer reads it without a network.
html_theme = "alabaster"
html_theme_options = {
    "page_width": "1100px",
    "sidebar_width": "280px",
    "font_family": "'Segoe UI', 'DejaVu Sans', Arial, sans-serif",
    "head_font_family": "'Segoe UI', 'DejaVu Sans', Arial, sans-serif",
    "font_size": "16px",
    "body_max_width": "100%",
    "show_powered_by": False,
}
html_static_path = ["_static"]
html_css_files = ["pages.css"]
html_title = "Câu lạc bộ liên thế hệ tự giúp nhau"
html_show_sourcelink = False
html_sidebars = {"**": ["about.html", "searchfield.html", "navigation.html"]}
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False

myst_heading_anchors = 4
myst_number_code_blocks = ["sh"]

PRE = re.compile(r"(<pre>)(.*?)(</pre>)", re.DOTALL)
WHOLE = re.compile(r"(?<![\w-])(--[a-z][a-z-]*|\[?\w+(?:-\w+)+\]?)")


def keep_options_whole(
    _app: Any, _page: str, _template: str, context: dict[str, Any], _tree: Any
) -> None:
    """Let a wrapped command break between options, never inside one."""
    if body := context.get("body"):
        context["body"] = PRE.sub(
            lambda found: (
                found[1] + WHOLE.sub(r'<span class="whole">\1</span>', found[2]) + found[3]
            ),
            body,
        )


def setup(app: Any) -> None:
    """Connect what this file adds to the builder."""
    app.connect("html-page-context", keep_options_whole)
