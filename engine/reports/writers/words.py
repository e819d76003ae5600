"""What a report's figures are called, and how its values read: shared by every kind of file."""

import re
from datetime import date
from typing import Any

from engine.i18n import _
from engine.labels import (
    COUNT_COLUMNS,
    FUNDS,
    conclusion_name,
    count_column,
    fund_column,
    fund_name,
    fund_sum,
    source_name,
    state_name,
    task_name,
)
from engine.reports.commune_names import place_text
from engine.vietnamese.text import dmy, dong, number

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MISSING = "–"


def plain(text: str) -> str:
    """Return text without the characters that no file format can hold."""
    return _NO_XML.sub("", text)


def day(iso: str | None) -> str:
    """Return an ISO day as people write it, a dash where there is none."""
    return dmy(date.fromisoformat(iso)) if iso else MISSING


def task(row: dict[str, Any]) -> str:
    """Return what is overdue."""
    name = row["title"] or task_name(row["kind"])
    return f"{name} ({row['period']})" if row["period"] else name


def result(code: str | None) -> str:
    """Return the conclusion of a supervision or a review."""
    return conclusion_name(code) if code else MISSING


def reason(one: dict[str, Any]) -> str:
    """Return why a club needs attention."""
    why, kind, found = one["why"], one["kind"], one["found"]
    if why == "state":
        return _("Stage: {state}").format(state=state_name(kind))
    if why == "overdue":
        return _("{task}: {days} days late").format(task=task_name(kind), days=number(found))
    if why == "size":
        return _("{count} members; the document says {range}").format(
            count=number(found), range=_range(one["low"], one["high"])
        )
    return _("The {fund} is below zero: {amount}").format(fund=fund_name(kind), amount=dong(found))


def _range(low: int | None, high: int | None) -> str:
    return " - ".join(number(one) for one in (low, high) if one is not None)


def figures() -> dict[str, str]:
    """Return the sums of a report that are shown, in order, as people call them."""
    return {
        "clubs": _("Clubs alive"),
        "clubs_decided": _("Clubs ever established"),
        "clubs_decided_in_period": _("Established in the period"),
        "clubs_dissolved_in_period": _("Dissolved in the period"),
        "communes_with_clubs": _("Communes with a club"),
        "villages_with_clubs": _("Villages with a club"),
        **{name: count_column(name) for name in COUNT_COLUMNS if name != "estimated"},
        **{f"{fund}_fund": fund_sum(fund) for fund in FUNDS},
        "grants": _("Grants in the period (đồng)"),
        "supervisions": _("Supervisions in the period"),
        "reviews": _("Reviews in the period"),
        "trainings": _("Trainings in the period"),
        "meetings": _("Meetings in the period"),
    }


def club_columns() -> dict[str, str]:
    """Return the columns of a club's row, in order, as people call them."""
    return {
        "name": _("Club's name"),
        "club": _("Club"),
        "commune": _("Commune"),
        "village": _("Village"),
        "state": _("Stage"),
        "decided_on": _("Decided"),
        "trained_on": _("Trained"),
        "launched_on": _("Launched"),
        "ended_on": _("Ended"),
        **{name: count_column(name) for name in COUNT_COLUMNS},
        **{f"{fund}_fund": fund_column(fund) for fund in FUNDS},
        "grants": _("Grants in the period (đồng)"),
        "supervised_on": _("Supervised"),
        "supervision": _("Supervision"),
        "borrowers": _("Borrowers"),
        "reviewed_year": _("Year reviewed"),
        "review": _("Review"),
        "well_run": _("Run well"),
    }


def commune_columns() -> dict[str, str]:
    """Return the columns of a commune's row, in order, as people call them."""
    names = club_columns()
    kept = ("women", "elderly", "elderly_women", "poor", "near_poor", "difficult")
    return {
        "commune": names["commune"],
        "clubs": _("Clubs alive"),
        "villages": _("Villages with a club"),
        "members": names["members"],
        **{name: names[name] for name in kept},
        **{f"{fund}_fund": fund_sum(fund) for fund in FUNDS},
        "grants": names["grants"],
    }


def span(document: dict[str, Any]) -> str:
    """Return the days a report is about."""
    period = document["period"]
    days = {"start": day(period["start"]), "end": day(period["end"])}
    if not period["over"]:
        last = day(period["figures_on"])
        return _("From {start} to {end}, figures up to {last}").format(**days, last=last)
    return _("From {start} to {end}").format(**days)


def commune(row: dict[str, Any]) -> str:
    """Return the commune of a club's or a commune's row, its former names beside it."""
    formerly = row["formerly"]
    return place_text(
        row["commune"], ", ".join([formerly] if isinstance(formerly, str) else formerly or ())
    )


def money_columns() -> tuple[str, ...]:
    """Return what the table of received money has, as people call it."""
    return _("Year"), _("Fund"), _("Source"), _("Received (đồng)")


def money_part(row: dict[str, Any]) -> tuple[str, str, str, int]:
    """Return what came into one kind of fund from one source in one year."""
    return row["year"], fund_name(row["fund"]), source_name(row["source"]), row["amount"]


def earlier_columns() -> tuple[str, ...]:
    """Return what the table of earlier reports has, as people call it."""
    return _("Report"), _("Due"), _("Sent"), _("Days late")


def earlier_title(row: dict[str, Any]) -> str:
    """Return an earlier report with its period."""
    return f"{row['title']} ({row['period']})"


def not_sent() -> str:
    """Return what stands in the place of the day of a report that was not sent."""
    return _("not sent")


def failures(document: dict[str, Any]) -> list[str]:
    """Return which parts of a report could not be made and why, and which took too long."""
    failed = _("A part of this report could not be made")
    slow = _("The plugin {plugin} took longer than {seconds} seconds for its sections.")
    return [
        *(
            ": ".join(filter(None, (failed, one["title"], one["message"])))
            for one in document["failed_sections"]
        ),
        *(
            slow.format(plugin=one["plugin"], seconds=one["limit_seconds"])
            for one in document["slow_sections"]
        ),
    ]


def recipients(document: dict[str, Any]) -> list[str]:
    """Return the names of the agencies a report goes to; those not confirmed say so."""
    doubt = _("not confirmed")
    return [
        one["name"] if one["confirmed"] else f"{one['name']} ({doubt})"
        for one in document["report"]["to"]
    ]


def origin(document: dict[str, Any]) -> str:
    """Return what a report was made of: the log's head, the policy and the program."""
    log, policy = document["log"], document["policy"]
    return _(
        "Made from {events} events of the log, head {head}; policy of {plugin} {version}, "
        "digest {digest}; engine {engine}."
    ).format(
        events=number(log["events"]),
        head=log["head"],
        plugin=policy["plugin"],
        version=policy["version"],
        digest=policy["digest"],
        engine=document["engine"],
    )
