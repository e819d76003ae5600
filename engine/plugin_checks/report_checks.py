"""Checks that every report of a province is made: of no club, of one, of two hundred.

Each function of ``REPORT_CHECKS`` is a check, its docstring the rule. It ends at the first mistake.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from engine.documents.report_formats import WRITERS, render
from engine.errors import ClbError
from engine.plugin_checks.club_checks import led, refused
from engine.plugin_checks.policy_file import boundaries
from engine.plugin_checks.subject import CODE, CheckSkippedError, Subject
from engine.reports.building import build
from engine.reports.deadlines import ReportRule
from engine.reports.due import due
from engine.reports.own_reports import OwnReports
from engine.reports.progress import explain, progress
from engine.reports.province_reports import catalogue, listed
from engine.scenario.play import FOUNDED, LAUNCHED, OPERATING, Turn, first_day, last_day, play
from engine.scenario.world import World, open_world

MANY = 200
STARTS = {"json": b"{", "html": b"<!", "xlsx": b"PK", "docx": b"PK"}
"""What a file of each format begins with."""
_STAGES: tuple[tuple[Turn, ...], ...] = ((), FOUNDED[:1], FOUNDED, LAUNCHED[:3], LAUNCHED)


@contextmanager
def peopled(subject: Subject, clubs: int) -> Iterator[tuple[World, date]]:
    """Make a province with so many clubs in its last period; yield it with the period's last day.

    One club has gone through everything; many are at different points of the way to the launch.
    """
    if not subject.programmes:
        raise CheckSkippedError("no document is the province's programme; as another check reports")
    document = max(subject.programmes, key=lambda one: one.start)
    start, end = first_day(document), last_day(document)
    name = f"report-{clubs}-{len(list(subject.folder.iterdir()))}"
    with open_world(
        subject.folder, subject.province, end, name=name, provinces=subject.sound
    ) as here:
        if clubs == 1:
            led(subject, here, (*LAUNCHED, *OPERATING), start)
        elif clubs:
            with here.registry.store.write():
                for number in range(clubs):
                    _one_of_many(subject, here, number, start)
        yield here, end


def _one_of_many(subject: Subject, here: World, number: int, start: date) -> None:
    on = start + timedelta(days=number % 200)
    try:
        club = here.found(on, members=3 if number % 10 == 0 else 0)
        list(play(here, club, _STAGES[number % len(_STAGES)], on))
    except ClbError as error:
        refused(subject, f"in the life of the club of {on}", error)


def _asked(here: World, on: date) -> Iterator[tuple[ReportRule, str | None]]:
    """Yield each report with the last of its periods up to a day, if it has one."""
    for rule in catalogue(here.registry.provinces, here.province, on).rules:
        periods = [one.id for one in rule.periods(date(on.year - 2, 1, 1), on)]
        if rule.cycle == "other" and rule.once_in is None:
            yield rule, None if rule.id == "overview" else str(on.year)
        elif rule.once_in is not None:
            yield rule, None
        elif periods:
            yield rule, periods[-1]


def _made(subject: Subject, here: World, on: date) -> Iterator[tuple[str, dict[str, Any]]]:
    """Build every report; a hook that fails in one fails the check."""
    store, provinces = here.registry.store, here.registry.provinces
    for rule, period in _asked(here, on):
        day = max(on, date(rule.once_in or 1, 12, 31))
        try:
            built = build(store, provinces, here.province, rule.id, period, day)
        except ClbError as error:
            fix = "Check report.* in policy.toml and clb_reports."
            subject.fail(f"the report {rule.id} is not made: {error.message}", fix=fix)
        failed = [one["message"] for one in built.document["failed_sections"]]
        subject.require(
            not failed,
            f"in the report {rule.id} a section fails: {'; '.join(failed)}",
            fix="Answer a section for any number of clubs, also for none.",
            file=CODE,
            key="clb_build_report",
        )
        yield rule.id, built.document


def _written(
    subject: Subject, report: str, document: dict[str, Any], formats: tuple[str, ...]
) -> None:
    for name in formats:
        data = render(name, document)
        subject.require(
            data.lstrip()[:2].startswith(STARTS[name]),
            f"the report {report} cannot be written as {name}.",
            fix="Check the sections the plugin adds.",
            file=CODE,
        )


def reports_of_no_club(subject: Subject) -> None:
    """Every report is made before the first club is opened, in every format."""
    with peopled(subject, 0) as (here, on):
        for report, document in _made(subject, here, on):
            assert document["clubs"] == []
            _written(subject, report, document, tuple(WRITERS))


def reports_of_one_club(subject: Subject) -> None:
    """Every report is made of one club, in every format."""
    with peopled(subject, 1) as (here, on):
        for report, document in _made(subject, here, on):
            assert len(document["clubs"]) == 1
            _written(subject, report, document, tuple(WRITERS))


def reports_of_200_clubs(subject: Subject) -> None:
    """Every report is made of two hundred clubs, in every format."""
    with peopled(subject, MANY) as (here, on):
        for report, document in _made(subject, here, on):
            assert len(document["clubs"]) == MANY
            _written(subject, report, document, tuple(WRITERS))


def reports_are_the_same_twice(subject: Subject) -> None:
    """A report made again from the same log is the same, byte for byte."""
    with peopled(subject, 1) as (here, on):
        first, second = (
            {
                (report, name): render(name, document)
                for report, document in _made(subject, here, on)
                for name in ("json", "html")
            }
            for _each in range(2)
        )
        for which, data in first.items():
            subject.require(
                second.get(which) == data,
                f"the report {which[0]} is another one when it is made again as {which[1]}.",
                fix="Leave clock, chance and the order of sets out of the sections.",
                file=CODE,
                key="clb_build_report",
            )


def the_list_of_reports_is_whole(subject: Subject) -> None:
    """On every boundary day each report has an id, a cycle, and a last day or none."""
    provinces = subject.sound
    rules = provinces.rules(subject.province)
    for day in boundaries(subject.policy):
        found = catalogue(provinces, subject.province, day)
        subject.require(
            not found.warnings,
            f"on {day}: {'; '.join(found.warnings)}",
            fix="Give each report an id of its own and a cycle: quarter, half_year, year or other.",
            file=CODE,
            key="clb_reports",
        )
        for rule in found.rules:
            row = listed(rules, rule, day)
            if row["status"] == "no_more_periods":
                continue
            assert (row["due_on"] is None) == (row["status"] != "value")


def progress_and_tasks_are_listed(subject: Subject) -> None:
    """Progress, its explanation and what is due are shown of no club and of one, on any day."""
    for clubs in (0, 1):
        with peopled(subject, clubs) as (here, on):
            store, rules = here.registry.store, here.rules
            own = OwnReports(here.registry.provinces, subject.province)
            for day in (*boundaries(subject.policy), on):
                for row in progress(store, rules, subject.province, day):
                    assert row.data()["label"]
                due(store, rules, subject.province, day, past=True, own=own)
            for goal in {row.goal.id for row in progress(store, rules, subject.province, on)}:
                assert explain(store, rules, subject.province, on, goal)


REPORT_CHECKS: tuple[Callable[[Subject], None], ...] = (
    reports_of_no_club,
    reports_of_one_club,
    reports_of_200_clubs,
    reports_are_the_same_twice,
    the_list_of_reports_is_whole,
    progress_and_tasks_are_listed,
)
