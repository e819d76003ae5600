"""The overview of a province, opened in a real browser and held against the report's figures."""

import base64
import json
import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support import needs
from support.browser import browser, wide
from support.glance import HOSTILE, LONG, SCRIPT, built, hostile

from engine.labels import entry_name, fund_name, step_name
from engine.reports.writers.html import render
from engine.targets import words
from engine.vietnamese.text import number

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def page(driver: Any, tmp_path: Path) -> Any:
    """The overview of 37 generated clubs, on a desktop's screen."""
    wide(driver, 1280)
    return opened(driver, tmp_path, built(37))


def opened(driver: Any, folder: Path, document: dict[str, Any]) -> Any:
    path = folder / "toan_canh.html"
    path.write_bytes(render(document))
    driver.get("about:blank")  # the browser's own first page asks for its parts until it is left
    driver.get_log("browser")
    driver.get_log("performance")
    driver.get(path.as_uri())
    return driver


def all_of(page: Any, selector: str) -> list[Any]:
    found: list[Any] = page.find_elements("css selector", selector)
    return found


def dmy(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))


def column(page: Any, name: str) -> list[str]:
    """Return a column of the clubs that are shown, from top to bottom."""
    script = """
      return [...document.querySelectorAll('#club-table tbody tr')].filter(row => !row.hidden)
        .map(row => row.querySelector(`[data-column=${arguments[0]}]`).dataset.value)"""
    found: list[str] = page.execute_script(script, name)
    return found


def waited(page: Any, found: Callable[[Any], Any]) -> Any:
    """Return what the page answers as soon as it is something."""
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(page, 10).until(found)


def press(page: Any, name: str) -> None:
    page.find_element("css selector", f"th[data-column={name}] button").click()


def test_built_twice_it_is_the_same_byte_for_byte() -> None:
    assert render(built(37)) == render(json.loads(json.dumps(built(37))))


def test_it_needs_no_other_file(page: Any) -> None:
    text = render(built(37)).decode()
    assert not re.search(r"(?:src|href)=\"(?!#|data:,)", text)
    assert "url(http" not in text
    asked = [
        json.loads(one["message"])["message"]["params"]["request"]["url"]
        for one in page.get_log("performance")
        if 'requestWillBeSent"' in one["message"]
    ]
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert page.get_log("browser") == []


def test_the_figures_on_the_page_are_the_reports(page: Any) -> None:
    document = built(37)
    sums = document["figures"]
    shown = {
        one.get_attribute("data-figure"): (
            one.get_attribute("title").removesuffix(" đồng") or one.text
        ).replace(".", "")
        for one in all_of(page, "[data-figure]")
    }
    assert len(shown) == 24
    assert shown.pop("received") == str(document["received"]["total"])
    assert shown == {name: str(sums[name]) for name in shown}
    stages = {
        one.get_attribute("data-stage"): int(one.find_element("css selector", ".n").text)
        for one in all_of(page, "[data-stage]")
    }
    assert stages == sums["clubs_by_state"]
    communes = {
        one.find_element("css selector", "bdi").text: int(
            one.find_element("css selector", "b").text
        )
        for one in all_of(page, ".map li")
    }
    assert communes == {row["commune"]: row["clubs"] for row in document["communes"]}
    assert len(communes) == 7


def test_each_target_is_shown_with_its_article_and_its_figures(page: Any) -> None:
    page.execute_script("document.querySelectorAll('details').forEach(one => one.open = true)")
    listed = built(37)["progress"]
    folded = [row for row in listed if row["actual"] is None or row["status"] == "not_stipulated"]
    rows = [row for row in listed if row not in folded] + folded
    cards = all_of(page, "[data-target]")
    assert [one.get_attribute("data-target") for one in cards] == [row["id"] for row in rows]
    for card, row in zip(cards, rows, strict=True):
        assert row["source"] in card.text
        assert row["label"] in card.text
        if row["target"] is not None:
            assert f"({words.nature(row)}): {words.figure(row)}" in card.text
        actual = "" if row["actual"] is None else str(row["actual"])
        assert card.get_attribute("data-actual") == actual
        if row["percent"] is not None:
            assert (
                f"{row['percent']:,.1f}".replace(",", " ").replace(".", ",").replace(" ", ".") + "%"
                in card.text
            )
    assert any(row["percent"] for row in rows)


