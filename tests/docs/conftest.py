"""The makers of the pages, importable as ``docs/make.py`` imports them."""

from collections.abc import Iterator

import pytest
from support.doc_blocks import DOCS

from engine import i18n


@pytest.fixture(autouse=True)
def _makers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(DOCS))
    before = i18n.language()
    yield
    i18n.use(before)
