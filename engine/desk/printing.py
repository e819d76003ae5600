"""A paper of a club, written as a Word file and opened."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.desk.opening import open_file
from engine.documents.papers import paper
from engine.documents.render import template
from engine.files import write_file
from engine.i18n import _
from engine.lifecycle.registry import Registry
from engine.reports.dossier import Dossier

if TYPE_CHECKING:
    from engine.desk.page import Page

NOT_IN_NAMES = '<>:"/\\|?*'
"""What no file's name on Windows may have."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper ready to be written: its file's name, the file, what whoever prints it must know."""

    name: str
    data: bytes
    notices: tuple[str, ...]


def rendered(registry: Registry, club_id: str, kind: str, officer: str) -> Printed:
    """Return a paper of a club from its last record, for an officer. Raises ``ClbError``."""
    wanted, lifecycle = paper(kind), registry.lifecycle
    club = lifecycle.club(club_id)
    if wanted.names_members:
        lifecycle.require_may(club.id, "export", officer=officer)
    contents = wanted.contents(
        Dossier(registry.store, club),
        registry.provinces.rules(club.province),
        units=lifecycle.gather.units(club.province),
        today=lifecycle.today(),
    )
    form = template(wanted.file, registry.provinces.plugin(club.province))
    filled = contents.filled(form)
    name = "".join(
        "-" if char in NOT_IN_NAMES else char for char in f"{wanted.title} - {club.name}.docx"
    )
    return Printed(name, filled.data, contents.notices)


def folder() -> Path:
    """Return where papers are put: a folder among the user's documents."""
    from platformdirs import user_documents_path

    return user_documents_path() / _("Intergenerational self-help clubs")


async def print_paper(page: "Page", club: str, kind: str) -> None:
    """Write a paper and open it; in a browser it is downloaded. Raises ``ClbError``."""
    printed = await page.read(lambda registry: rendered(registry, club, kind, page.desk.me))
    notes = "\n".join(printed.notices)
    if page.app.is_web:
        page.app.deliver_binary(io.BytesIO(printed.data), save_filename=printed.name)
        page.notice(
            "\n".join(filter(None, (_("Downloaded: {name}").format(name=printed.name), notes))),
            good=True,
        )
        return
    path = folder() / printed.name
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, printed.data)
    said = (
        _("Opened in Word: {path}")
        if open_file(path)
        else _("Written, and no program was found to open it: {path}")
    ).format(path=path)
    page.notice("\n".join(filter(None, (said, notes))), good=True)
