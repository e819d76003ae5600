"""What the desk writes as files and opens: papers, a dossier, a member list, a report."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from engine.desk.opening import open_file
from engine.documents.maker import (
    SUFFIX,
    PaperMaker,
    folder_words,
    listing,
    paper_words,
    place_words,
)
from engine.files import file_name, free_name, papers_folder, write_file, writing
from engine.i18n import _
from engine.lifecycle.people import Member
from engine.lifecycle.registry import Registry
from engine.roster.columns import COLUMNS
from engine.roster.members import listed

if TYPE_CHECKING:
    from engine.desk.page import Page

LIST_SUFFIX = ".xlsx"


@dataclass(frozen=True, slots=True)
class Printed:
    """A file ready to be written: the words of its name, its ending, what one must know of it."""

    words: tuple[str, ...]
    suffix: str
    data: bytes
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """The papers of a stage, each under its file name, and the lines on what is open in them."""

    words: tuple[str, ...]
    papers: tuple[tuple[str, bytes], ...]
    lines: tuple[str, ...]


def rendered(
    registry: Registry, club_id: str, kind: str, officer: str, entry: int | None = None
) -> Printed:
    """Return a paper of a club from its last record, for an officer. Raises ``ClbError``.

    ``entry`` is the number of the entry or the loan that it is about.
    """
    club = registry.lifecycle.club(club_id)
    maker = PaperMaker(registry, club)
    wanted = maker.paper(kind)
    maker.require_may((wanted,), officer)
    made = maker.make(wanted, entry=entry)
    named = paper_words(wanted, club)
    if entry is not None:
        named = (f"{wanted.title} {entry}", *named[1:])
    return Printed(named, SUFFIX, made.filled.data, made.notices)


def dossier(registry: Registry, club_id: str, stage: str, officer: str) -> Dossier:
    """Return the papers of a stage of a club, for an officer. Raises ``ClbError``."""
    club = registry.lifecycle.club(club_id)
    maker = PaperMaker(registry, club)
    wanted = maker.of_stages((stage,))
    maker.require_may(wanted, officer)
    found = maker.make_all(wanted)
    lines = listing([(name, one.blanks, one.by_hand, one.notices) for name, one in found])
    files = tuple((name, made.filled.data) for name, made in found)
    return Dossier(folder_words((stage,), club), files, tuple(lines))


def member_list(registry: Registry, club_id: str, officer: str) -> Printed:
    """Return a club's member list as a workbook, identifiers hidden, for who may take it out.

    Raises ``ClbError``.
    """
    from engine.roster.writer import write_club_list

    lifecycle = registry.lifecycle
    lifecycle.require_may(club_id, "export", officer=officer)
    club, today = lifecycle.club(club_id), lifecycle.today()
    with TemporaryDirectory() as place:
        path = Path(place) / f"list{LIST_SUFFIX}"
        members = listed(registry.store, club, today)
        write_club_list(path, club, members, today, full=False)
        data = path.read_bytes()
    words = (_("Member list"), *place_words(club))
    return Printed(words, LIST_SUFFIX, data, _hidden(members))


def _hidden(members: Iterable[Member]) -> tuple[str, ...]:
    """Return that numbers are hidden in a list, where it has some."""
    personal = [one.field for one in COLUMNS if one.is_personal]
    if not any(getattr(one, field) for one in members for field in personal):
        return ()
    return (_("Identity and phone numbers in this file are hidden but for the last three digits."),)


async def print_file(page: "Page", make: Callable[[Registry], Printed]) -> None:
    """Write a file and open it; in a browser it is downloaded. Raises ``ClbError``.

    Nothing that is there already is written over: it may have been filled in by hand.
    """
    printed = await page.read(make)
    page.notice("\n".join((hand_over(page, printed), *printed.notices)), good=True)


def hand_over(page: "Page", printed: Printed) -> str:
    """Write a file that was made and open it; return where it is.

    In a browser it is downloaded.
    """
    if page.app.is_web:
        name = file_name(printed.words, printed.suffix)
        page.app.deliver_binary(io.BytesIO(printed.data), save_filename=name)
        return _("Downloaded into the browser's folder for downloads: {name}").format(name=name)
    path = free_name(printed.words, printed.suffix, _made(papers_folder()))
    write_file(path, printed.data)
    return opened(path)


def hand_over_all(page: "Page", made: Dossier) -> str:
    """Write the papers of a stage into a folder of their own and open it; return where they are.

    In a browser they are downloaded as one .zip.
    """
    if page.app.is_web:
        packed = io.BytesIO()
        with ZipFile(packed, "w", ZIP_DEFLATED) as pack:
            for name, data in made.papers:
                pack.writestr(name, data)
        packed.seek(0)
        name = file_name(made.words, ".zip")
        page.app.deliver_binary(packed, save_filename=name)
        return _("Downloaded into the browser's folder for downloads: {name}").format(name=name)
    place = _made(free_name(made.words, "", papers_folder()))
    for name, data in made.papers:
        write_file(place / name, data)
    return opened(place)


def opened(path: Path) -> str:
    """Open a file or a folder; return its name, and the folder that it lies in."""
    if not open_file(path):
        text = _("Written, and no program was found to open it: {name}")
    elif path.suffix == SUFFIX:
        text = _("Opened in Word: {name}")
    else:
        text = _("Opened: {name}")
    where = _("It lies in the folder {folder}.").format(folder=_folder(path.parent))
    return f"{text.format(name=path.name)}\n{where}"


def _folder(place: Path) -> str:
    """Return the name of a folder; one of one's own begins where one's own folders do."""
    home = Path.home()
    return str(place.relative_to(home) if place.is_relative_to(home) and place != home else place)


def _made(place: Path) -> Path:
    with writing(place):
        place.mkdir(parents=True, exist_ok=True)
    return place
