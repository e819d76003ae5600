"""Pages made from the code are up to date."""

import importlib.util
from pathlib import Path
from types import ModuleType

from engine import i18n

ROOT = Path(__file__).parent.parent


def make() -> ModuleType:
    """Load docs/make.py."""
    spec = importlib.util.spec_from_file_location("docs_make", ROOT / "docs" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pages_made_from_the_code_are_up_to_date() -> None:
    before = i18n.language()
    try:
        for name, page in make().PAGES.items():
            assert (ROOT / "docs" / name).read_text(encoding="utf-8") == page(), name
    finally:
        i18n.use(before)
