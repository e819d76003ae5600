"""Cases that experts wrote, as pytest runs them."""

from pathlib import Path

import pytest

from engine.provinces.load import Provinces
from engine.scenario.case import play_case
from engine.scenario.case_file import CaseError, read_case


def check_case(
    path: Path, province: str, folder: Path, *, provinces: Provinces | None = None
) -> None:
    """Play the case of a file in an empty folder; what does not come true fails the test.

    It fails with sentences that name the table, ``[[finding]] 2``, and without a traceback. The
    province is one of those that are installed unless ``provinces`` are given.
    """
    title = path.name
    try:
        case = read_case(path, province)
        title = f"{path.name}: {case.title}"
        problems = play_case(case, folder, provinces)
    except CaseError as error:
        problems = [str(error)]
    if problems:
        pytest.fail("\n".join((title, *problems)), pytrace=False)
