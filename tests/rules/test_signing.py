"""A province may ask for a signature of every step."""

import pytest
from support.literals import Dated, day, report, rules, text

from engine.rules.signing import is_required, unsigned

pytestmark = pytest.mark.usefixtures("english")

ON = day("2022-03-01")
ASKED = rules({"setting.signed_steps": Dated(True, source="QD1, III.5")})


@pytest.mark.parametrize(
    ("policy", "required"),
    [(ASKED, True), (rules({"setting.signed_steps": False}), False), (rules(), False)],
)
def test_a_signature_is_asked_for_where_the_policy_says_so(policy, required: bool) -> None:
    assert is_required(policy, ON) is required


def test_an_unsigned_step_is_refused_with_the_article() -> None:
    assert report(unsigned(ASKED, ON, signs=False)) == text("""
        block CLB-SIGNATURE-MISSING
          The province asks for a signature of every step, and this one would have none.
          expected: the key of whoever records it, opened with its passphrase
          source: QD 1, III.5
          fix: Make a key and let the administrator register it; then type its
            passphrase when it is asked for. By a command: clb officer key.
    """)


def test_a_signed_step_passes_and_so_does_any_where_nobody_asks() -> None:
    assert list(unsigned(ASKED, ON, signs=True)) == []
    assert list(unsigned(rules(), ON, signs=False)) == []
