"""A duty keeps the document's words and is shown with who has taken the agency's place."""

from datetime import date

import pytest
from support.literals import Dated, day, document
from support.literals import policy as stated

from engine.policy.agencies import name_on, named_first, on_day, province_title
from engine.policy.files import parse_policy
from engine.policy.model import Policy

POLICY = """
[province]
id = "p"
name = "P"
prefix = "PP"

[[document]]
id = "KH1"
number = "1/KH-UBND"
short = "KH 1/KH-UBND"
title = "Kế hoạch"
issuer = "UBND"
issued = 2021-01-01
from = 2021-01-01
to = 2025-12-31

[[document]]
id = "SX"
number = "không số"
short = "Sắp xếp"
title = "Sắp xếp"
issuer = "Nhiều cơ quan"
from = 2025-03-01
programme = false

[[document]]
id = "KH0"
number = "0/KH-UBND"
short = "KH 0/KH-UBND"
title = "Kế hoạch cũ"
issuer = "UBND"
issued = 2018-01-01
from = 2018-01-01
to = 2020-12-31

[[routing.planning_department]]
value = { name = "Sở Kế hoạch", confirmed = true }
source = "KH0, V.1"

[[routing.planning_department]]
value = { name = "Sở Tài chính mới", confirmed = false }
source = "SX"

[[routing.health_department]]
value = { name = "Sở Y", confirmed = true }
source = "KH0, V.2"

[[routing.labour_department]]
value = { name = "Sở Lao động", confirmed = true }
source = "KH1, V.1"
to = 2025-02-28

[[routing.labour_department]]
value = { name = "Sở Y tế", confirmed = false }
source = "SX"

[[routing.district_committee]]
value = { name = "UBND huyện", confirmed = true }
source = "KH1, V.2"
to = 2025-06-30

[[routing.province_association]]
value = { name = "Hội tỉnh", confirmed = true }
source = "KH1, V.3"
"""


pytestmark = pytest.mark.usefixtures("english")


def policy() -> Policy:
    return parse_policy(POLICY.encode(), origin="policy.toml")


@pytest.mark.parametrize(
    ("text", "on", "wanted"),
    [
        ("Sở Lao động, Sở Tài chính", date(2025, 2, 28), "Sở Lao động, Sở Tài chính"),
        (
            "Sở Lao động, Sở Tài chính",
            date(2025, 3, 1),
            "Sở Lao động (now Sở Y tế, not confirmed), Sở Tài chính",
        ),
        ("UBND huyện", date(2025, 6, 30), "UBND huyện"),
        (
            "UBND huyện",
            date(2025, 7, 1),
            "UBND huyện (ended on 01/07/2025, successor not confirmed)",
        ),
        ("Hội tỉnh", date(2026, 2, 1), "Hội tỉnh"),
        # The document ended, not the agency; the successor is known although years lie between.
        ("Sở Kế hoạch", date(2021, 1, 1), "Sở Kế hoạch"),
        ("Sở Kế hoạch", date(2025, 2, 28), "Sở Kế hoạch"),
        (
            "Sở Kế hoạch",
            date(2025, 3, 1),
            "Sở Kế hoạch (now Sở Tài chính mới, not confirmed)",
        ),
        ("Sở Y", date(2025, 3, 1), "Sở Y"),
    ],
)
def test_an_agency_is_shown_with_its_successor_of_the_day(text: str, on: date, wanted: str) -> None:
    assert on_day(policy(), text, on) == wanted


def test_a_text_is_marked_once() -> None:
    on = date(2025, 10, 1)
    once = on_day(policy(), "Sở Lao động", on)
    assert on_day(policy(), once, on) == once


