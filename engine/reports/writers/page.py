"""What the page for a browser shows: every text and bar worked out, nothing laid out yet."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from engine.i18n import _
from engine.labels import fund_name, role_name, source_name, state_name
from engine.reports.attention import Why
from engine.reports.columns import (
    EARLIER_COLUMNS,
    NUMBERS,
    RECEIVED_COLUMNS,
    Column,
    Format,
    club_columns,
    commune_columns,
    figure_labels,
)
from engine.reports.deadlines import OVERVIEW
from engine.reports.writers import lives, sentences, words
from engine.reports.writers.places import in_one_province
from engine.targets import words as target_words
from engine.targets.goals import shown_period
from engine.targets.progress import SHARED, Status, bounds, tenths
from engine.vietnamese.money import dong_short
from engine.vietnamese.text import dong, number

BETWEEN = "|"
"""What is between the values of a fold-out; ours alone, no name that somebody typed."""
MANY = 3
"""From so many clubs on, the communes of the map look alike."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """What a page shows of clubs and communes: ``own`` are the labels of the province's own funds.

    ``clubs`` are the columns of the list, ``folded`` what only a club's own fold-out shows;
    ``communes`` leaves out what only some clubs keep, which is in the other files. ``money`` are
    the figures that have a section of their own.
    """

    own: Mapping[str, str]

    @property
    def clubs(self) -> list[Column]:
        return [one for one in club_columns(self.own) if one.on_page]

    @property
    def folded(self) -> list[Column]:
        return [one for one in club_columns(self.own) if not one.on_page and one.name != "club"]

    @property
    def communes(self) -> list[Column]:
        return [one for one in commune_columns(self.own) if not one.of_some]

    @property
    def money(self) -> list[str]:
        every = club_columns(self.own)
        return [one.name for one in every if one.summed and one.format is Format.MONEY]

    @property
    def labels(self) -> Mapping[str, str]:
        return figure_labels(self.own)


def page(document: dict[str, Any]) -> dict[str, Any]:
    """Return the page of a built report: its sections as texts, figures and widths of bars."""
    city = document["province"]["kind"] == "city"
    document = in_one_province(document)
    grounds, shown = _grounds(document), _Columns(document["own_funds"])
    return {
        "labels": labels(),
        "title": document["report"]["title"],
        "province": document["province"]["name"],
        "span": words.span(document),
        "source": document["report"]["source"],
        "summary": sentences.summary(document),
        "lead": _lead(document),
        "late_by": _late_by(document, city),
        "facts": _facts(document),
        "notices": document["notices"],
        "subject": [_section(one) for one in document["subject"]],
        "tiles_of": [
            _tile(document["figures"], shown, name)
            for name in shown.labels
            if name not in shown.money and document["figures"][name] is not None
        ],
        "targets": [_target(row) for row in document["progress"] if target_words.counted(row)],
        "silent": [_target(row) for row in document["progress"] if not target_words.counted(row)],
        "stages": _bars(
            (state, state_name(state), count)
            for state, count in document["figures"]["clubs_by_state"].items()
        ),
        "communes": _communes(document, shown.communes),
        "quarters": _quarters((document["glance"] or {}).get("quarters", [])),
        "money": _money(document, shown),
        "grounds": list(grounds),
        "overdue": [_late(row, city, grounds) for row in document["overdue"]],
        "durations": _durations(document["durations"]),
        "attention": [
            {
                **row,
                "commune": words.commune(row),
                "reasons": list(_reasons(row["reasons"], grounds, shown.own)),
            }
            for row in document["attention"]
        ],
        "columns": _columns(shown.clubs),
        "step_names": lives.step_names(),
        "entry_names": lives.entry_names(shown.own),
        "folded": BETWEEN.join(one.heading for one in shown.folded),
        "clubs": _Clubs(document, shown),
        "club_style": _club_style(shown.clubs),
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
        "asked": _("Asked"),
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
        "received_fund": _("Grants and contributions by fund (đồng)"),
        "received_parts": _("By year, fund and source"),
        "quarters": _("By quarter"),
        "ceilings": _("Grants against the limits of the documents"),
        "what_counts": _(
            "Only establishment grants from the document's source and from its first day on count, "
            "as in the targets."
        ),
        "no_ceilings": _("The documents set no limit in đồng."),
        "by_source": _("Grants and contributions by year and source (đồng)"),
        "year": _("Year"),
        "total": _("Total"),
        "before_page": _("Previous page"),
        "next_page": _("Next page"),
        "which_page": _("Page {page} of {pages}"),
        "fold": _("Press a club's name for all that is known of it."),
        "days_late": _("{days} days late"),
        "history": _("Last steps"),
        "entries": _("Last money in and out (đồng)"),
        "target_bar": _(
            "A full bar is 100%; a black line in it marks the share that is asked, the dotted part "
            "what would be reached at the pace so far."
        ),
        "duration_bar": _("The bar is the median, the black line the slowest club."),
        "every_commune": _("Every commune"),
        "failed": _("What could not be made as it should"),
    }


def _lead(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the four numbers of the first screen, each with its change where that is known."""
    met, counted = target_words.met(document["progress"])
    sums, before, labels = document["figures"], document["previous"], figure_labels({})
    found = (
        ("clubs", _(labels["clubs"]), number(sums["clubs"]), "clubs"),
        ("members", _(labels["members"]), number(sums["members"]), "quarters"),
        ("overdue", _("Overdue tasks"), number(len(document["overdue"])), "late"),
        (
            "met",
            _("Targets reached, of those counted"),
            f"{number(met)}/{number(counted)}",
            "targets",
        ),
    )
    return [
        {
            "id": name,
            "label": label,
            "text": text,
            "href": href,
            "change": None
            if before is None
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


def _tile(sums: dict[str, Any], shown: _Columns, name: str) -> dict[str, Any]:
    money = name in shown.money
    return {
        "id": name,
        "label": _(shown.labels[name]),
        "value": sums[name],
        "text": dong_short(sums[name]) if money else number(sums[name]),
        "exact": number(sums[name]) if money else None,
    }


def _target(row: dict[str, Any]) -> dict[str, Any]:
    percent, actual = row["percent"], row["actual"]
    asked = None if row["target"] is None else bounds(row["target"])[0]
    shared = row["kind"] in SHARED
    missed = row["status"] == Status.NOT_MET
    mark = min(asked, 100) if shared and asked is not None else None
    ends = row["projected"] if row["needed_per_year"] and asked else None
    return {
        "id": row["id"],
        "ends": ends,
        "ends_width": None
        if ends is None
        else f"{max(0, min(ends * 100 / asked, 100) - percent):.1f}",
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
        "target": None if asked is None else target_words.figure(row),
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


def _communes(document: dict[str, Any], columns: list[Column]) -> dict[str, Any]:
    """Return a tile for each commune, and the table of those that have had a club.

    Without a list of communes only the latter are drawn.
    """
    rows = document["communes"]
    every = (document["glance"] or {}).get("every_commune")
    tiles = [
        {"label": row["commune"], "value": row["clubs"], "level": min(row["clubs"], MANY)}
        for row in (rows if every is None else every)
    ]
    without = sum(not one["value"] for one in tiles)
    text = _("{count} of {all} communes have no club.").format(
        count=number(without), all=number(len(tiles))
    )
    return {
        "tiles": tiles,
        "text": _("No list of communes is loaded: those that never had a club are not drawn.")
        if every is None
        else text,
        "levels": [
            (0, _("no club")),
            (1, _("1 club")),
            (2, _("2 clubs")),
            (MANY, _("{count} clubs or more").format(count=MANY)),
        ],
        "columns": [one.heading for one in columns],
        "rows": [[{"text": words.cell(one, row)} for one in columns] for row in rows],
    }


def _quarters(rows: list[dict[str, Any]]) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """Return the bars of each figure by quarter, with the change from the one before."""
    found = []
    for name in ("clubs", "members") if rows else ():
        bars = _bars((row["id"], _quarter(row["id"]), row[name]) for row in rows)
        for before, bar in pairwise(bars):
            change = sentences.signed(bar["value"] - before["value"])
            bar["text"] = f"{bar['text']} ({change})"
        found.append((name, _(figure_labels({})[name]), bars))
    return found


def _quarter(quarter: str) -> str:
    year, _q, place = quarter.partition("Q")
    numeral = ("I", "II", "III", "IV")[int(place) - 1]
    return _("quarter {numeral} of {year}").format(numeral=numeral, year=year)


def _money(document: dict[str, Any], shown: _Columns) -> dict[str, Any]:
    got = document["received"]
    figures = document["figures"]
    tiles = [_tile(figures, shown, name) for name in shown.money if figures[name] is not None]
    label = _("Grants and contributions up to the day (đồng)")
    total = {
        "id": "received",
        "label": label,
        "value": got["total"],
        "text": dong_short(got["total"]),
        "exact": number(got["total"]),
    }
    sources = sorted(got["by_source"].items(), key=lambda one: -one[1])
    own = {
        kind: {row[kind]: row[f"{kind}_label"] for row in got["parts"] if f"{kind}_label" in row}
        for kind in ("fund", "source")
    }
    funds = ((one, fund_name(one, own["fund"]), value) for one, value in got["by_fund"].items())
    return {
        "tiles": [*tiles, total],
        "years": _bars((year, year, value) for year, value in got["by_year"].items()),
        "ceilings": None
        if document["glance"] is None
        else [_ceiling(one) for one in document["glance"]["ceilings"]],
        "sources": [
            {"id": one, "label": source_name(one, own["source"]), "text": number(value)}
            for one, value in sources
        ],
        "by_source": [
            (year, [_given(got["parts"], year, source) for source, _sum in sources], number(total))
            for year, total in got["by_year"].items()
        ],
        "funds": _bars(funds),
        "total": number(got["total"]),
        "columns": [one.heading for one in RECEIVED_COLUMNS],
        "parts": [[words.cell(one, row) for one in RECEIVED_COLUMNS] for row in got["parts"]],
    }


def _given(parts: list[dict[str, Any]], year: str, source: str) -> str:
    given = [one["amount"] for one in parts if (one["year"], one["source"]) == (year, source)]
    return number(sum(given)) if given else words.MISSING


def _ceiling(one: dict[str, Any]) -> dict[str, Any]:
    """Return a limit to money as a bar; what is over it has the look of what is missed."""
    granted = one["granted"] or 0
    return {
        "period": shown_period(one["period"]),
        "granted": granted,
        "limit": one["limit"],
        "text": _("{granted} of {limit} ({share})").format(
            granted=dong_short(granted),
            limit=dong_short(one["limit"]),
            share=target_words.percent(tenths(granted, one["limit"]) / 10),
        ),
        "exact": f"{number(granted)} / {dong(one['limit'])}",
        "width": f"{min(granted * 100 / one['limit'], 100):.1f}",
        "look": "not_met" if granted > one["limit"] else "open",
        "source": one["source"],
    }


def _grounds(document: dict[str, Any]) -> dict[str, int]:
    """Return the number under which each article is listed once: many rows have the same."""
    found = [row["source"] for row in document["overdue"]]
    found += [one["source"] for row in document["attention"] for one in row["reasons"]]
    return {source: place for place, source in enumerate(dict.fromkeys(filter(None, found)), 1)}


def _late(row: dict[str, Any], city: bool, grounds: dict[str, int]) -> dict[str, Any]:
    return {
        "id": row["club"] or "",
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


def _reasons(
    rows: list[dict[str, Any]], grounds: dict[str, int], own: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """Yield why a club needs attention; its overdue tasks are one reason, listed on their own."""
    late = [one["found"] for one in rows if one["why"] == Why.OVERDUE]
    if late:
        text = _("{count} overdue tasks, the longest by {days} days")
        yield {"text": text.format(count=len(late), days=number(max(late))), "ground": None}
    for one in rows:
        if one["why"] != Why.OVERDUE:
            yield {"text": words.reason(one, own), "ground": grounds.get(one["source"])}


def _columns(columns: list[Column]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.name,
            "label": one.heading,
            "type": "number" if one.format in NUMBERS else "text",
            "kind": _kind(one),
        }
        for one in columns
    ]


class _Clubs:
    """Each club's row, with its life where the report has that; made when it is read."""

    def __init__(self, document: dict[str, Any], shown: _Columns) -> None:
        self._document = document
        self._shown = shown

    def __len__(self) -> int:
        return len(self._document["clubs"])

    def __iter__(self) -> Iterator[dict[str, Any]]:
        found = (self._document["glance"] or {}).get("lives", ())
        known = {one["club"]: lives.last(one, len(found)) for one in found}
        folded = [words.cell_writer(one) for one in self._shown.folded]
        cells = [_cell_writer(one) for one in self._shown.clubs]
        for row in self._document["clubs"]:
            life = known.get(row["club"])
            yield {
                "id": row["club"],
                "state": row["state"],
                "commune": None if words.commune(row) == row["commune"] else row["commune"],
                "more": BETWEEN.join([write(row) for write in folded]),
                "cells": [cell(row) for cell in cells],
                "life": lives.packed(life, self._shown.own) if life else "",
            }


def _club_style(columns: list[Column]) -> str:
    """Return how the list of clubs aligns numbers and days: a class a cell would be long."""
    places: dict[str | None, list[str]] = defaultdict(list)
    for place, one in enumerate(columns, start=1):
        places[_kind(one)].append(f"#club-table td:nth-child({place})")
    numbers, days = (",".join(places[kind]) for kind in "nd")
    return (
        "@media print, screen and (min-width: 48.01rem) { "
        f"{numbers} {{ text-align: right; font-variant-numeric: tabular-nums; }} "
        f"{numbers}, {days} {{ white-space: nowrap; }} }}"
    )


def _kind(column: Column) -> str | None:
    """Return whether a column is of numbers or of days."""
    return "n" if column.format in NUMBERS else "d" if column.format is Format.DAY else None


def _cell_writer(column: Column) -> Callable[[dict[str, Any]], tuple[Any, str, bool]]:
    """Return what makes a column's cell of a row: a value to sort by, a text, whether it is ours.

    The value is ``None`` where it is the text: the page works out that of a day, and of a number.
    """
    name, write, kind = column.name, words.cell_writer(column), _kind(column)
    ours = kind is not None or column.format is Format.STATE  # no name that somebody typed
    if kind is not None or column.format in (Format.STATE, Format.COMMUNE, Format.TEXT):
        return lambda row: (None, write(row), ours)
    return lambda row: (row[name], write(row), ours)


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
