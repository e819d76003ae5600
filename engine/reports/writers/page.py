"""What the page for a browser shows: every text and bar worked out, nothing laid out yet."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from engine.i18n import _
from engine.labels import fund_name, role_name, source_name, state_name
from engine.reports.columns import (
    COLUMNS,
    COMMUNE_COLUMNS,
    EARLIER_COLUMNS,
    FIGURES,
    NUMBERS,
    RECEIVED_COLUMNS,
    Column,
    Format,
)
from engine.reports.deadlines import OVERVIEW
from engine.reports.writers import sentences, words
from engine.targets import words as target_words
from engine.targets.goals import shown_period
from engine.targets.progress import SHARED, Status
from engine.vietnamese.money import dong_short
from engine.vietnamese.text import number

MOST_BARS = 15
MONEY = tuple(one.name for one in COLUMNS if one.summed and one.format is Format.MONEY)
"""The figures that are money: they have a section of their own."""
CLUB_COLUMNS = tuple(one for one in COLUMNS if one.on_page)


def page(document: dict[str, Any]) -> dict[str, Any]:
    """Return the page of a built report: its sections as texts, figures and widths of bars."""
    city = document["province"]["kind"] == "city"
    grounds = _grounds(document)
    return {
        "labels": labels(),
        "title": document["report"]["title"],
        "province": document["province"]["name"],
        "span": words.span(document),
        "source": document["report"]["source"],
        "standing": sentences.standing(document),
        "lead": _lead(document),
        "late_by": _late_by(document, city),
        "facts": _facts(document),
        "notices": document["notices"],
        "subject": [_section(one) for one in document["subject"]],
        "tiles_of": [_tile(document["figures"], name) for name in FIGURES if name not in MONEY],
        "targets": [_target(row) for row in document["progress"] if _counted(row)],
        "silent": [_target(row) for row in document["progress"] if not _counted(row)],
        "stages": _bars(
            (state, state_name(state), count)
            for state, count in document["figures"]["clubs_by_state"].items()
        ),
        "communes": _communes(document["communes"]),
        "money": _money(document),
        "grounds": list(grounds),
        "overdue": [_late(row, city, grounds) for row in document["overdue"]],
        "durations": _durations(document["durations"]),
        "attention": [
            {
                **row,
                "commune": words.commune(row),
                "reasons": [_reason(one, grounds) for one in row["reasons"]],
            }
            for row in document["attention"]
        ],
        "columns": _columns(),
        "clubs": [_club(row) for row in document["clubs"]],
        "states": [(state, state_name(state)) for state in document["figures"]["clubs_by_state"]],
        "earlier": [_earlier(row) for row in document["earlier_reports"]],
        "sections": [_section(one) for one in document["sections"]],
        "failed": words.failures(document),
        "origin": words.origin(document),
        "seal": words.seal(document),
    }


def _facts(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what a report is: who makes it, for whom, by when; nothing of one nobody asks for."""
    if document["report"]["id"] == OVERVIEW:
        return []
    return [
        (_("Reporters"), words.reporters(document)),
        (_("Recipients"), "; ".join(words.recipients(document)) or _("not stipulated")),
        (_("Due"), words.due(document)),
        (_("Article"), document["report"]["source"] or _("not stipulated")),
    ]


def labels() -> dict[str, str]:
    """Return the page's own words."""
    return {
        "contents": _("On this page"),
        "figures": _("Main figures"),
        "targets": _("Progress against each target"),
        "stages": _("Clubs by stage"),
        "communes": _("Clubs by commune"),
        "money": _("Money"),
        "overdue": _("What is overdue"),
        "durations": _("How long each stage takes"),
        "attention": _("Clubs that need attention"),
        "clubs": _("All clubs"),
        "earlier": _("Earlier reports"),
        "target": _("Target"),
        "source": _("Article"),
        "ground": _("Ground"),
        "note": _("Note"),
        "find": _("Find a name, commune or village"),
        "stage": _("Stage"),
        "all": _("all stages"),
        "shown": _("Shown: {shown} of {total} clubs"),
        "sort": _("Press a heading to sort by it; press again to turn the order round."),
        "none": _("None."),
        "no_script": _("Sorting and searching need a browser that allows scripts."),
        "late": _("Days late"),
        "what": _("What"),
        "who": _("Who"),
        "where": _("Club's name"),
        "rest_of_list": _("The others"),
        "late_by": _("Who is late"),
        "grounds": _("The grounds by their numbers"),
        "tasks": _("Overdue tasks"),
        "late_clubs": _("Clubs"),
        "longest_late": _("Longest delay (days)"),
        "silent": _("Not due yet, not measured or not stipulated"),
        "no_match": _("No club fits. Take a word out, or choose all stages."),
        "csv": _("Save the list (CSV)"),
        "commune": _("Commune"),
        "due": _("Due"),
        "median": _("Median (days)"),
        "slowest": _("Slowest (days)"),
        "ended": _("Finished"),
        "waiting": _("Clubs in it now"),
        "longest": _("Longest wait (days)"),
        "why": _("Why"),
        "sent": _("Sent"),
        "report": _("Report"),
        "made": _("How this page was made"),
        "received": _("Grants and contributions by year (đồng)"),
        "received_source": _("Grants and contributions by source (đồng)"),
        "received_fund": _("Grants and contributions by fund (đồng)"),
        "received_parts": _("By year, fund and source"),
        "rest": _("Only the communes with most clubs are drawn; all are in the list below."),
        "target_bar": _("A full bar is 100%; a black line in it marks the share that is asked."),
        "duration_bar": _("The bar is the median, the black line the slowest club."),
        "every_commune": _("Every commune"),
        "failed": _("What could not be made as it should"),
    }


