"""Every case of this folder comes true. A case is text: adding one needs no programming."""

from pathlib import Path

import pytest

from engine.testing import check_case

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_case_comes_true(path: Path, tmp_path: Path) -> None:
    check_case(path, "odd", tmp_path)
