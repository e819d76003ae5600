"""The files ``clb demo --out`` leaves: each province's page, its reports, one club's papers."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine import codes
from engine.cli.files import write_file
from engine.documents import source
from engine.documents.facts import paper
from engine.documents.kinds import kinds
from engine.documents.render import render as fill
from engine.documents.report_formats import render
from engine.errors import ClbError, InputError
from engine.i18n import _
from engine.lifecycle.registry import open_registry
from engine.model import State
from engine.reports.building import build
from engine.reports.deadlines import OVERVIEW, ReportRule
from engine.reports.dossier import Dossier
from engine.reports.province_reports import catalogue
from engine.rules.calendar import Period
from engine.vietnamese.text import dmy

if TYPE_CHECKING:
    from engine.lifecycle.registry import Registry
    from engine.provinces.load import Provinces
    from engine.scenario.reading import ProvinceFacts
    from engine.scenario.tour import Tour

OVERVIEW_FORMATS = ("html", "xlsx")
REPORT_FORMATS = ("docx", "xlsx")


@dataclass(frozen=True, slots=True)
class File:
    """One file: the overview, a report of a period, or a paper of a club."""

    province: str
    kind: str
    id: str
    period: str | None
    format: str
    path: Path


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and what could not be."""

    files: tuple[File, ...]
    warnings: tuple[str, ...]


def write_files(provinces: "Provinces", done: "Tour") -> Written:
    """Write every province's files beside the demonstration's database.

    What fails costs its own file only and is told. Raises ``InputError`` where the folder cannot
    be written to.
    """
    files: list[File] = []
    warnings: list[str] = []
    again = done.database.stem.removeprefix("demo")
    for facts in done.provinces:
        folder = done.database.parent / f"{facts.province}{again}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                _("{path} cannot be written: {reason}.").format(path=folder, reason=error.strerror),
                code=codes.FILE,
                help=_("Check the folder and whether the file is open in another program."),
            ) from error
        registry = open_registry(str(done.database), provinces=provinces)
        try:
            files += _reports(registry, facts, folder, warnings)
            files += _papers(registry, facts, folder, warnings)
        finally:
            registry.store.close()
    return Written(tuple(files), tuple(warnings))


def _reports(
    registry: "Registry", facts: "ProvinceFacts", folder: Path, warnings: list[str]
) -> Iterator[File]:
    rules = catalogue(registry.provinces, facts.province, facts.asked_on).rules
    for rule in sorted(rules, key=lambda one: one.id != OVERVIEW):
        glance = rule.id == OVERVIEW
        period = None if glance else _period(rule, facts)
        if period is None and not glance:
            warnings.append(
                _("{province}: “{title}” is not asked for yet on {day}.").format(
                    province=facts.name, title=rule.title, day=dmy(facts.asked_on)
                )
            )
            continue
        try:
            made = build(
                *(registry.store, registry.provinces, facts.province, rule.id),
                *(period.id if period else None, facts.asked_on),
            )
            warnings += made.warnings
            for format_ in OVERVIEW_FORMATS if glance else REPORT_FORMATS:
                name = "-".join(filter(None, (rule.id, period.id if period else None)))
                path = folder / f"{name}.{format_}"
                write_file(path, render(format_, made.document))
                kind = "overview" if glance else "report"
                yield File(
                    facts.province, kind, rule.id, made.document["period"]["id"], format_, path
                )
        except ClbError as error:
            warnings.append(f"{facts.name}, {rule.title}: {error.message}")


def _period(rule: ReportRule, facts: "ProvinceFacts") -> Period | None:
    """Return the last period that is over on the day of the question, else the one running.

    A report without a stated period is made for a year.
    """
    asked_on = facts.asked_on
    opened = [club.opened_on for club in facts.clubs if club.opened_on]
    first = min(opened, default=asked_on)
    found = list(rule.periods(first, asked_on))
    if rule.cycle == "other" and rule.once_in is None:
        years = (Period.parse(str(year)) for year in range(first.year, asked_on.year + 1))
        found = [one for one in years if rule.asked(one)]
    over = [one for one in found if one.end <= asked_on]
    return over[-1] if over else found[0] if found else None


def _papers(
    registry: "Registry", facts: "ProvinceFacts", folder: Path, warnings: list[str]
) -> Iterator[File]:
    """Write the papers of the club that has been through most; proposals alone have few."""
    if not facts.clubs:
        return
    shown = max(
        facts.clubs, key=lambda one: (one.state is State.OPERATING, sum(one.steps.values()))
    )
    club = registry.lifecycle.club(shown.club)
    rules = registry.provinces.rules(facts.province)
    plugin = registry.provinces.plugin(facts.province)
    units = registry.lifecycle.gather.units(facts.province)
    for kind in kinds():
        path = folder / f"{kind.id}.docx"
        try:
            made = paper(
                kind, Dossier(registry.store, club), rules, units=units, today=facts.asked_on
            )
            write_file(path, fill(source.template(kind, plugin), made.values).data)
        except ClbError as error:
            warnings.append(f"{facts.name}, {kind.title}: {error.message}")
            continue
        yield File(facts.province, "paper", kind.id, None, "docx", path)