def test_what_is_late_and_who_needs_attention_are_all_listed(page: Any) -> None:
    document = built(37)
    assert len(all_of(page, "[data-overdue]")) == len(document["overdue"]) > 0
    listed = [one.get_attribute("data-attention") for one in all_of(page, "[data-attention]")]
    assert listed == [row["club"] for row in document["attention"]]
    shown = {
        one.get_attribute("data-duration"): one.find_element(
            "css selector", "[data-median]"
        ).get_attribute("data-median")
        for one in all_of(page, "[data-duration]")
    }
    assert shown == {
        row["state"]: "" if row["median_days"] is None else str(row["median_days"])
        for row in document["durations"]
    }


def test_a_heading_sorts_numbers_as_numbers_and_turns_round(page: Any) -> None:
    whole = [str(row["members"]) for row in built(37)["clubs"]]
    press(page, "members")
    assert column(page, "members") == sorted(whole, key=int)
    heading = page.find_element("css selector", "th[data-column=members]")
    assert heading.get_attribute("aria-sort") == "ascending"
    press(page, "members")
    assert column(page, "members") == sorted(whole, key=int, reverse=True)
    assert heading.get_attribute("aria-sort") == "descending"
    press(page, "name")
    assert heading.get_attribute("aria-sort") == "none"
    assert column(page, "name") == [f"CLB {number}" for number in range(1, 38)]


def test_days_sort_by_the_calendar_and_what_is_missing_comes_last(page: Any) -> None:
    days = [row["decided_on"] for row in built(37)["clubs"]]
    known = sorted(day for day in days if day)
    assert len(known) < len(days)
    missing = [""] * (len(days) - len(known))
    press(page, "decided_on")
    assert column(page, "decided_on") == [*known, *missing]
    press(page, "decided_on")
    assert column(page, "decided_on") == [*reversed(known), *missing]


def test_the_list_filters_by_words_without_marks_and_by_stage(page: Any) -> None:
    document = built(37)
    page.find_element("css selector", "#find").send_keys("xa 3")
    kept = [row for row in document["clubs"] if row["commune"] == "xã 3"]
    assert 0 < len(kept) < 37
    assert sorted(column(page, "name")) == sorted(row["name"] for row in kept)
    status = page.find_element("css selector", "#shown").text
    assert f"{len(kept)}" in status
    assert "37" in status
    page.find_element("css selector", "#find").clear()
    page.find_element("css selector", "#find").send_keys("x\b")
    page.execute_script(
        "const one = document.getElementById('stage'); one.value = 'dissolved';"
        "one.dispatchEvent(new Event('change'))"
    )
    gone = [row["name"] for row in document["clubs"] if row["state"] == "dissolved"]
    assert sorted(column(page, "name")) == sorted(gone)
    assert gone


def test_everything_is_reached_and_worked_with_the_keyboard(page: Any) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    reached = []
    for _each in range(150):
        ActionChains(page).send_keys(Keys.TAB).perform()
        reached.append(
            page.execute_script(
                "const one = document.activeElement;"
                "return one.id || one.closest('[data-column]')?.dataset.column || one.tagName"
            )
        )
        if reached[-1] == "members":
            break
    assert {"find", "stage", "name", "commune", "members"} <= set(reached)
    assert "A" in reached
    assert "SUMMARY" in reached
    ActionChains(page).send_keys(Keys.ENTER).perform()
    whole = sorted(row["members"] for row in built(37)["clubs"])
    assert [int(one) for one in column(page, "members")] == whole


