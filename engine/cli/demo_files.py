"""The files ``clb demo --out`` leaves: each province's overview, its reports, one club's papers."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from engine.documents.papers import papers
from engine.documents.render import template
from engine.documents.report_formats import render
from engine.documents.report_head import head
from engine.errors import ClbError
from engine.files import write_file, writing
from engine.i18n import _
from engine.lifecycle.registry import Registry, open_registry
from engine.lifecycle.sealing import seal
from engine.model import Role, State
from engine.provinces.load import Provinces
from engine.reports.building import build
from engine.reports.deadlines import OVERVIEW, ReportRule
from engine.reports.dossier import Dossier
from engine.reports.province_reports import catalogue
from engine.rules.calendar import Period
from engine.scenario.demo import Demo, ProvinceResult
from engine.user_dir import PRIVATE_FOLDER
from engine.vietnamese.dates import dmy

OVERVIEW_FORMATS = ("html", "xlsx")
REPORT_FORMATS = ("docx", "xlsx")

File = dict[str, Any]
"""One file as the command line's schema has it: the overview, a report of a period, or a paper."""


def write_files(provinces: Provinces, done: Demo, missing: list[str]) -> Iterator[File]:
    """Write every province's files into the database's folder.

    What fails costs its own file only and is added to ``missing``. Raises ``InputError`` where the
    folder cannot be written to.
    """
    again = done.database.stem.removeprefix("demo")
    for result in done.provinces:
        folder = done.database.parent / f"{result.province}{again}"
        with writing(folder):
            folder.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
        registry = open_registry(str(done.database), provinces=provinces)
        try:
            yield from _reports(registry, result, folder, missing)
            yield from _papers(registry, result, folder, missing)
        finally:
            registry.store.close()


def _reports(
    registry: Registry, result: ProvinceResult, folder: Path, missing: list[str]
) -> Iterator[File]:

    asked = catalogue(registry.provinces, result.province, result.asked_on).rules
    rules = registry.provinces.rules(result.province)
    sealed = seal(registry, result.province, None)
    for rule in sorted(asked, key=lambda one: one.id != OVERVIEW):
        overview = rule.id == OVERVIEW
        period = None if overview else _period(rule, result)
        if period is None and not overview:
            missing.append(
                _("{province}: “{title}” is not asked for yet on {day}.").format(
                    province=result.name, title=rule.title, day=dmy(result.asked_on)
                )
            )
            continue
        which = period.id if period else None
        try:
            built = build(
                *(registry.store, registry.provinces, result.province, rule.id),
                *(which, result.asked_on),
                seal=sealed.seal if sealed else None,
                compared=True,
            )
            last = date.fromisoformat(built.document["period"]["figures_on"])
            issued = head(rules, (Role.PROVINCE,), last, {})
            missing += built.warnings
            for format_ in OVERVIEW_FORMATS if overview else REPORT_FORMATS:
                path = folder / f"{'-'.join(filter(None, (rule.id, which)))}.{format_}"
                write_file(path, render(format_, built.document, issued))
                kind, on = "overview" if overview else "report", built.document["period"]["id"]
                yield _file(result, kind, rule.id, on, path)
        except ClbError as error:
            missing.append(f"{result.name}, {rule.title}: {error.message}")


def _period(rule: ReportRule, result: ProvinceResult) -> Period | None:
    """Return the last period that is over on the day of the question, else the one running.

    A report without a stated period is made for a year.
    """
    asked_on = result.asked_on
    opened = [one.page.club.opened_on for one in result.clubs if one.page.club.opened_on]
    first = min(opened, default=asked_on)
    found = list(rule.periods(first, asked_on))
    if rule.cycle == "other" and rule.once_in is None:
        years = (Period.parse(str(year)) for year in range(first.year, asked_on.year + 1))
        found = [one for one in years if rule.asked(one)]
    over = [one for one in found if one.end <= asked_on]
    return over[-1] if over else found[0] if found else None


def _papers(
    registry: Registry, result: ProvinceResult, folder: Path, missing: list[str]
) -> Iterator[File]:
    """Write the papers of the club that has been through most; proposals alone have few."""
    if not result.clubs:
        return
    shown = max(
        result.clubs,
        key=lambda one: (one.page.club.state is State.OPERATING, sum(one.steps.values())),
    )
    dossier = Dossier(registry.store, registry.lifecycle.club(shown.page.club.id))
    rules = registry.provinces.rules(result.province)
    plugin = registry.provinces.plugin(result.province)
    units = registry.lifecycle.gather.units(result.province)
    for paper in papers():
        path = folder / paper.file
        try:
            contents = paper.contents(dossier, rules, units=units, today=result.asked_on)
            write_file(path, contents.filled(template(paper.file, plugin)).data)
        except ClbError as error:
            missing.append(f"{result.name}, {paper.title}: {error.message}")
            continue
        yield _file(result, "paper", paper.id, None, path)


def _file(result: ProvinceResult, kind: str, id_: str, period: str | None, path: Path) -> File:
    return {
        "province": result.province,
        "kind": kind,
        "id": id_,
        "period": period,
        "format": path.suffix[1:],
        "file": str(path),
    }
