"""The cases that experts wrote: every file under this folder is played and must come true."""

from pathlib import Path

import pytest

from engine.scenario.case import play_case
from engine.scenario.case_file import CaseError, read_case

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*/*.toml"))
SMALL = 'title = "Thử"\n[[policy]]\nkey = "membership.size"\non = 2022-03-01\n'


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_case_comes_true(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    assert play_case(case, tmp_path) == [], case.title


def test_there_are_cases_for_every_province() -> None:
    assert {path.parent.name for path in FILES} == {"bac_ninh", "ha_noi", "hai_phong", "hoa_binh"}


def written(folder: Path, text: str, province: str = "bac_ninh") -> Path:
    path = folder / province / "thu.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (SMALL + "loai = 1\n", ("thu.toml", "'loai'")),
        (SMALL + "valeu = 5\n", ("[[policy]] 1", "'valeu'")),
        (SMALL + "[[club]]\nmembers = { totl = 60 }\n", ("[[club]] 1, members", "'totl'")),
        (SMALL + '[[club]]\ndecided = "2022-03-01"\n', ("[[club]] 1", "'decided'")),
        (SMALL + "[[club]]\nlaunched = 2022-03-01\n", ("[[club]] 1", "'decided'")),
        (SMALL + "[[due]]\non = 2022-03-01\n", ("[[due]] 1", "'kind'")),
        (
            SMALL + '[[finding]]\nstep = "aprove"\non = 2022-03-01\n',
            ("[[finding]] 1", "'aprove'"),
        ),
        (SMALL + "[[club]]\n[[club.grants]]\namount = 5\n", ("[[club]] 1, grants 1", "'on'")),
        ('title = "Không hỏi gì"\n', ("thu.toml", "nothing is expected")),
        ('title = "Thiếu ngoặc\n', ("thu.toml", "line 1")),
    ],
)
def test_a_mistake_in_a_case_names_the_file_and_the_key(
    tmp_path: Path, text: str, named: tuple[str, ...]
) -> None:
    with pytest.raises(CaseError) as caught:
        read_case(written(tmp_path, text))
    assert all(part in str(caught.value) for part in named), caught.value


CLUB = """
[[club]]
name = "Đông"
decided = 2022-03-01
members = { total = 40, elderly = 20 }
"""


@pytest.mark.parametrize(
    "asked",
    [
        '[[policy]]\nkey = "membership.size"\non = 2022-03-01\nvalue = "không quy định"\n',
        '[[policy]]\nkey = "membership.size"\non = 2022-03-01\narticle = "IX"\n',
        '[[policy]]\nkey = "membership.size"\non = 2022-03-01\nhas = { min = 61 }\n',
        '[[progress]]\nid = "new_clubs"\non = 2022-03-01\nactual = 2\n',
        '[[progress]]\nid = "new_clubs"\non = 2022-03-01\narticle = "IX"\n',
        '[[progress]]\nid = "new_clubs"\non = 2022-03-01\ncounted = ["Tây"]\n',
        '[[progress]]\nid = "new_clubs"\non = 2022-03-01\nsays = "chỉ tiêu khác"\n',
        '[[due]]\nkind = "launch"\non = 2022-03-01\ncount = 2\n',
        '[[due]]\nkind = "launch"\non = 2022-03-01\ndue_on = 2022-04-01\n',
        '[[due]]\nkind = "meeting"\non = 2022-03-01\n',
        '[[finding]]\nstep = "launch"\non = 2022-04-01\ncode = "CLB-COMP-SIZE"\n',
        '[[finding]]\nstep = "launch"\non = 2022-04-01\ncode = "CLB-TRAIN-MISSING"\nsays = "xyz"\n',
        '[[finding]]\nstep = "launch"\non = 2022-04-01\nabsent = ["CLB-TRAIN-MISSING"]\n',
        '[[finding]]\nstep = "return"\non = 2022-04-01\nabsent = ["block"]\n',
        "[[money]]\non = 2022-04-01\ntotal = 1\n",
    ],
)
def test_a_case_that_does_not_come_true_is_a_problem(tmp_path: Path, asked: str) -> None:
    case = read_case(written(tmp_path, f'title = "Sai"\n{CLUB}\n{asked}'))
    assert len(play_case(case, tmp_path)) == 1


def test_the_example_on_the_page_comes_true(tmp_path: Path) -> None:
    page = (HERE.parents[1] / "docs" / "cases.md").read_text(encoding="utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    assert play_case(read_case(written(tmp_path, example)), tmp_path) == []


def test_a_question_about_a_club_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    asked = '[[due]]\nkind = "launch"\non = 2022-03-01\nclub = "Tây"\n'
    case = read_case(written(tmp_path, f'title = "Sai"\n{CLUB}\n{asked}'))
    with pytest.raises(CaseError, match="Tây"):
        play_case(case, tmp_path)


def test_a_plugin_s_own_cases_are_in_any_folder_and_name_the_province(tmp_path: Path) -> None:
    path = written(
        tmp_path, SMALL + 'value = { min = 60, max = 75 }\narticle = "QĐ 933"\n', "cases"
    )
    assert play_case(read_case(path, province="bac_ninh"), tmp_path) == []


def test_a_case_in_an_old_encoding_is_a_mistake_that_names_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL)
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    with pytest.raises(CaseError, match=r"thu\.toml"):
        read_case(path)


@pytest.mark.parametrize(
    ("province", "year", "total"), [("bac_ninh", 2022, 100), ("ha_noi", 2026, 50)]
)
def test_a_grant_without_an_amount_is_the_one_the_policy_states(
    tmp_path: Path, province: str, year: int, total: int
) -> None:
    club = f"[[club]]\ndecided = {year}-03-02\ngrants = [{{ on = {year}-04-01 }}]\n"
    asked = f"[[money]]\non = {year}-05-01\ntotal = {total * 1_000_000}\n"
    case = read_case(written(tmp_path, f'title = "Hỗ trợ"\n{club}{asked}', province))
    assert play_case(case, tmp_path) == []


def test_a_warning_at_the_opening_is_given_a_reason_as_at_any_step(tmp_path: Path) -> None:
    clubs = "".join(
        f'[[club]]\nname = "{name}"\nvillage = "Thôn A"\nopened = 2022-03-02\n'
        for name in ("Đông", "ĐÔNG")
    )
    asked = '[[due]]\nkind = "launch"\non = 2022-04-01\ncount = 0\n'
    case = read_case(written(tmp_path, f'title = "Trùng tên"\n{clubs}{asked}'))
    assert play_case(case, tmp_path) == []


def test_a_target_of_many_years_asks_which_one_is_meant(tmp_path: Path) -> None:
    asked = '[[progress]]\nid = "yearly_grants"\non = 2022-10-01\n'
    (problem,) = play_case(read_case(written(tmp_path, f'title = "Năm"\n{CLUB}{asked}')), tmp_path)
    assert "name one with period, of: 2021, 2022, 2023, 2024, 2025" in problem


def test_a_task_that_is_not_there_is_reported_with_those_that_are(tmp_path: Path) -> None:
    asked = '[[due]]\nkind = "launch"\non = 2022-03-01\ndue_on = 2022-04-01\n'
    (problem,) = play_case(read_case(written(tmp_path, f'title = "Việc"\n{CLUB}{asked}')), tmp_path)
    assert "there are: due on no stated day" in problem
