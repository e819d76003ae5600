"""The pages build without a warning, and a reader needs no network."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import ClassVar

import pytest
from support.doc_blocks import DOCS, anchors, links, pages
from support.site import built

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site as the README of docs says, warnings being errors."""
    return built(tmp_path_factory.mktemp("site"))


class Resources(HTMLParser):
    """What a page loads when it is opened; links to follow are not."""

    LOADS: ClassVar = {"script": "src", "img": "src", "iframe": "src", "source": "src",
                       "object": "data", "link": "href"}  # fmt: skip
    NAMES: ClassVar = {"canonical", "search", "index", "next", "prev", "author", "copyright"}

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and given.get("rel") in self.NAMES:
            return
        if target := given.get(self.LOADS.get(tag, "")):
            self.found.append(target)


def loaded(site: Path) -> Iterator[tuple[Path, str]]:
    for page in site.rglob("*.html"):
        parser = Resources()
        parser.feed(page.read_text(encoding="utf-8"))
        for target in parser.found:
            yield page, target
    for sheet in site.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        for target in re.findall(r"url\(['\"]?([^)'\"]+)|@import ['\"]([^'\"]+)", text):
            yield sheet, "".join(target)


def test_no_page_loads_anything_from_a_network(site: Path) -> None:
    found = list(loaded(site))
    assert len(found) > 20
    assert [(page.name, one) for page, one in found if re.match(r"(https?:)?//", one)] == []
    for page, target in found:
        name = target.partition("?")[0].partition("#")[0]
        if not name.startswith("data:"):
            assert (page.parent / name).exists(), f"{page.name}: {target}"


def test_every_page_is_built_and_reached_from_the_first(site: Path) -> None:
    for page in pages():
        assert (site / page.relative_to(DOCS).with_suffix(".html")).exists(), page
    reached, waiting = set[Path](), [site / "index.html"]
    while waiting:
        page = waiting.pop()
        if page in reached or not page.exists():
            continue
        reached.add(page)
        hrefs = re.findall(r'<a [^>]*href="([^"#:]+\.html)', page.read_text(encoding="utf-8"))
        waiting += [(page.parent / one).resolve() for one in hrefs]
    wanted = {site / page.relative_to(DOCS).with_suffix(".html") for page in pages()}
    assert {page.name for page in wanted - reached} == set(), "no page links to these"


def test_officers_read_vietnamese(site: Path) -> None:
    page = (site / "can-bo" / "index.html").read_text(encoding="utf-8")
    assert re.search(r'<html [^>]*lang="vi"', page)


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(DOCS)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in links(page):
        if ":" in target:
            continue
        name, _hash, anchor = target.partition("#")
        found = (page.parent / name).resolve() if name else page
        assert found.exists(), f"{page.name}: {target}"
        assert found.is_relative_to(DOCS), f"{page.name}: {target} is not in the built pages"
        if anchor:
            assert anchor in anchors(found), f"{page.name}: {target}"
