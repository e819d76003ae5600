"""A receipt holds a digest of the plugin's code: other code of the same version is seen."""

from pathlib import Path

import pytest
from support.core import BAC_NINH, make_core

from engine.provinces.code_digest import code_digest
from engine.provinces.load import Provinces, package_folder


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "clb_thu"
    (folder / "more").mkdir(parents=True)
    (folder / "__init__.py").write_text("A = 1\n")
    (folder / "more" / "__init__.py").write_text("B = 1\n")
    (folder / "policy.toml").write_text("[province]\n")
    return folder


def test_every_file_of_the_code_counts(package: Path) -> None:
    before = code_digest(str(package))
    (package / "more" / "__init__.py").write_text("B = 2\n")
    other = code_digest(str(package))
    (package / "more" / "__init__.py").rename(package / "more" / "b.py")
    assert len({before, other, code_digest(str(package))}) == 3


def test_data_and_what_python_keeps_do_not_count(package: Path) -> None:
    before = code_digest(str(package))
    (package / "policy.toml").write_text("[other]\n")
    (package / "coverage.toml").write_text("")
    (package / "more" / "__pycache__").mkdir()
    (package / "more" / "__pycache__" / "b.pyc").write_bytes(b"x")
    assert code_digest(str(package)) == before


def test_what_is_no_folder_has_none(tmp_path: Path) -> None:
    assert code_digest(str(tmp_path / "nothing")) is None


def test_an_event_holds_the_digest_of_the_code_that_judged_it(tmp_path: Path) -> None:
    core = make_core(str(tmp_path / "clb.sqlite3"), province=BAC_NINH)
    club = core.bring("proposed")
    provinces = Provinces()
    digest = code_digest(str(package_folder(provinces.plugin("bac_ninh"))))
    bodies = core.store.rows("SELECT body FROM event WHERE stream = ?", (f"club:{club}",))
    assert digest is not None
    assert bodies
    assert all(f'"code":"{digest}"' in body for (body,) in bodies)
    core.store.close()
