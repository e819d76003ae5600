"""A case that cannot be played or asked names the table it is in, and ends in no traceback."""

from pathlib import Path

import pytest
from support.odd import ODD, odd

from engine.scenario.case import play_case
from engine.scenario.case_file import read_case
from engine.testing import check_case

pytestmark = pytest.mark.usefixtures("english")

CASES = [
    ("[[club]]\ndecided = 2023-03-01\nlaunched = 2022-01-01\n", "[[club]] 1: CLB-DATE-ORDER"),
    ('[[progress]]\nid = "nope"\non = 2023-01-01\n', "[[progress]] 1: There is no target nope."),
    ('[[policy]]\nkey = "membership.sise"\non = 2023-01-01\n', "[[policy]] 1: There is no policy"),
    (
        '[[club]]\ndecided = 2023-03-01\n[[finding]]\nstep = "fund"\non = 2023-04-01\n'
        'set = { kind = "grant", source = "nobody" }\n',
        "[[finding]] 1: ",
    ),
    (
        '[[club]]\nname = "Một"\ndecided = 2023-03-01\n[[finding]]\nstep = "train"\n'
        'on = 2023-04-01\ncode = "CLB-ROLE"\n',
        "[[finding]] 1: CLB-ROLE is not found for the last club, Một, but",
    ),
    (
        '[[progress]]\nid = "own_garden"\non = 2023-01-01\nperiod = "2023"\n',
        "[[progress]] 1: own_garden has 0 rows: name one with period, of: 2021-2025",
    ),
]
ASKED = '[[policy]]\nkey = "membership.size"\non = 2023-01-01\n'


@pytest.mark.parametrize(("text", "named"), CASES)
def test_the_table_is_named(tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "ca.toml"
    file.write_text(f'title = "Thử"\n{ASKED if "[[policy]]" not in text else ""}{text}', "utf-8")
    problems = play_case(read_case(file, province=ODD), tmp_path, odd())
    assert any(one.startswith(named) for one in problems), problems


def failing(text: str, folder: Path) -> str:
    """Return how the test of a case fails."""
    file = folder / "ca.toml"
    file.write_text(f'title = "Thử"\n{text}', "utf-8")
    with pytest.raises(pytest.fail.Exception) as caught:
        check_case(file, ODD, folder, provinces=odd())
    assert caught.value.pytrace is False
    return str(caught.value.msg)


def test_a_case_that_cannot_be_read_fails_with_a_sentence(tmp_path: Path) -> None:
    assert failing('[[finding]]\nstep = "leap"\non = 2023-01-01\n', tmp_path).startswith(
        "ca.toml\nca.toml, [[finding]] 1: unknown step 'leap'"
    )


def test_a_case_that_does_not_come_true_fails_with_its_table(tmp_path: Path) -> None:
    wrong = '[[policy]]\nkey = "membership.size"\non = 2023-01-01\nvalue = 3\n'
    assert failing(wrong, tmp_path).startswith("ca.toml: Thử\n[[policy]] 1: membership.size is ")


def test_a_case_has_steps_and_fields_of_the_provinces_own(tmp_path: Path) -> None:
    file = tmp_path / "ca.toml"
    file.write_text(f'title = "Bước riêng"\n{OWN}', "utf-8")
    check_case(file, ODD, tmp_path, provinces=odd())


def test_an_own_step_that_the_province_lacks_is_named(tmp_path: Path) -> None:
    assert "[[club]] 1: " in failing(ABSENT, tmp_path)


OWN = """
[[club]]
opened = 2022-01-03
proposed = 2022-01-10
decided = 2022-02-01
trained = 2022-02-10
launched = 2022-03-01
supervisions = [{ on = 2022-06-01, own = { xep_loai = "Khá" } }]
steps = [{ step = "own_y_kien_huyen", on = 2022-01-20, set = { own = { y_kien = "Đồng ý" } } }]
[[finding]]
step = "supervise"
on = 2022-09-01
set = { own = { xep_loai = "Yếu" } }
absent = ["block"]
"""
ABSENT = OWN.replace("own_y_kien_huyen", "own_khong_co")
