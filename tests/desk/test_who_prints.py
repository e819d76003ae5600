"""The member list as a paper is for those who may take the list out, at the desk too."""

import pytest
from support.core import ADMIN, ASSOCIATION, COMMITTEE, NEIGHBOUR_ASSOCIATION, TOWN, Core

from engine.desk.printing import rendered
from engine.errors import NotPermittedError

LIST, SUBMISSION = "danh_sach_thanh_vien", "to_trinh"


@pytest.mark.parametrize("officer", [ASSOCIATION, COMMITTEE, TOWN])
def test_who_may_export_the_list_prints_it(core: Core, officer: str) -> None:
    club = core.bring("proposed")
    assert rendered(core.registry, club, LIST, officer).data


@pytest.mark.parametrize("officer", [NEIGHBOUR_ASSOCIATION, ADMIN])
def test_another_officer_prints_papers_without_members(core: Core, officer: str) -> None:
    club = core.bring("proposed")
    with pytest.raises(NotPermittedError):
        rendered(core.registry, club, LIST, officer)
    assert rendered(core.registry, club, SUBMISSION, officer).data
