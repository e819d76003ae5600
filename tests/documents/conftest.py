"""One finished and one barely opened club of each province, made once for all these tests."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from support import needs, pages
from support.papers import ALL, PROVINCES, Office
from support.word import Word

Offices = Callable[[str], Office]


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the engine remembers out of the tester's own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLB_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory, home: None) -> Iterator[Offices]:
    """Return the office of a province whose club went from its file to its end."""
    yield from _offices(tmp_path_factory, "lived", Office.live)


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory, home: None) -> Iterator[Offices]:
    """Return the office of a province whose club has a file, members and a board, no more."""
    yield from _offices(tmp_path_factory, "opened", Office.open)


@pytest.fixture(scope="session")
def read(lived: Offices) -> Callable[[str, str], Word]:
    """Return a paper of a province's finished club, opened; each is filled once."""
    return cache(lambda province, kind: Word.of(lived(province).filled(kind).data))


def _offices(
    factory: pytest.TempPathFactory, name: str, lead: Callable[[Office], object]
) -> Iterator[Offices]:
    folder = factory.mktemp(name)
    made: dict[str, Office] = {}

    def office(province: str) -> Office:
        if province not in made:
            made[province] = Office(folder / f"{province}.sqlite3", province)
            lead(made[province])
        return made[province]

    yield office
    for one in made.values():
        one.core.store.close()


@pytest.fixture(scope="session")
def pdf(lived: Offices, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """Return a paper of a province's finished club as PDF; all are converted in one go."""
    needs.pages()
    folder = tmp_path_factory.mktemp("pages")
    for province in PROVINCES:
        for which in ALL:
            (folder / f"{province}-{which}.docx").write_bytes(lived(province).filled(which).data)
    pages.convert(sorted(folder.glob("*.docx")), folder)
    return lambda province, which: folder / f"{province}-{which}.pdf"


@pytest.fixture(params=PROVINCES)
def province(request: pytest.FixtureRequest) -> str:
    """Each of the four provinces."""
    return str(request.param)
