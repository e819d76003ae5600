"""Vietnamese pages and English pages in one site, each with its own contents, order and words.

The Vietnamese pages are those that ``index.md`` leads to, the English ones those of ``english.md``,
which no Vietnamese page lists: its contents are resolved here, for Sphinx knows one root only.
"""

from collections.abc import Iterator
from typing import Any

from furo.navigation import get_navigation_tree
from sphinx import addnodes
from sphinx.environment.adapters.toctree import TocTree

ROOTS = {"vi": "index", "en": "english"}
WORDS = {
    "Back to top": "Lên đầu trang",
    "Error": "Lỗi",
    "Home": "Trang đầu",
    "Next": "Trang sau",
    "On this page": "Trong trang này",
    "Please activate JavaScript to enable the search functionality.": "Bật JavaScript thì mới tìm "
    "được.",
    "Previous": "Trang trước",
    "Search": "Tìm (không cần gõ dấu)",
    "Skip to content": "Đến nội dung",
}
"""The theme's own words, which its Vietnamese catalogue lacks."""

LABELS = {
    "Link to this heading": "Liên kết đến mục này",
    "Toggle Light / Dark / Auto color theme": "Đổi nền sáng, tối",
    "Toggle navigation of": "Mở, đóng phần",
    "Toggle site navigation sidebar": "Mở, đóng danh mục các trang",
    "Toggle table of contents sidebar": "Mở, đóng mục lục của trang",
}
"""What buttons and links are called for a screen reader or under the mouse, in no catalogue."""


def pages_of(env: Any, root: str) -> list[str]:
    """Return the pages that a first page leads to, in reading order, itself first."""

    def walk(page: str) -> Iterator[str]:
        yield page
        for child in env.toctree_includes.get(page, ()):
            yield from walk(child)

    return list(dict.fromkeys(walk(root)))


def put_in_language(
    app: Any, page: str, _template: str, context: dict[str, Any], _tree: Any
) -> None:
    """Give a page the language it is written in: contents, neighbours, words."""
    english = pages_of(app.env, ROOTS["en"])
    context["languages"] = {
        "page": "en" if page in english else "vi",
        "english": english,
        "roots": ROOTS,
    }
    if page not in english:
        context["_"] = context["gettext"] = _vietnamese
        context["labelled"] = _labelled
        return
    context["_"] = context["gettext"] = context["labelled"] = _as_it_is
    context["language"] = "en"
    context["docstitle"] = "Intergenerational self-help clubs"
    context["master_doc"] = ROOTS["en"]
    context["furo_navigation_tree"] = get_navigation_tree(_contents(app, page, ROOTS["en"]))
    at = english.index(page)
    context["prev"] = _neighbour(app, page, english[at - 1]) if at else None
    context["next"] = _neighbour(app, page, english[at + 1]) if at + 1 < len(english) else None


def _vietnamese(message: str) -> str:
    return WORDS.get(message, message)


def _labelled(page: str) -> str:
    for english, vietnamese in LABELS.items():
        for attribute in ("aria-label", "title"):
            page = page.replace(f'{attribute}="{english}', f'{attribute}="{vietnamese}')
    return page


def _as_it_is(message: str) -> str:
    return message


def _neighbour(app: Any, page: str, other: str) -> dict[str, str]:
    title = app.builder.render_partial(app.env.titles[other])["title"]
    return {"link": app.builder.get_relative_uri(page, other), "title": title}


def _contents(app: Any, page: str, root: str) -> str:
    """Return the contents that a first page lists, as Sphinx gives those of its own root."""
    parts = []
    for tree in app.env.get_doctree(root).findall(addnodes.toctree):
        resolved = TocTree(app.env).resolve(
            page,
            app.builder,
            tree,
            prune=False,
            maxdepth=-1,
            titles_only=True,
            collapse=False,
            includehidden=True,
        )
        if resolved is not None:
            parts.append(str(app.builder.render_partial(resolved)["fragment"]))
    return "".join(parts)


def setup(app: Any) -> dict[str, Any]:
    """Connect after the theme, which fills the same context."""
    app.connect("html-page-context", put_in_language, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
