"""The member list as a paper is for those who may take the list out, at the desk too."""

import pytest
from support.core import ADMIN, ASSOCIATION, COMMITTEE, NEIGHBOUR_ASSOCIATION, TOWN, Core

from engine.desk.printing import rendered
from engine.errors import NotPermittedError

LISTS, SUBMISSION = ("danh_sach_thanh_vien", "quyet_dinh_thanh_lap"), "to_trinh"


@pytest.mark.parametrize("officer", [ASSOCIATION, COMMITTEE, TOWN])
def test_who_may_export_the_list_prints_it_alone_and_as_an_annex(core: Core, officer: str) -> None:
    club = core.bring("proposed")
    for paper in LISTS:
        assert rendered(core.registry, club, paper, officer).data


@pytest.mark.parametrize("officer", [NEIGHBOUR_ASSOCIATION, ADMIN])
def test_another_officer_prints_papers_without_members(core: Core, officer: str) -> None:
    club = core.bring("proposed")
    for paper in LISTS:
        with pytest.raises(NotPermittedError):
            rendered(core.registry, club, paper, officer)
    assert rendered(core.registry, club, SUBMISSION, officer).data
