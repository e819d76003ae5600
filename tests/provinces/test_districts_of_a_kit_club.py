"""The club of the kit and of a case lies where a district's officer may act, if one is named."""

from datetime import date
from pathlib import Path

import pytest
from support.plugins import POLICY, write_plugin

from engine.scenario.world import open_world

OPENED, PROPOSED, ASKED, DECIDED = (date(2021, 2, day) for day in (1, 10, 20, 27))
OPINION = """
[[step.own_y_kien]]
value = { label = "Ý kiến của huyện", before = "approve", by = ["district"] }
source = "KH1, III.1"
"""
LISTED = """
[[communes.districts]]
value = [{ name = "Huyện Đông", communes = ["Xã Hai", "Xã Bảy"] }]
source = "KH1, Phụ lục"
"""


@pytest.mark.parametrize(
    ("more", "place"),
    [(LISTED, ("Xã Hai", "Huyện Đông")), ("", ("Xã Một", "Huyện Một"))],
    ids=["of the documents' list", "of no list"],
)
def test_a_district_acts_for_it(
    more: str, place: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    province = f"huyen_{bool(more)}".lower()
    policy = POLICY.format(province=province, prefix="TT") + OPINION + more
    write_plugin(tmp_path / "installed", province, policy=policy)
    monkeypatch.syspath_prepend(str(tmp_path / "installed"))
    with open_world(tmp_path, province, DECIDED) as here:
        club = here.found(OPENED)
        here.take(club, "propose", PROPOSED)
        here.take(club, "own_y_kien", ASKED)
        here.take(club, "approve", DECIDED)
        commune = here.registry.lifecycle.club(club).commune
        officer = here.officers.for_step("own_y_kien", commune, ASKED)
        assert (commune, officer.commune) == place
