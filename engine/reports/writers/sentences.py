"""What a report says in sentences, made from its figures with the change since the period before.

Each number in a sentence is one of the report's JSON, or the difference or share of two of them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from engine.i18n import _
from engine.labels import fund_held, fund_name, state_name
from engine.model import FundKind
from engine.reports.columns import fund_column
from engine.reports.commune_names import in_a_sentence
from engine.reports.writers import words
from engine.targets import words as target_words
from engine.targets.progress import Status, tenths
from engine.vietnamese.text import dong, number, upper_first

Part = tuple[str, list[str]]
"""A heading and the sentences below it."""
_TITLE = re.compile(r"^(?:tỉnh|thành phố)\s+", re.IGNORECASE)


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
    """Return how far the clubs are on the day of the figures, in one or two sentences."""
    return list(_clubs(document))[:1] + list(_members(document))[:1]


def difficulties(document: dict[str, Any]) -> list[str]:
    """Return what the records show of difficulties (khó khăn): what is overdue, who needs help."""
    return list(_late(document))


def summary(document: dict[str, Any]) -> str:
    """Return in one sentence whether it is well (nhìn chung): what is late, what is reached."""
    late = len(document["overdue"])
    reached, counted = target_words.met(document["progress"])
    if not document["figures"]["clubs"]:
        return _("{place}: no club is established yet.").format(place=place(document))
    parts = [
        _("nothing is overdue")
        if not late
        else _("{tasks} tasks are overdue").format(tasks=number(late)),
        _("{count} clubs need attention").format(count=number(len(document["attention"])))
        if document["attention"]
        else _("no club needs attention"),
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
    moved = _("Since {day}: clubs {change}, members {people}, overdue tasks {tasks}.").format(
        day=since,
        change=_grown(change),
        people=_grown(change_of(document, "members") or 0),
        tasks=_grown(change_of(document, "overdue") or 0),
    )
    return f"{text} {moved}"


def change_of(document: dict[str, Any], figure: str) -> int | None:
    """Return how much a figure grew since the period before; ``None`` where that is not known.

    Besides the report's figures: what is ``overdue``, and the targets ``met``.
    """
    before = document["previous"]
    if before is None:
        return None
    if figure == "overdue":
        return len(document["overdue"]) - int(before["overdue"])
    if figure == "met":
        return target_words.met(document["progress"])[0] - int(before["met"])
    now, then = document["figures"][figure], before["figures"].get(figure)
    return None if now is None or then is None else int(now) - int(then)


def signed(change: int) -> str:
    """Return a change with its sign, "+3", or that there is none."""
    if not change:
        return _("unchanged")
    return f"+{number(change)}" if change > 0 else number(change)


def _grown(change: int) -> str:
    """Return a change as a word and a number: "up by 3"."""
    if not change:
        return _("unchanged")
    text = _("up by {count}") if change > 0 else _("down by {count}")
    return text.format(count=number(abs(change)))


def place(document: dict[str, Any]) -> str:
    """Return what the report is of: the province, the city or a commune, as in a sentence."""
    if document["commune"] is not None:
        return in_a_sentence(document["commune"])
    name = _TITLE.sub("", document["province"]["name"])
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
        place=place(document),
        clubs=number(sums["clubs"]),
        villages=number(sums["villages_with_clubs"]),
        communes=number(sums["communes_with_clubs"]),
        change=_change(document, "clubs", _("{count} clubs")),
    )
    yield _moved(sums["clubs_decided_in_period"], sums["clubs_dissolved_in_period"])
    stages = [
        _("{count} clubs {state}").format(state=state_name(state), count=number(count))
        for state, count in sums["clubs_by_state"].items()
    ]
    if stages:
        yield _("By stage: {stages}.").format(stages="; ".join(stages))


def _moved(founded: int, dissolved: int) -> str:
    """Return how many clubs began and ended in the period; none is a word, not 0."""
    if not founded and not dissolved:
        return _("In the period no club was established or dissolved.")
    began = (
        _("{count} clubs were established").format(count=number(founded))
        if founded
        else _("no club was established")
    )
    ended = (
        _("{count} clubs were dissolved").format(count=number(dissolved))
        if dissolved
        else _("no club was dissolved")
    )
    return _("In the period {began}, {ended}.").format(began=began, ended=ended)


def _members(document: dict[str, Any]) -> Iterator[str]:
    sums = document["figures"]
    if not sums["members"]:
        return
    yield _(
        "The clubs have {members} members{change}; among them {women} women ({women_share}) "
        "and {elderly} people of {age} years or older ({elderly_share})."
    ).format(
        members=number(sums["members"]),
        change=_change(document, "members", _("{count} people")),
        women=number(sums["women"]),
        women_share=_share(sums["women"], sums["members"]),
        elderly=number(sums["elderly"]),
        age=number(sums["elderly_age"]),
        elderly_share=_share(sums["elderly"], sums["members"]),
    )
    yield _circumstances(sums)


def _circumstances(sums: dict[str, Any]) -> str:
    """Return how many members live in which circumstances, without those that nobody is in."""
    kinds = (
        (sums["poor"], _("{count} of poor households")),
        (sums["near_poor"], _("{count} of near-poor households")),
        (sums["difficult"], _("{count} in difficult circumstances")),
    )
    found = [text.format(count=number(count)) for count, text in kinds if count]
    if not found:
        return _("Nobody is recorded as of a poor or near-poor household or in difficulties.")
    return _("Among the members are {people}.").format(people=_listed(found))


def _listed(parts: Sequence[str]) -> str:
    """Return parts as a list in a sentence: "a, b and c"."""
    if len(parts) == 1:
        return parts[0]
    return _("{first} and {last}").format(first=", ".join(parts[:-1]), last=parts[-1])


def _share(part: int, whole: int) -> str:
    return target_words.percent(tenths(part, whole) / 10)


def _funds(document: dict[str, Any]) -> Iterator[str]:
    sums, received = document["figures"], document["received"]
    if not (sums["clubs"] or received["total"]):
        return
    own = document["own_funds"]
    funds = (
        f"{fund_name(fund, own)}: {fund_held(sums[name])}"
        f"{_change(document, name, '', money=True) if sums[name] is not None else ''}"
        for fund, name in ((fund, fund_column(fund)) for fund in (*FundKind, *own))
    )
    yield _("The clubs' funds hold: {funds}.").format(funds="; ".join(funds))
    if not received["total"]:
        yield _("No grant or contribution is recorded up to the day.")
        return
    grants = (
        _("Grants in the period: {grants}").format(grants=dong(sums["grants"]))
        if sums["grants"]
        else _("No grant in the period")
    )
    yield _("{grants}; grants and contributions up to the day: {total}.").format(
        grants=grants, total=dong(received["total"])
    )


def _activities(document: dict[str, Any]) -> Iterator[str]:
    sums = document["figures"]
    kinds = (
        (sums["trainings"], _("{count} courses"), _("courses")),
        (sums["meetings"], _("{count} meetings"), _("meetings")),
        (sums["supervisions"], _("{count} supervisions"), _("supervisions")),
        (sums["reviews"], _("{count} yearly reviews"), _("yearly reviews")),
    )
    done = ", ".join(text.format(count=number(count)) for count, text, _name in kinds if count)
    none = ", ".join(name for count, _text, name in kinds if not count)
    if not done:
        yield _("Nothing is recorded in the period of: {none}.").format(none=none)
    elif not none:
        yield _("Recorded in the period: {done}.").format(done=done)
    else:
        yield _("Recorded in the period: {done}; none of: {none}.").format(done=done, none=none)


def _targets(document: dict[str, Any]) -> Iterator[str]:
    rows = document["progress"]
    if not rows:
        return
    counted = [one for one in rows if target_words.counted(one)]
    if not counted:
        yield _("Of {total} targets none can be counted yet.").format(total=number(len(rows)))
        return
    states = Counter(one["status"] for one in counted)
    shown = (
        (states[Status.MET], _("{count} reached or kept to")),
        (states[Status.OPEN], _("{count} under way")),
        (states[Status.NOT_MET], _("{count} not reached")),
    )
    yield _("Of {total} targets {counted} can be counted: {states}.").format(
        total=number(len(rows)),
        counted=number(len(counted)),
        states=", ".join(text.format(count=number(count)) for count, text in shown if count),
    )


def _late(document: dict[str, Any]) -> Iterator[str]:
    late = document["overdue"]
    if not late:
        yield _("Nothing is overdue on {day}.").format(
            day=words.day(document["period"]["figures_on"])
        )
    else:
        worst = max(late, key=lambda one: int(one["overdue_days"]))
        commune = in_a_sentence(worst["commune"]) if worst["commune"] else None
        where = ", ".join(filter(None, (worst["club_name"], commune)))
        clubs = len({one["club"] for one in late if one["club"]})
        text = (
            _("{tasks} tasks of {clubs} clubs are overdue; the latest by {days} days: {what}.")
            if clubs
            else _("{tasks} tasks are overdue; the latest by {days} days: {what}.")
        )
        yield text.format(
            tasks=number(len(late)),
            clubs=number(clubs),
            days=number(worst["overdue_days"]),
            what=f"{words.task(worst)} ({where})" if where else words.task(worst),
        )
    if document["attention"]:
        yield _("{count} clubs need attention.").format(count=number(len(document["attention"])))
