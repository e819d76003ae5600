"""How the plain lines list the steps of a club."""

import pytest

from engine import codes
from engine.cli.ask_step import Menu
from engine.interview.situation import StepOffer
from engine.model import Finding, Level, Officer, Role

REFUSED = (Finding(codes.ROLE, Level.BLOCK, "", permission=True),)
HOA = Officer("hoa", "Phạm Thị Hòa", Role.PROVINCE, "hai_phong")


@pytest.mark.parametrize(
    ("officers", "city", "shown"),
    [
        ((HOA,), True, "tập huấn (Phạm Thị Hòa, cán bộ thành phố)"),
        ((HOA,), False, "tập huấn (Phạm Thị Hòa, cán bộ cấp tỉnh)"),
        ((), True, "tập huấn (thành phố)"),
    ],
)
def test_a_step_of_others_is_listed_with_who_takes_it_in_words_of_the_place(
    officers: tuple[Officer, ...], city: bool, shown: str
) -> None:
    offer = StepOffer("train", "tập huấn", REFUSED, (Role.PROVINCE,), officers)
    assert Menu((offer,), (), (), city=city).line(offer) == shown
