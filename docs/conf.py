"""How Sphinx builds these pages: ``python -m sphinx -W -b html docs docs/_build``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "CLB liên thế hệ"
author = "clb-lien-the-he"
language = "vi"
extensions = ["myst_parser", "building.commands", "building.languages", "building.search"]
exclude_patterns = ["_build", "_templates", "building", "examples", "making"]
templates_path = ["_templates"]

# Everything a page needs is in its folder: an officer reads it without a network.
html_theme = "furo"
FONTS = "'Segoe UI', 'DejaVu Sans', Arial, sans-serif"
html_theme_options = {
    "light_css_variables": {
        "font-stack": FONTS,
        "color-brand-primary": "#0b4f8a",
        "color-brand-content": "#0b4f8a",
        "color-brand-visited": "#5b3a8a",
    },
    "dark_css_variables": {
        "color-brand-primary": "#8ec5ff",
        "color-brand-content": "#8ec5ff",
        "color-brand-visited": "#c9aef2",
    },
}
html_static_path = ["_static"]
html_css_files = ["pages.css"]
html_title = "Câu lạc bộ liên thế hệ tự giúp nhau"
html_show_sourcelink = False
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/languages.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
html_copy_source = False
html_use_index = False
html_show_sphinx = False
html_show_copyright = False

myst_heading_anchors = 4