def test_every_field_has_its_label_and_charts_have_their_figures_in_words(page: Any) -> None:
    for field in ("find", "stage"):
        assert page.execute_script(f"return document.getElementById('{field}').labels.length") == 1
    pictures = all_of(page, "svg")
    assert pictures
    assert all(one.get_attribute("aria-hidden") == "true" for one in pictures)
    fills = page.execute_script(
        "return [...document.querySelectorAll('.target svg rect:nth-child(2)')]"
        ".map(one => one.getAttribute('fill'))"
    )
    assert len(set(fills)) > 1
    assert all(one.startswith("url(#fill-") for one in fills)


def test_money_received_is_shown_by_year_by_source_and_by_fund(page: Any) -> None:
    received = built(37)["received"]
    for kind, name in (("year", "by_year"), ("source", "by_source"), ("fund", "by_fund")):
        shown = {
            one.get_attribute(f"data-{kind}"): int(one.text.split("\n")[-1].replace(".", ""))
            for one in all_of(page, f"#money [data-{kind}]")
        }
        assert shown == received[name]
        assert len(shown) > 1
    assert len(all_of(page, "[data-received]")) == len(received["parts"])


def test_five_hundred_clubs_are_sorted_and_filtered_at_once(driver: Any, tmp_path: Path) -> None:
    wide(driver, 1280)
    page = opened(driver, tmp_path, built(500))
    rows = built(500)["clubs"]
    assert page.get_log("browser") == []
    assert len(column(page, "name")) == len(rows) > 450
    spent = """
      const started = performance.now();
      document.querySelector('th[data-column=members] button').click();
      const find = document.getElementById('find');
      find.value = 'xa 3';
      find.dispatchEvent(new Event('input'));
      document.body.getBoundingClientRect();
      return performance.now() - started"""
    assert page.execute_script(spent) < 1_000
    kept = [row["members"] for row in rows if row["commune"] == "xã 3"]
    assert [int(one) for one in column(page, "members")] == sorted(kept)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("document", [built, hostile], ids=["usual", "hostile"])
def test_the_page_is_no_wider_than_the_screen(
    driver: Any, tmp_path: Path, width: int, document: Any
) -> None:
    wide(driver, width)
    page = opened(driver, tmp_path, document(37) if document is built else hostile())
    assert page.execute_script("return document.documentElement.scrollWidth") <= width
    assert page.execute_script("return document.body.scrollHeight") < 40_000
    assert page.get_log("browser") == []


def test_on_a_phone_a_row_is_a_card_with_its_headings_and_nothing_is_off_the_screen(
    driver: Any, tmp_path: Path
) -> None:
    wide(driver, 390)
    page = opened(driver, tmp_path, built(37))
    cards = page.execute_script(
        "return [...document.querySelectorAll('#overdue tbody tr, #club-table tbody tr')]"
        ".filter(row => row.offsetHeight).map(row => [row.getBoundingClientRect().right,"
        "row.offsetHeight, [...row.cells].every(cell => cell.scrollWidth <= cell.clientWidth + 1)])"
    )
    assert len(cards) > 37
    assert all(right <= 390 and fits for right, _tall, fits in cards)
    assert max(tall for _right, tall, _fits in cards) < 500
    label = page.execute_script(
        "return getComputedStyle(document.querySelector('#overdue td'), '::before').content"
    )
    assert label.startswith('"')
    assert len(label) > 4


