"""The role of a district: only where a policy names it, and in its own communes only."""

from datetime import date
from functools import partial
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from support.odd import FOLDER, ODD, odd
from support.plugins import write_plugin

from engine.bundles.status import status
from engine.desk.officer import lines
from engine.errors import InputError, NotPermittedError
from engine.lifecycle.situation import opening
from engine.model import Officer, Role
from engine.provinces.discover import GROUP
from engine.provinces.load import Provinces
from engine.reports.agenda import agenda, communes_of, placed
from engine.reports.due import due
from engine.scenario.play import LAUNCHED, play
from engine.scenario.world import World, open_world

DAY = date(2023, 9, 1)
START = date(2023, 3, 1)


@pytest.fixture
def world(tmp_path: Path):
    """A launched club in Xã Một of Huyện Đông; the policy lets districts supervise."""
    with open_world(tmp_path, ODD, date(2024, 6, 30), provinces=odd()) as made:
        yield made


def launched(world: World) -> str:
    club = world.open(START, {"name": "CLB Một", "commune": "Xã Một"})
    list(play(world, club, LAUNCHED, START))
    return club


def officer(world: World, district: str | None, role: Role = Role.DISTRICT) -> str:
    given = Officer("huyen", "Lê Văn Huyện", role, ODD, district, since=date(2020, 1, 1))
    return world.registry.officers.add(given, by=world.officers.admin).id


def test_the_district_of_the_club_s_commune_supervises(world: World) -> None:
    club = launched(world)
    outcome = world.take(club, "supervise", DAY, {}, role=Role.DISTRICT)
    assert outcome.event is not None
    assert (outcome.event.role, outcome.event.officer) == (Role.DISTRICT, "huyen-huyen-dong")


def test_another_district_is_out_of_scope(world: World) -> None:
    club, other = launched(world), officer(world, "Huyện Tây")
    with pytest.raises(NotPermittedError) as refused:
        world.take(club, "supervise", DAY, {}, officer=other)
    assert "CLB-SCOPE" in {one.code for one in refused.value.findings}


def test_what_the_policy_does_not_give_it_is_refused(world: World) -> None:
    club = launched(world)
    with pytest.raises(NotPermittedError) as refused:
        world.take(club, "train", DAY, {}, role=Role.DISTRICT)
    assert "CLB-ROLE" in {one.code for one in refused.value.findings}


def test_it_needs_a_district(world: World) -> None:
    with pytest.raises(InputError, match="huyện"):
        officer(world, None)


def test_it_sees_more_than_one_commune() -> None:
    one = Officer("h", "H", Role.DISTRICT, ODD, "Huyện Đông")
    assert not one.of_one_commune
    assert Officer("u", "U", Role.COMMITTEE, ODD, "Xã Một").of_one_commune


def test_it_corrects_what_it_took_and_nothing_else(world: World) -> None:
    club = launched(world)
    taken = world.take(club, "supervise", DAY, {}, role=Role.DISTRICT).event
    other = world.take(club, "supervise", date(2024, 3, 1), {}, role=Role.PROVINCE).event
    assert taken is not None
    assert other is not None
    changes = {"meetings_held": 2}
    form = {"changes": changes, "reason": "Ghi nhầm", "document": "CV 1"}
    own, others = ({**form, "seq": one.seq} for one in (taken, other))
    who, why = "huyen-huyen-dong", {"CLB-COMP-SIZE": "thôn nhỏ"}
    correct = partial(world.registry.lifecycle.advance, club, "correct", officer=who)
    done = correct(own, acknowledged=why)
    assert done.event is not None
    assert done.event.role is Role.DISTRICT
    with pytest.raises(NotPermittedError):
        correct(others, acknowledged=why)


def test_it_sees_what_is_due_in_its_communes_alone(world: World) -> None:
    club, far = launched(world), world.open(START, {"name": "CLB Bốn", "commune": "Xã Bốn"})
    list(play(world, far, LAUNCHED, START))
    rules = world.rules
    one = Officer("h", "H", Role.DISTRICT, ODD, "Huyện Đông")
    offices = placed(world.registry.store, rules, [one], DAY)
    rows = due(world.registry.store, rules, ODD, DAY)
    assert {one.club for one in rows if one.club} == {club, far}
    seen = agenda(rows, offices)
    assert {one.club for one in (*seen.own, *seen.others)} == {club}
    assert communes_of(offices) == {"Xã Một", "Xã Hai", "Phường Ba"}


def test_one_whose_communes_are_not_known_sees_all() -> None:
    assert communes_of([Officer("h", "H", Role.DISTRICT, ODD, "Huyện Lạ")]) is None


def test_its_district_is_taken_for_no_commune(world: World) -> None:
    launched(world)
    one = officer(world, "Huyện Đông")
    registry = world.registry
    asked = opening(registry.lifecycle, ODD, one)
    assert asked.club.commune == ""
    refused = [found.code for found in asked.offers[0].findings if found.level == "block"]
    assert refused == ["CLB-ROLE"]
    assert "Huyện Đông" not in [found.commune for found in status(registry, ODD)]
    held = registry.lifecycle.officers(one)
    assert len(list(lines(registry, held))) == len(held)


def test_it_records_what_its_budget_gave_only_where_the_policy_says_so(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant = {"kind": "grant", "source": "district_budget", "amount": 20_000_000}
    with pytest.raises(NotPermittedError):
        world.take(launched(world), "fund", DAY, grant, role=Role.DISTRICT)
    policy = (FOLDER / "clb_odd" / "policy.toml").read_text(encoding="utf-8")
    stated = '\n[[roles.fund]]\nvalue = ["district", "association"]\nsource = "KH2, III.1"\n'
    package = write_plugin(tmp_path / "site", ODD, policy=policy + stated, package="clb_odd_money")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    found = Provinces([EntryPoint(ODD, package, GROUP)])
    with open_world(tmp_path, ODD, DAY, name="stated", provinces=found) as there:
        done = there.take(launched(there), "fund", DAY, grant, role=Role.DISTRICT)
        assert done.event is not None
        assert done.event.role is Role.DISTRICT
