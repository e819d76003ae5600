"""A policy that is kept says what its file says, or is not taken at all."""

from datetime import date
from pathlib import Path

import pytest

from engine.policy import kept
from engine.policy.files import parse_policy
from engine.policy.read import digest, load

ROOT = Path(__file__).parents[2]
FILES = [*sorted(ROOT.glob("plugins/*/clb_*/policy.toml")), ROOT / "engine/policy/general.toml"]


def packed(path: Path) -> bytes:
    raw = load(path.read_bytes(), origin=path.name)
    return kept.pack(raw, digest(raw))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_every_value_comes_back_as_the_file_has_it(path: Path) -> None:
    read = parse_policy(path.read_bytes(), origin=path.name)
    again = kept.unpack(packed(path), origin=path.name)
    assert again == read
    assert again is not None
    assert list(again.keys()) == list(read.keys())
    for key in read.keys():  # noqa: SIM118  (a policy is no mapping)
        assert again.entries_of(key) == read.entries_of(key)


def test_days_come_back_as_days() -> None:
    raw = {"document": [{"from": date(2021, 7, 28)}]}
    assert b'{"$day":"2021-07-28"}' in kept.pack(raw, "")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data + b" ",
        lambda data: data.replace(b"60", b"61", 1),
        lambda data: data.partition(b"\n")[2],
    ],
)
def test_what_was_changed_or_cut_is_not_taken(spoil) -> None:
    good = packed(FILES[0])
    assert spoil(good) != good
    assert kept.unpack(spoil(good), origin="policy.toml") is None
