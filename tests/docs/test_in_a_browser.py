"""The built pages in a real browser: search without marks, three widths, dark, two languages."""

import base64
import http.server
import re
import subprocess
import threading
import time
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from support import needs
from support.browser import browser, coloured, wide
from support.site import built

pytestmark = pytest.mark.slow

PAGES = (
    "index",
    "english",
    "can-bo/02-lap-ho-so",
    "quan-tri/quyen",
    "reference/commands",
    "reference/policy-keys",
    "reference/policy/targets",
    "steps",
)
SEARCHED = ("Ban Chủ nhiệm", "tờ trình", "đánh giá", "ra mắt", "Quyết định thành lập", "sao lưu")
CONTRAST = 4.5
"""The contrast of text that WCAG 2.2 asks for (1.4.3)."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The site as a server gives it: a page may then read its neighbours."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(site))

        def log_message(self, *_args: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with browser(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


@pytest.fixture
def driver(opened: Any) -> Any:
    """The browser, on a desktop's screen in the light."""
    wide(opened, 1280)
    coloured(opened, "light")
    return opened


def unmarked(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def search(driver: Any, where: str, typed: str, language: str = "vi") -> list[str]:
    """Return the titles that a search finds, in their order."""
    driver.get(f"{where}/search.html?q={quote(typed)}&lang={language}")
    summary = "return document.querySelector('#search-results .search-summary')?.textContent"
    end = time.monotonic() + 20
    while not driver.execute_script(summary):
        assert time.monotonic() < end, f"the search for {typed} does not end"
    script = "return [...document.querySelectorAll('#search-results li a')].map(a => a.textContent)"
    found: list[str] = driver.execute_script(script)
    return found


class Texts(HTMLParser):
    """The pieces of text of a page's article, each as it is between two marks."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.found: list[str] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "article"

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "article"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found.append(data)


def holding(site: Path, phrase: str) -> set[str]:
    """Return the pages whose text holds a phrase, as a reader sees it."""
    whole = re.compile(rf"\b{re.escape(phrase)}\b", re.IGNORECASE)
    found = set()
    for page in site.rglob("*.html"):
        texts = Texts()
        texts.feed(page.read_text(encoding="utf-8"))
        if any(whole.search(text) for text in texts.found):
            found.add(page.relative_to(site).as_posix())
    return found


@pytest.mark.parametrize("typed", SEARCHED)
def test_a_search_without_marks_finds_what_one_with_marks_finds(
    driver: Any, address: str, site: Path, typed: str
) -> None:
    found = search(driver, address, typed)
    script = "return [...document.querySelectorAll('#search-results li a')].map(a => a.pathname)"
    pages = {one.removeprefix("/") for one in driver.execute_script(script)}
    wanted = holding(site, typed)
    assert len(wanted) >= 3
    assert wanted - pages == set(), "these hold it and are not found"
    assert search(driver, address, unmarked(typed)) == found
    assert search(driver, address, typed.upper()) == found
    assert search(driver, address, unicodedata.normalize("NFD", typed)) == found


def test_the_page_about_it_comes_first_and_those_in_ones_own_language(
    driver: Any, address: str
) -> None:
    assert search(driver, address, "sao luu vao usb")[0] == "10. Sao lưu vào USB"
    assert search(driver, address, "to trinh")[0] != "1. Cài chương trình"
    assert "1. Cài chương trình" not in search(driver, address, "to trinh")
    assert search(driver, address, "new province", "en")[0].startswith("A new province")
    titles = search(driver, address, "policy")
    english = search(driver, address, "policy", "en")
    assert sorted(titles) == sorted(english)
    assert titles[0] != english[0]


def test_a_decision_is_found_by_its_number(driver: Any, address: str) -> None:
    assert any("249/KH-UBND" in title for title in search(driver, address, "249"))


def test_what_was_looked_for_is_marked_with_its_marks(driver: Any, address: str) -> None:
    search(driver, address, "ban chu nhiem")
    end = time.monotonic() + 20
    script = "return [...document.querySelectorAll('#search-results mark')].map(m => m.textContent)"
    while not (marked := driver.execute_script(script)):
        assert time.monotonic() < end, "nothing is marked"
    assert {one.lower() for one in marked} == {"ban chủ nhiệm"}


def test_nothing_found_is_shown_in_the_readers_language(driver: Any, address: str) -> None:
    assert search(driver, address, "xyzzyx") == []
    assert "Không trang nào" in driver.page_source
    assert search(driver, address, "xyzzyx", "en") == []
    assert "did not match any documents" in driver.page_source


def test_the_search_works_in_a_folder_without_a_server(driver: Any, site: Path) -> None:
    driver.get_log("browser")
    assert "8. Thay đổi trong đời câu lạc bộ" in search(driver, site.as_uri(), "ban chu nhiem")
    assert [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE"] == []


@pytest.mark.parametrize("width", [1366, 800, 390])
def test_no_page_is_wider_than_the_screen(driver: Any, site: Path, width: int) -> None:
    wide(driver, width)
    for page in PAGES:
        driver.get((site / f"{page}.html").as_uri())
        assert driver.execute_script("return document.documentElement.scrollWidth") <= width, page
        assert driver.execute_script(CUT, width) == [], page


CUT = """
  const parts = "article, article :is(p, li, h1, h2, h3, img, .table-wrapper)";
  return [...document.querySelectorAll(parts)]
    .filter((one) => !one.closest(".table-wrapper :not(.table-wrapper)"))
    .filter((one) => one.getBoundingClientRect().right > arguments[0] + 1)
    .map((one) => `${one.tagName} ${one.textContent.trim().slice(0, 40)}`);
"""
"""What reaches beyond the screen; only inside a table may a reader have to scroll sideways."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_differs_from_what_is_behind_it(driver: Any, site: Path, scheme: str) -> None:
    coloured(driver, scheme)
    for page in PAGES:
        driver.get((site / f"{page}.html").as_uri())
        low = driver.execute_script(LOW_CONTRAST, CONTRAST)
        assert low == [], f"{page}, {scheme}"


LOW_CONTRAST = """
  const wanted = arguments[0];
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const dots = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (rgb) => rgb.slice(0, 3).map((one) => one / 255)
    .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = dots(getComputedStyle(one).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const found = {};
  for (const element of document.querySelectorAll("article *, .sidebar-drawer *, footer *")) {
    if (element.closest("svg") || !element.checkVisibility()) continue;
    if (![...element.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim()))
      continue;
    const [one, other] = [dots(getComputedStyle(element).color), behind(element)].map(light);
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < wanted)
      found[`${element.tagName}.${element.className} ${ratio.toFixed(2)}`] =
        element.textContent.trim().slice(0, 40);
  }
  return Object.entries(found);
"""


def links(driver: Any, selector: str) -> list[str]:
    script = "return [...document.querySelectorAll(arguments[0])].map(a => a.textContent.trim())"
    found: list[str] = driver.execute_script(script, selector)
    return found


def next_page(driver: Any) -> bool:
    """Go on to the next page, as a reader does at the end of one; return whether there is one."""
    for link in driver.find_elements("css selector", ".next-page"):
        link.send_keys("\n")
        return True
    return False


def test_each_language_has_its_own_contents_and_words(driver: Any, site: Path) -> None:
    driver.get((site / "can-bo" / "02-lap-ho-so.html").as_uri())
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(driver, 20).until(lambda one: links(one, ".sidebar-tree a"))
    vietnamese = links(driver, ".sidebar-tree a")
    assert "1. Cài chương trình" in vietnamese
    assert "Architecture" not in vietnamese
    assert "Trang sau" in driver.page_source
    labelled = driver.find_elements("css selector", "[aria-label]")
    labels = [one.get_attribute("aria-label") for one in labelled]
    assert len(labels) > 4
    assert [one for one in labels if re.match("Toggle|Search|Skip", one)] == []
    driver.get((site / "architecture.html").as_uri())
    english = links(driver, ".sidebar-tree a")
    assert "Architecture" in english
    assert not set(english) & set(vietnamese)
    assert "On this page" in driver.page_source
    assert driver.find_element("css selector", "html").get_attribute("lang") == "en"
    driver.find_element("link text", "Tiếng Việt").click()
    assert driver.find_element("css selector", "html").get_attribute("lang") == "vi"


def test_a_reader_can_go_through_the_officers_pages_with_next_alone(
    driver: Any, site: Path
) -> None:
    driver.get((site / "can-bo" / "index.html").as_uri())
    read = []
    while "/can-bo/" in driver.current_url:
        read.append(driver.current_url.rpartition("/")[2])
        assert next_page(driver)
    numbered = [one for one in read if one[:2].isdigit()]
    assert numbered == sorted(numbered)
    assert sorted(read) == sorted(path.name for path in (site / "can-bo").glob("*.html"))


def test_next_never_leads_into_the_other_language(driver: Any, site: Path) -> None:
    for root, language in (("index", "vi"), ("english", "en")):
        driver.get((site / f"{root}.html").as_uri())
        steps = 0
        while next_page(driver):
            steps += 1
            assert driver.find_element("css selector", "html").get_attribute("lang") == language
        assert steps > 15


@pytest.mark.parametrize("page", ["can-bo/02-lap-ho-so", "reference/policy/who"])
def test_a_printed_page_has_its_number_and_nothing_of_the_screen(
    driver: Any, site: Path, tmp_path: Path, page: str
) -> None:
    needs.absent(needs.missing_tools({"pdftotext": needs.PAGE_TOOLS["pdftotext"]}))
    coloured(driver, "dark")
    driver.get((site / f"{page}.html").as_uri())
    made = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    paper = tmp_path / "page.pdf"
    paper.write_bytes(base64.b64decode(made["data"]))
    read = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, check=True)
    pages = read.stdout.decode().split("\f")[:-1]
    assert len(pages) > 1
    for place, text in enumerate(pages, 1):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        assert lines[-1] == f"{place}/{len(pages)}"
        assert len(lines) > 5, "a page is nearly empty"
        assert not {"Đến nội dung", "Skip to content", "Trang sau", "Next"} & set(lines)
    if page.startswith("reference"):
        assert "[[roles.open]]" in "".join(pages), "an example is folded away"
