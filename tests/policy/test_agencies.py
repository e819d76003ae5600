"""A duty keeps the document's words and is shown with who has taken the agency's place."""

from datetime import date

import pytest

from engine.policy.agencies import on_day
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
