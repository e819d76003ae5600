"""The administrators' page about rights names tests that are there, and codes that are there."""

import re

from support.sources import ROOT

from engine import codes

PAGE = (ROOT / "docs" / "quan-tri" / "quyen.md").read_text(encoding="utf-8")


def test_a_promise_names_a_test_that_is_there() -> None:
    named = set(re.findall(r"`(tests/[a-z_/]+\.py)`", PAGE))
    assert len(named) > 15
    assert sorted(one for one in named if not (ROOT / one).is_file()) == []


def test_a_refusal_is_named_by_a_code_that_is_there() -> None:
    named = set(re.findall(r"`(CLB-[A-Z-]+)`", PAGE))
    assert len(named) > 20
    assert sorted(named - set(codes.catalogue())) == []