def test_the_first_screen_says_whether_it_is_well_in_a_sentence_and_four_numbers(
    page: Any,
) -> None:
    document = built(37)
    sums, before = document["figures"], document["previous"]["figures"]
    shown = {one.get_attribute("data-lead"): one for one in all_of(page, "[data-lead]")}
    assert list(shown) == ["clubs", "members", "overdue", "met"]
    numbers = {
        name: one.find_element("css selector", "a").text.replace(".", "")
        for name, one in shown.items()
    }
    assert numbers["clubs"] == str(sums["clubs"])
    assert numbers["members"] == str(sums["members"])
    assert numbers["overdue"] == str(len(document["overdue"]))
    asked = [one for one in document["progress"] if one["kind"] != "budget"]
    reached = sum(one["status"] == "met" for one in asked)
    assert numbers["met"].split("/")[0] == str(reached)
    changes = {
        name: one.find_element("css selector", ".change").text for name, one in shown.items()
    }
    assert changes["members"].startswith(str(sums["members"] - before["members"]))
    moved = {
        "overdue": len(document["overdue"]) - document["previous"]["overdue"],
        "met": reached - document["previous"]["met"],
    }
    for name, change in moved.items():
        same = ("unchanged", "không đổi")
        assert changes[name].startswith(same if change == 0 else f"{change:+}")
    assert max(one.rect["y"] + one.rect["height"] for one in shown.values()) < 600


def test_who_is_late_is_listed_by_commune_the_longest_delay_first(page: Any) -> None:
    late = built(37)["overdue"]
    rows = [
        [cell.text.replace(".", "") for cell in one.find_elements("css selector", "td")]
        for one in all_of(page, "[data-late]")
    ]
    days = [int(row[1]) for row in rows]
    assert days == sorted(days, reverse=True)
    assert days[0] == max(one["overdue_days"] for one in late)
    assert sum(int(row[2]) for row in rows) == len(late)
    for where, _days, tasks, clubs, _who in rows:
        own = [one for one in late if one["commune"] == where]
        if own:
            assert int(tasks) == len(own)
            assert int(clubs) == len({one["club"] for one in own if one["club"]})


def test_what_is_filtered_is_kept_in_the_address(page: Any) -> None:
    kept = [row for row in built(37)["clubs"] if row["commune"] == "xã 3"]
    page.find_element("css selector", "#find").send_keys("xa 3")
    address = page.current_url
    assert address.endswith("#clubs?q=xa+3")
    page.get("about:blank")
    page.get(address)
    assert page.find_element("css selector", "#find").get_attribute("value") == "xa 3"
    assert len(column(page, "name")) == len(kept)
    where = page.find_element("css selector", "#late a").text
    page.find_element("css selector", "#late a").click()
    value = "return document.getElementById('find').value"
    assert waited(page, lambda one: one.execute_script(value) == where)


def test_a_link_of_a_commune_shows_its_clubs_and_no_others_of_a_like_name(
    driver: Any, tmp_path: Path
) -> None:
    wide(driver, 1280)
    document = built(37)
    for name in ("clubs", "communes", "overdue"):
        for row in document[name]:
            row["commune"] = {"xã 0": "xã Phú Lâm", "xã 1": "xã Phú Lâm Đông"}.get(
                row["commune"], row["commune"]
            )
            row["place"] = f"{row['commune']}, huyện Tiên Du"
    page = opened(driver, tmp_path, document)
    kept = [row for row in document["clubs"] if row["commune"] == "xã Phú Lâm"]
    tile = next(one for one in all_of(page, ".map li a") if one.text == "xã Phú Lâm")
    tile.click()
    assert waited(page, lambda one: len(column(one, "name")) == len(kept))
    page.get("about:blank")
    page.get((tmp_path / "toan_canh.html").as_uri() + "#clubs?commune=x%C3%A3+Ph%C3%BA+L%C3%A2m")
    assert waited(page, lambda one: len(column(one, "name")) == len(kept))
    page.find_element("css selector", "#find").send_keys(" ")
    assert waited(page, lambda one: len(column(one, "name")) > len(kept))


