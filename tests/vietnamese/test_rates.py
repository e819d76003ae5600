"""Interest rates as people type them, in hundredths of a percent a month."""

import pytest

from engine.errors import InputError
from engine.vietnamese.money import rate_text
from engine.vietnamese.reading import read_rate


@pytest.mark.parametrize(
    ("typed", "rate"),
    [
        ("0,5%/tháng", 50),
        ("0.5 %", 50),
        ("1% thang", 100),
        ("0,65", 65),
        ("6%/năm", 50),
        ("0", 0),
        ("12 %/nam", 100),
    ],
)
def test_a_rate_is_read(typed: str, rate: int) -> None:
    assert read_rate(typed) == rate


@pytest.mark.parametrize("typed", ["", "một phần trăm", "0,555%", "-1%", "5%/năm", "0,5%/tuần"])
def test_what_is_no_rate_or_cannot_be_kept_whole_is_refused(typed: str) -> None:
    with pytest.raises(InputError) as caught:
        read_rate(typed)
    assert caught.value.code == "CLB-RATE"


@pytest.mark.parametrize("rate", [0, 1, 50, 65, 100, 1250])
def test_a_rate_is_read_back_as_it_is_printed(rate: int) -> None:
    assert read_rate(rate_text(rate)) == rate