NAMED = stated(
    {
        "routing.labour_department": [
            Dated({"name": "Sở Lao động", "confirmed": True}, end=day("2023-02-28")),
            Dated({"name": "Sở Y tế", "confirmed": False}, start=day("2023-03-01")),
        ],
        "routing.province_committee": [
            Dated(
                {"name": "Ủy ban nhân dân thành phố Thử", "confirmed": True},
                start=day("2024-01-01"),
                end=day("2024-12-31"),
            ),
            Dated(
                {"name": "Ủy ban nhân dân tỉnh Thử", "confirmed": True},
                start=day("2022-01-01"),
                end=day("2022-12-31"),
            ),
            Dated(
                {"name": "Ủy ban nhân dân tỉnh Mới", "confirmed": False},
                start=day("2025-01-01"),
                end=day("2025-06-30"),
            ),
            Dated({"name": "UBND tỉnh Thử", "confirmed": True}, start=day("2025-07-01")),
        ],
    }
)


def test_an_agency_is_called_as_the_first_document_calls_it() -> None:
    assert named_first(NAMED, "labour_department") == "Sở Lao động"
    assert named_first(NAMED, "health_department") == "health_department"
    assert named_first(NAMED, "no_such_agency") == "no_such_agency"


@pytest.mark.parametrize(
    ("agency", "on", "name"),
    [
        ("labour_department", "2023-02-28", "Sở Lao động"),
        ("labour_department", "2023-03-01", "Sở Y tế (not confirmed)"),
        ("labour_department", "2020-12-31", "labour_department"),
        ("health_department", "2023-03-01", "health_department"),
        ("no_such_agency", "2023-03-01", "no_such_agency"),
    ],
)
def test_an_agency_is_called_as_on_the_day(agency: str, on: str, name: str) -> None:
    assert name_on(NAMED, agency, day(on)) == name


@pytest.mark.parametrize(
    ("on", "title"),
    [
        ("2019-01-01", "tỉnh Thử"),
        ("2022-12-31", "tỉnh Thử"),
        ("2023-06-01", None),
        ("2024-01-01", "thành phố Thử"),
        ("2025-01-01", None),
        ("2025-07-01", None),
    ],
)
def test_a_province_has_the_title_of_its_committee_that_day(on: str, title: str | None) -> None:
    assert province_title(NAMED, day(on)) == title


def test_without_a_committee_in_the_documents_a_province_has_no_title() -> None:
    assert province_title(stated(), day("2022-01-01")) is None


MOVED = stated(
    {
        "routing.a": [
            Dated({"name": "Sở A", "confirmed": True}, end=day("2022-12-31")),
            Dated({"name": "Sở A và B", "confirmed": True}, start=day("2023-01-01")),
        ],
        "routing.ab": [
            Dated({"name": "Sở A và C", "confirmed": True}, end=day("2022-12-31")),
        ],
        "routing.kept": [
            Dated({"name": "Sở D", "confirmed": True}, end=day("2022-12-31")),
            Dated({"name": "Sở D", "confirmed": True}, start=day("2023-01-01")),
        ],
    }
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sở A", "Sở A (now Sở A và B)"),
        ("Sở A, Sở D, Sở A", "Sở A (now Sở A và B), Sở D, Sở A (now Sở A và B)"),
        ("Sở A và B", "Sở A và B"),
        ("Sở A và C", "Sở A và C (ended on 01/01/2023, successor not confirmed)"),
        ("Phòng của Sở E", "Phòng của Sở E"),
    ],
)
def test_a_name_inside_another_agency_s_name_is_not_that_agency(text: str, wanted: str) -> None:
    assert on_day(MOVED, text, day("2023-06-01")) == wanted
    assert on_day(MOVED, text, day("2022-12-31")) == text


def test_a_policy_without_agencies_leaves_a_text_as_it_is() -> None:
    assert on_day(stated(), "Sở A", day("2022-01-01")) == "Sở A"


def test_an_agency_that_ended_in_a_later_document_is_marked_although_an_earlier_one_ended() -> None:
    two = stated(
        {
            "routing.a": [
                Dated({"name": "Sở Cũ", "confirmed": True}, source="QD0"),
                Dated({"name": "Sở Sau", "confirmed": True}, end=day("2022-12-31")),
            ]
        },
        [document("QD0", day("2018-01-01"), day("2020-12-31")), document()],
    )
    text = on_day(two, "Sở Cũ, Sở Sau", day("2023-06-01"))
    assert text == "Sở Cũ, Sở Sau (ended on 01/01/2023, successor not confirmed)"