def test_the_figures_of_the_glance_are_on_the_page(page: Any) -> None:
    document = built(37)
    for one in all_of(page, "[data-ceiling]"):
        period = one.get_attribute("data-ceiling")
        (row,) = (row for row in document["glance"]["ceilings"] if row["period"] == period)
        assert one.get_attribute("data-granted") == str(row["granted"])
        assert (
            one.get_attribute("title")
            .replace(".", "")
            .startswith(f"{row['granted']} / {row['limit']}")
        )
    assert len(all_of(page, "[data-ceiling]")) == len(document["glance"]["ceilings"]) == 5
    for name in ("clubs", "members"):
        shown = {
            one.get_attribute(f"data-quarter-{name}"): int(one.get_attribute("data-value"))
            for one in all_of(page, f"[data-quarter-{name}]")
        }
        assert shown == {row["id"]: row[name] for row in document["glance"]["quarters"]}


def test_a_target_says_where_it_would_end_at_the_pace_so_far(page: Any) -> None:
    row = next(one for one in built(37)["progress"] if one["id"] == "new_clubs")
    card = page.find_element("css selector", "[data-target=new_clubs]")
    assert str(row["projected"]) in card.find_element("css selector", ".pace").text
    ends = card.find_elements("css selector", "rect[fill='url(#fill-ends)']")
    share = 100 * min(row["projected"] / row["target"], 1) - row["percent"]
    assert float(ends[0].get_attribute("width").removesuffix("%")) == pytest.approx(share, abs=0.1)


def test_communes_without_a_club_are_tiles_that_look_otherwise(driver: Any, tmp_path: Path) -> None:
    wide(driver, 1280)
    document = built(37)
    names = [row["commune"] for row in document["communes"]]
    document["glance"]["every_commune"] = [
        {"commune": name, "clubs": place, "listed": True} for place, name in enumerate(names)
    ]
    page = opened(driver, tmp_path, document)
    tiles = all_of(page, ".map li")
    looks = [one.value_of_css_property("background-image") for one in tiles[:4]]
    assert len(set(looks)) == 4
    assert [one.get_attribute("class") for one in tiles[:5]] == ["t0", "t1", "t2", "t3", "t3"]
    assert tiles[0].find_elements("css selector", "a") == []
    tiles[3].find_element("css selector", "a").click()
    kept = [row for row in document["clubs"] if row["commune"] == names[3]]
    assert waited(page, lambda one: len(column(one, "name")) == len(kept))
    legend = [one.text for one in all_of(page, ".legend li")]
    assert len(legend) == 4


def in_sight(page: Any) -> list[str]:
    """Return the clubs of the page of the list that is open."""
    script = """return [...document.querySelectorAll('#club-table tbody tr')]
        .filter(row => row.offsetHeight).map(row => row.dataset.club)"""
    found: list[str] = page.execute_script(script)
    return found


def test_a_long_list_is_turned_page_by_page_and_the_address_keeps_the_page(
    driver: Any, tmp_path: Path
) -> None:
    wide(driver, 1280)
    page = opened(driver, tmp_path, built(500))
    ids = [row["club"] for row in built(500)["clubs"]]
    assert in_sight(page) == ids[:50]
    assert not page.find_element("css selector", "#before").is_enabled()
    page.find_element("css selector", "#after").click()
    assert in_sight(page) == ids[50:100]
    assert page.current_url.endswith("#clubs?page=2")
    address = page.current_url
    page.get("about:blank")
    page.get(address)
    assert in_sight(page) == ids[50:100]
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert in_sight(page) == ids
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    press(page, "name")
    assert "page" not in page.current_url
    assert page.current_url.endswith("#clubs?sort=name")