def _lead(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the four numbers of the first screen, each with its change where that is known."""
    met, counted = sentences.met(document["progress"])
    before = document["previous"]
    found = [
        (name, _(FIGURES[name]), number(document["figures"][name]), "clubs")
        for name in ("clubs", "members")
    ]
    found.append(("overdue", _("Overdue tasks"), number(len(document["overdue"])), "late"))
    shown = f"{number(met)}/{number(counted)}"
    found.append(("met", _("Targets reached, of those counted"), shown, "targets"))
    return [
        {
            "id": name,
            "label": label,
            "text": text,
            "href": href,
            "change": None
            if before is None or name not in FIGURES
            else _("{change} since {day}").format(
                change=sentences.signed(sentences.change_of(document, name) or 0),
                day=words.day(before["end"]),
            ),
        }
        for name, label, text, href in found
    ]


def _late_by(document: dict[str, Any], city: bool) -> list[dict[str, Any]]:
    """Return what is overdue by commune, where it is longest overdue first; else by who owes it."""
    groups: dict[tuple[str, bool], list[dict[str, Any]]] = defaultdict(list)
    for row in document["overdue"]:
        if row["commune"]:
            groups[row["commune"], True].append(row)
        else:
            groups[role_name(row["role"], city=city), False].append(row)
    found: list[dict[str, Any]] = [
        {
            "where": where,
            "commune": is_commune,
            "tasks": len(rows),
            "clubs": len({one["club"] for one in rows if one["club"]}),
            "days": max(int(one["overdue_days"]) for one in rows),
            "who": ", ".join(dict.fromkeys(role_name(one["role"], city=city) for one in rows)),
        }
        for (where, is_commune), rows in groups.items()
    ]
    found.sort(key=lambda one: -one["days"])
    return [{**one, "days_text": number(one["days"])} for one in found]


def _counted(row: dict[str, Any]) -> bool:
    """Return whether there is something to see of a target: it is stated, begun and counted."""
    return row["status"] != Status.NOT_STIPULATED and not target_words.unknown(row)


def _tile(sums: dict[str, Any], name: str) -> dict[str, Any]:
    money = name in MONEY
    return {
        "id": name,
        "label": _(FIGURES[name]),
        "value": sums[name],
        "text": dong_short(sums[name]) if money else number(sums[name]),
        "exact": number(sums[name]) if money else None,
    }


def _target(row: dict[str, Any]) -> dict[str, Any]:
    percent, actual = row["percent"], row["actual"]
    asked = row["target"]["min"] if isinstance(row["target"], dict) else row["target"]
    shared = row["kind"] in SHARED
    missed = row["status"] == Status.NOT_MET
    mark = min(asked, 100) if shared and asked is not None else None
    return {
        "id": row["id"],
        "period": shown_period(row["period"]),
        "label": row["label"],
        "kind": target_words.nature(row),
        "reading": row["reading"],
        "reached": None if target_words.unknown(row) else target_words.reached(row),
        "pace": "; ".join(target_words.pace(row)),
        "actual": actual,
        "percent": None if percent is None else target_words.percent(percent),
        "share": percent,
        "width": None if percent is None else f"{min(percent, 100):.1f}",
        "mark": mark,
        "target": target_words.asked(row),
        "status": "open" if missed and target_words.soft(row) else row["status"],
        "status_text": target_words.status(row),
        "source": row["source"],
        "note": row["note"],
    }


def _bars(rows: Iterable[tuple[str, str, int]]) -> list[dict[str, Any]]:
    """Return rows of a bar chart, each as wide as its part of the largest."""
    kept = list(rows)
    largest = max((value for _id, _label, value in kept), default=0) or 1
    return [
        {
            "id": id_,
            "label": label,
            "value": value,
            "text": number(value),
            "width": f"{max(0, value) * 100 / largest:.1f}",
        }
        for id_, label, value in kept
    ]


def _communes(rows: list[dict[str, Any]]) -> dict[str, Any]:
    order = sorted(rows, key=lambda row: -row["clubs"])
    return {
        "bars": _bars(
            (row["commune"], words.commune(row), row["clubs"]) for row in order[:MOST_BARS]
        ),
        "more": len(rows) > MOST_BARS,
        "columns": [one.heading for one in COMMUNE_COLUMNS],
        "rows": [[{"text": words.cell(one, row)} for one in COMMUNE_COLUMNS] for row in rows],
    }


def _money(document: dict[str, Any]) -> dict[str, Any]:
    got = document["received"]
    tiles = [_tile(document["figures"], name) for name in MONEY]
    label = _("Grants and contributions up to the day (đồng)")
    total = {
        "id": "received",
        "label": label,
        "value": got["total"],
        "text": dong_short(got["total"]),
        "exact": number(got["total"]),
    }
    sources = ((one, source_name(one), value) for one, value in got["by_source"].items())
    funds = ((one, fund_name(one), value) for one, value in got["by_fund"].items())
    return {
        "tiles": [*tiles, total],
        "years": _bars((year, year, value) for year, value in got["by_year"].items()),
        "sources": _bars(sorted(sources, key=lambda one: -one[2])),
        "funds": _bars(funds),
        "columns": [one.heading for one in RECEIVED_COLUMNS],
        "parts": [[words.cell(one, row) for one in RECEIVED_COLUMNS] for row in got["parts"]],
    }


def _grounds(document: dict[str, Any]) -> dict[str, int]:
    """Return the number under which each article is listed once: many rows have the same."""
    found = [row["source"] for row in document["overdue"]]
    found += [one["source"] for row in document["attention"] for one in row["reasons"]]
    return {source: place for place, source in enumerate(dict.fromkeys(filter(None, found)), 1)}


def _late(row: dict[str, Any], city: bool, grounds: dict[str, int]) -> dict[str, Any]:
    return {
        "what": words.task(row),
        "club": row["club_name"] or "",
        "commune": row["place"] or "",
        "due": words.day(row["due_on"]),
        "days": number(row["overdue_days"]),
        "who": role_name(row["role"], city=city),
        "ground": grounds.get(row["source"]),
    }


def _durations(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    largest = max((row["slowest_days"] or 0 for row in rows), default=0) or 1
    found = []
    for row in rows:
        median, slowest = row["median_days"], row["slowest_days"]
        middle = words.MISSING if median is None else str(median).replace(".", ",")
        found.append(
            {
                **row,
                "slowest": None if slowest is None else number(slowest),
                "longest": None if row["longest_days"] is None else number(row["longest_days"]),
                "label": state_name(row["state"]),
                "median": middle,
                "width": None if median is None else f"{median * 100 / largest:.1f}",
                "mark": None if slowest is None else f"{slowest * 99 / largest:.1f}",
            }
        )
    return found


def _reason(one: dict[str, Any], grounds: dict[str, int]) -> dict[str, Any]:
    return {"text": words.reason(one), "ground": grounds.get(one["source"])}


def _columns() -> list[dict[str, Any]]:
    return [
        {
            "id": one.name,
            "label": one.heading,
            "type": "number" if one.format in NUMBERS else "text",
        }
        for one in CLUB_COLUMNS
    ]


def _club(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["club"],
        "state": row["state"],
        "cells": [_cell(row, one) for one in CLUB_COLUMNS],
    }


def _cell(row: dict[str, Any], column: Column) -> dict[str, Any]:
    """Return a cell: its text, and the value that the page sorts by where the text is another.

    The page works out the value of a day, and of a number from its text.
    """
    value, text = row[column.name], words.cell(column, row)
    kind = "n" if column.format in NUMBERS else "d" if column.format is Format.DAY else None
    ours = kind is not None or column.format is Format.STATE  # no name that somebody typed
    worked_out = kind is not None or column.format in (Format.STATE, Format.COMMUNE, Format.TEXT)
    return {"value": None if worked_out else value, "text": text, "kind": kind, "ours": ours}


def _earlier(row: dict[str, Any]) -> dict[str, Any]:
    title, due, sent, _late, ground = (words.cell(one, row) for one in EARLIER_COLUMNS)
    return {"title": title, "due": due, "sent": sent, "late": row["days_late"], "ground": ground}


def _section(one: dict[str, Any]) -> dict[str, Any]:
    rows = [
        [
            {
                "text": words.MISSING
                if cell is None
                else number(cell)
                if isinstance(cell, int)
                else cell,
                "number": isinstance(cell, int),
            }
            for cell in row
        ]
        for row in one["rows"]
    ]
    return {**one, "rows": rows}
