"""What a report says in sentences, made from its figures with the change since the period before.

Each number in a sentence is one of the report's JSON, or the difference or share of two of them.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from engine.i18n import _
from engine.labels import state_name
from engine.reports.commune_names import in_a_sentence
from engine.reports.writers import words
from engine.targets import words as target_words
from engine.targets.progress import Status, tenths
from engine.vietnamese.text import dong, number, upper_first

Part = tuple[str, list[str]]
"""A heading and the sentences below it."""


def results(document: dict[str, Any]) -> list[Part]:
    """Return what was done (kết quả): clubs, members, money, activities, targets."""
    parts = [
        (_("Clubs"), list(_clubs(document))),
        (_("Members"), list(_members(document))),
        (_("Funds"), list(_funds(document))),
        (_("Training, meetings, supervision and review"), list(_activities(document))),
        (_("Targets"), list(_targets(document))),
    ]
    return [part for part in parts if part[1]]


def situation(document: dict[str, Any]) -> list[str]:
    """Return where the clubs stand on the day of the figures, in one or two sentences."""
    return list(_clubs(document))[:1] + list(_members(document))[:1]


def difficulties(document: dict[str, Any]) -> list[str]:
    """Return what the records show of difficulties (khó khăn): what is overdue, who needs help."""
    return list(_late(document))


def standing(document: dict[str, Any]) -> str:
    """Return in one sentence whether it is well (nhìn chung): what is late, what is reached."""
    late = len(document["overdue"])
    reached, counted = met(document["progress"])
    if not document["figures"]["clubs"]:
        return _("{place}: no club is established yet.").format(place=_place(document))
    parts = [
        _("nothing is overdue")
        if not late
        else _("{tasks} tasks are overdue").format(tasks=number(late)),
        _("{count} clubs need attention").format(count=number(len(document["attention"]))),
    ]
    if counted:
        parts.append(
            _("{met} of {counted} targets are reached").format(
                met=number(reached), counted=number(counted)
            )
        )
    change = change_of(document, "clubs")
    text = "; ".join(parts)
    text = f"{upper_first(text)}."
    if change is None:
        return text
    since = words.day(document["previous"]["end"])
    moved = _("Since {day}: {change} clubs, {people} members.").format(
        day=since, change=signed(change), people=signed(change_of(document, "members") or 0)
    )
    return f"{text} {moved}"


def change_of(document: dict[str, Any], figure: str) -> int | None:
    """Return how much a figure grew since the period before; ``None`` where that is not known."""
    before = document["previous"]
    if before is None:
        return None
    return int(document["figures"][figure]) - int(before["figures"][figure])


def signed(change: int) -> str:
    """Return a change with its sign: "+3"."""
    return f"+{number(change)}" if change > 0 else number(change)


def _place(document: dict[str, Any]) -> str:
    """Return what the report is of: the province, the city or a commune, as in a sentence."""
    if document["commune"] is not None:
        return in_a_sentence(document["commune"])
    name = document["province"]["name"]
    title = (
        _("the city of {name}") if document["province"]["kind"] == "city" else _("{name} province")
    )
    return title.format(name=name)


def _change(document: dict[str, Any], figure: str, unit: str, *, money: bool = False) -> str:
    """Return the clause about a change: ", 3 clubs more than on 31/12/2021"; empty if unknown.

    ``unit`` has the place of the number.
    """
    change = change_of(document, figure)
    if change is None:
        return ""
    day = words.day(document["previous"]["end"])
    if change == 0:
        return _(", as on {day}").format(day=day)
    shown = dong(abs(change)) if money else unit.format(count=number(abs(change)))
    text = _(", {amount} more than on {day}") if change > 0 else _(", {amount} less than on {day}")
    return text.format(amount=shown, day=day)


def _clubs(document: dict[str, Any]) -> Iterator[str]:
    sums = document["figures"]
    day = words.day(document["period"]["figures_on"])
    if document["commune"] is None:
        text = _(
            "On {day} {place} has {clubs} clubs in {villages} villages of {communes} communes"
            "{change}."
        )
    else:
        text = _("On {day} {place} has {clubs} clubs in {villages} villages{change}.")
    yield text.format(
        day=day,
        place=_place(document),
        clubs=number(sums["clubs"]),
        villages=number(sums["villages_with_clubs"]),
        communes=number(sums["communes_with_clubs"]),
        change=_change(document, "clubs", _("{count} clubs")),
    )
    yield _("In the period {founded} clubs were established and {dissolved} dissolved.").format(
        founded=number(sums["clubs_decided_in_period"]),
        dissolved=number(sums["clubs_dissolved_in_period"]),
    )
    stages = [
        _("{state}: {count}").format(state=state_name(state), count=number(count))
        for state, count in sums["clubs_by_state"].items()
    ]
    if stages:
        yield _("By stage: {stages}.").format(stages="; ".join(stages))


def _members(document: dict[str, Any]) -> Iterator[str]:
    sums = document["figures"]
    if not sums["members"]:
        return
    yield _(
        "The clubs have {members} members{change}; {women} are women ({women_share}), "
        "{elderly} are {age} years or older ({elderly_share})."
    ).format(
        members=number(sums["members"]),
        change=_change(document, "members", _("{count} people")),
        women=number(sums["women"]),
        women_share=_share(sums["women"], sums["members"]),
        elderly=number(sums["elderly"]),
        age=number(sums["elderly_age"]),
        elderly_share=_share(sums["elderly"], sums["members"]),
    )
    yield _(
        "Of the members {poor} are of poor, {near_poor} of near-poor households and {difficult} "
        "live in difficult circumstances."
    ).format(
        poor=number(sums["poor"]),
        near_poor=number(sums["near_poor"]),
        difficult=number(sums["difficult"]),
    )


def _share(part: int, whole: int) -> str:
    return target_words.percent(tenths(part, whole) / 10)


def _funds(document: dict[str, Any]) -> Iterator[str]:
    sums, received = document["figures"], document["received"]
    if not (sums["clubs"] or received["total"]):
        return
    yield _("The income funds hold {income}{change}; the operating funds {operating}.").format(
        income=dong(sums["income_fund"]),
        change=_change(document, "income_fund", "", money=True),
        operating=dong(sums["operating_fund"]),
    )
    yield _(
        "Grants in the period: {grants}; grants and contributions up to the day: {total}."
    ).format(grants=dong(sums["grants"]), total=dong(received["total"]))


def _activities(document: dict[str, Any]) -> Iterator[str]:
    sums = document["figures"]
    yield _(
        "Recorded in the period: {trainings} courses, {meetings} meetings, {supervisions} "
        "supervisions, {reviews} yearly reviews."
    ).format(
        trainings=number(sums["trainings"]),
        meetings=number(sums["meetings"]),
        supervisions=number(sums["supervisions"]),
        reviews=number(sums["reviews"]),
    )


def met(rows: list[dict[str, Any]]) -> tuple[int, int]:
    """Return how many targets are reached, of how many that something is counted for."""
    counted = [
        one
        for one in rows
        if one["status"] != Status.NOT_STIPULATED and not target_words.unknown(one)
    ]
    return sum(one["status"] == Status.MET for one in counted), len(counted)


def _targets(document: dict[str, Any]) -> Iterator[str]:
    rows = document["progress"]
    if not rows:
        return
    reached, counted = met(rows)
    states = Counter(one["status"] for one in rows if not target_words.unknown(one))
    yield _(
        "Of {total} targets {counted} can be counted: {met} reached or kept to, {open} under way, "
        "{missed} not reached."
    ).format(
        total=number(len(rows)),
        counted=number(counted),
        met=number(reached),
        open=number(states[Status.OPEN]),
        missed=number(states[Status.NOT_MET]),
    )


def _late(document: dict[str, Any]) -> Iterator[str]:
    late = document["overdue"]
    if not late:
        yield _("Nothing is overdue on {day}.").format(
            day=words.day(document["period"]["figures_on"])
        )
    else:
        worst = max(late, key=lambda one: int(one["overdue_days"]))
        where = ", ".join(filter(None, (worst["club_name"], worst["commune"])))
        yield _(
            "{tasks} tasks of {clubs} clubs are overdue; the latest by {days} days: {task}{where}."
        ).format(
            tasks=number(len(late)),
            clubs=number(len({one["club"] for one in late if one["club"]})),
            days=number(worst["overdue_days"]),
            task=words.task(worst),
            where=f" ({where})" if where else "",
        )
    if document["attention"]:
        yield _("{count} clubs need attention.").format(count=number(len(document["attention"])))