def test_a_clubs_own_page_folds_out_with_all_that_is_known_and_has_an_address(
    driver: Any, tmp_path: Path
) -> None:
    wide(driver, 1280)
    document = built(500)
    page = opened(driver, tmp_path, document)
    late = next(one for one in document["overdue"] if one["club"])
    club = next(one for one in document["clubs"] if one["club"] == late["club"])
    link = page.find_element("css selector", f"[data-overdue='{club['club']}'] a")
    page.execute_script("arguments[0].click()", link)
    folded = waited(page, lambda one: all_of(one, "#club-table .more"))[0]
    assert page.current_url.endswith(f"#clubs?club={club['club']}")
    row = page.find_element("css selector", f"tr[data-club='{club['club']}']")
    assert row.find_element("css selector", "a").get_attribute("aria-expanded") == "true"
    assert row.rect["y"] + row.rect["height"] == pytest.approx(folded.rect["y"], abs=2)
    assert club["name"] in folded.text
    assert str(club["poor"]) in folded.text
    owed = [one for one in document["overdue"] if one["club"] == club["club"]]
    shown = [one.text.replace(".", "") for one in folded.find_elements("css selector", "li")]
    for one in owed:
        day = "/".join(reversed(one["due_on"].split("-")))
        assert any(day in line and str(one["overdue_days"]) in line for line in shown)
    life = next(one for one in document["glance"]["lives"] if one["club"] == club["club"])
    steps = [one.text for one in folded.find_elements("css selector", ".steps li")]
    assert [one[:10] for one in steps] == [dmy(one["on"]) for one in life["steps"]]
    assert [one.split(": ")[1] for one in steps] == [
        step_name(one["step"]) for one in life["steps"]
    ]
    money = [one.text for one in folded.find_elements("css selector", ".entries li")]
    assert money == [
        f"{dmy(one['on'])}: {entry_name(one['kind'])}, {fund_name(one['fund'])}: "
        f"{number(one['amount'])}"
        for one in life["entries"]
    ]
    assert steps
    row.find_element("css selector", "a").click()
    assert all_of(page, "#club-table .more") == []


def test_a_filter_that_nothing_fits_says_so(page: Any) -> None:
    message = page.find_element("css selector", "#no-match")
    assert not message.is_displayed()
    page.find_element("css selector", "#find").send_keys("không có đâu")
    assert column(page, "name") == []
    assert message.is_displayed()


def test_the_list_is_saved_as_it_is_filtered(page: Any) -> None:
    page.execute_script(
        "const made = URL.createObjectURL;"
        "URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text; });"
        "return made.call(URL, blob); };"
    )
    page.find_element("css selector", "#find").send_keys("xa 3")
    page.find_element("css selector", "#csv").click()
    text = waited(page, lambda one: one.execute_script("return window.saved"))
    kept = [row["name"] for row in built(37)["clubs"] if row["commune"] == "xã 3"]
    heads, *lines = text.removeprefix("\ufeff").splitlines()
    assert sorted(line.split('","')[0].strip('"') for line in lines) == sorted(kept)
    assert {line.count('","') for line in lines} == {heads.count('","')}


def test_in_the_dark_letters_are_light_and_everything_can_be_read(page: Any) -> None:
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": dark})
    try:
        ink, paper = page.execute_script(
            "const style = getComputedStyle(document.body);"
            "return [style.color, style.backgroundColor].map(one => one.match(/[0-9]+/g)"
            ".slice(0, 3).reduce((sum, part) => sum + Number(part), 0))"
        )
        assert ink > 600 > 150 > paper
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_the_head_of_the_list_stays_in_sight_and_is_text_on_paper(page: Any) -> None:
    page.execute_script("document.querySelector('#clubs .scroll').scrollTop = 500")
    box, head = page.execute_script(
        "const top = (one) => document.querySelector(one).getBoundingClientRect().top;"
        "return [top('#clubs .scroll'), top('#club-table th')]"
    )
    assert abs(head - box) < 3
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        head = page.find_element("css selector", "#club-table th[data-column=name]")
        assert not head.find_element("css selector", "button").is_displayed()
        assert head.text
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_five_hundred_clubs_with_long_names_are_one_small_file() -> None:
    document = built(500)
    names = {
        one["club"]: f"CLB Liên thế hệ tự giúp nhau Thôn {one['club']}" for one in document["clubs"]
    }
    for one in document["clubs"]:
        one["name"] = names[one["club"]]
        one["place"] = f"Xã Tam Giang Đông {one['commune']}, tỉnh Bắc Ninh"
    for one in (*document["overdue"], *document["attention"]):
        if one["club"]:
            one["club_name" if "club_name" in one else "name"] = names.get(one["club"], one["club"])
            one["place"] = f"Xã Tam Giang Đông {one['commune']}, tỉnh Bắc Ninh"
    document["glance"]["every_commune"] = [
        {"commune": f"Xã Tam Giang Đông {place}", "clubs": place % 4, "listed": True}
        for place in range(500)
    ]
    assert len(render(document)) <= 600 * 1024


