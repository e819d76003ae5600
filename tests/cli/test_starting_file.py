"""A new commune's computer begins with the province's file: nobody types a set-up."""

from pathlib import Path

import pytest
from support.core import ASSOCIATION, BAC_NINH, COMMUNE, TODAY
from support.exchange import Office, at_the_commune, at_the_province, opened
from support.plain_face import Face, home

from engine.desk.who import people
from engine.scenario.world import StillClock


@pytest.fixture
def there(tmp_path: Path) -> Office:
    return at_the_province(tmp_path / "province")


@pytest.mark.slow
def test_a_file_in_the_folder_is_offered_before_any_question(
    tmp_path: Path, there: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "work").mkdir()
    there.send(whole=True).rename(tmp_path / "work" / "bat-dau.clbz")
    monkeypatch.chdir(tmp_path / "work")
    with Face(environ=home(tmp_path), on=TODAY) as face:
        face.wait("Bắt đầu bằng tệp của tỉnh “bat-dau.clbz”?")
        face.answer("có hoặc không", "có")
        face.wait("cán bộ, câu lạc bộ lấy theo tệp")
        face.wait("Ông/bà là ai?")
        face.answer("0 để dừng", "1")
        face.answer("có hoặc không", "có")
        face.wait(f"Người ghi: Cán bộ {ASSOCIATION}")
    begun = opened(tmp_path, COMMUNE, StillClock(TODAY), BAC_NINH)
    assert begun.heads() == there.heads()


def test_those_of_the_own_commune_are_listed_first(tmp_path: Path) -> None:
    here = at_the_commune(tmp_path / "here")
    listed = [one[0] for one in people(here.core.registry)]
    own = [one.commune == COMMUNE for one in listed]
    assert own == sorted(own, reverse=True)
    assert ASSOCIATION in {one.id for one in listed[: own.count(True)]}