@pytest.mark.parametrize("clubs", [1, 500])
@pytest.mark.parametrize("width", [390, 820, 1280])
def test_one_club_or_many_no_page_is_wider_than_its_screen(
    driver: Any, tmp_path: Path, clubs: int, width: int
) -> None:
    wide(driver, width)
    page = opened(driver, tmp_path, built(clubs))
    assert page.execute_script("return document.documentElement.scrollWidth") <= width
    assert page.get_log("browser") == []


def test_hostile_names_stay_text(driver: Any, tmp_path: Path) -> None:
    wide(driver, 1280)
    page = opened(driver, tmp_path, hostile())
    assert "hỏng" not in page.title
    assert len(all_of(page, "script")) == 1
    assert all_of(page, "img") == []
    names = page.execute_script(
        "return [...document.querySelectorAll('td[data-column=name] bdi')]"
        ".map(one => one.textContent)"
    )
    assert set(names) == set(HOSTILE)
    assert SCRIPT in page.find_element("css selector", "[data-target] h3").text
    tall = page.execute_script(
        "return Math.max(...[...document.querySelectorAll('#club-table tr')]"
        ".map(row => row.getBoundingClientRect().height))"
    )
    assert tall < 200
    assert LONG in names
    press(page, "name")
    assert len(column(page, "name")) == 37


def test_on_paper_the_controls_are_gone_and_the_figures_stay(page: Any) -> None:
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not page.find_element("css selector", "#controls").is_displayed()
        assert not page.find_element("css selector", "nav").is_displayed()
        assert page.find_element("css selector", "[data-figure=clubs]").is_displayed()
        font = page.execute_script("return getComputedStyle(document.body).fontFamily")
        assert font.startswith('"Times New Roman"')
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_each_printed_page_has_the_title_and_its_number(driver: Any, tmp_path: Path) -> None:
    needs.absent(needs.missing_tools({"pdftotext": needs.PAGE_TOOLS["pdftotext"]}))
    wide(driver, 1280)
    page = opened(driver, tmp_path, built(37))
    made = page.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    paper = tmp_path / "toan_canh.pdf"
    paper.write_bytes(base64.b64decode(made["data"]))
    text = subprocess.run(
        ["pdftotext", "-layout", paper, "-"], capture_output=True, check=True
    ).stdout.decode()
    pages = text.split("\f")[:-1]
    document = built(37)
    for place, one in enumerate(pages, 1):
        lines = [line.strip() for line in one.splitlines() if line.strip()]
        assert lines[0] == f"{document['province']['name']}: {document['report']['title']}"
        assert lines[-1] == f"{place}/{len(pages)}"


def test_on_paper_no_list_is_folded_away(page: Any) -> None:
    folded = len(all_of(page, "details"))
    page.execute_cdp_cmd("Page.printToPDF", {})
    assert len(all_of(page, "details[open]")) == folded > 0


def test_a_province_without_clubs_has_a_page_too() -> None:
    text = render(built(0)).decode()
    assert "<html" in text
    assert 'id="club-table"' not in text


def test_the_text_is_composed_vietnamese() -> None:
    text = render(built(37)).decode()
    assert text == unicodedata.normalize("NFC", text)
