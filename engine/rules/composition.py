"""Who a club is made of, held against the province's shares. Warns, never blocks.

Every share is judged alone and in integers: 44 of 63 prints as 69,8% and is less than 70%.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine import codes
from engine.codes.code import Code
from engine.i18n import _
from engine.labels import share_name
from engine.model import Composition, Finding
from engine.policy.effective import Rules, cited, reading_citation
from engine.policy.model import Resolution
from engine.rules.doers import preparers
from engine.rules.findings import note, warn
from engine.vietnamese.text import dmy, percent


@dataclass(frozen=True, slots=True)
class Bounds:
    """A share in whole percent of a total; either end may be missing."""

    low: int | None
    high: int | None

    @classmethod
    def of(cls, value: Any) -> "Bounds":
        """Read a policy's ``{min, max}``."""
        return cls(value.get("min"), value.get("max"))

    def least(self, total: int) -> int:
        """Return the smallest count that reaches the lower end."""
        return 0 if self.low is None else -(-self.low * total // 100)

    def most(self, total: int) -> int:
        """Return the largest count within the upper end."""
        return total if self.high is None else self.high * total // 100

    def holds(self, count: int, total: int) -> bool:
        """Return whether ``count`` of ``total`` lies within, both ends included."""
        low = self.low is None or 100 * count >= self.low * total
        return low and (self.high is None or 100 * count <= self.high * total)

    def __str__(self) -> str:
        if self.high is None:
            return _("at least {low}%").format(low=self.low)
        if self.low is None:
            return _("at most {high}%").format(high=self.high)
        return f"{self.low} - {self.high}%"


SHARES: Mapping[str, Code] = {
    "elderly": codes.COMP_ELDERLY,
    "women": codes.COMP_WOMEN,
    "poor": codes.COMP_POOR,
    "young": codes.COMP_YOUNG,
}
"""The shares a province may state, each with the code of a club that does not keep it."""


def counted(composition: Composition, share: str) -> int:
    """Return how many members a share counts.

    ``poor`` is hộ nghèo, cận nghèo and hoàn cảnh khó khăn together, as the documents put it.
    """
    if share == "poor":
        return composition.poor + composition.near_poor + composition.difficult
    return int(getattr(composition, share))


def findings(composition: Composition, rules: Rules, on: date) -> Iterator[Finding]:
    """Judge the size and each share that the province states on that day.

    Source: whatever the policy cites; nothing is judged where it states nothing.
    """
    size = rules.stated("membership.size", on)
    if size.status == "value" and not _fits(composition, size):
        yield _size(composition, size, preparers(rules, on))
    if composition.members == 0:
        return
    for share in SHARES:
        stated = rules.stated(f"membership.{share}_share", on)
        if stated.status == "value" and not _holds(composition, share, stated):
            source = _share_source(share, stated, rules, on)
            yield _share(composition, share, stated, source, preparers(rules, on))
    yield from _together(composition, rules, on)
    yield from _age(composition, rules, on)


def _age(composition: Composition, rules: Rules, on: date) -> Iterator[Finding]:
    """Note that the province's own elderly age has ended, so that the law's counts again."""
    own = rules.stated("membership.elderly_age", on)
    if own.status != "not_in_force" or own.end is None or own.end >= on:
        return
    ages = [one.value for one in rules.policy.entries_of("membership.elderly_age")]
    if composition.elderly_age in ages:
        return
    age = rules.rule("membership.elderly_age", on)
    yield note(
        codes.COMP_AGE,
        _("Elderly is from {now} again: the province's {before} ended on {day}.").format(
            now=composition.elderly_age, before=ages[-1], day=dmy(own.end)
        ),
        expected=str(composition.elderly_age),
        actual=str(ages[-1]),
        source=age.citation if age else None,
    )


def _worded(stated: Resolution, text: str) -> str:
    """Return what is expected, a goal as the goal it is (phấn đấu)."""
    return _("to strive for: {text}").format(text=text) if stated.force == "goal" else text


def _stated(stated: Resolution, bounds: Bounds) -> str:
    """Return a share as the document has it; a bare number that is read as the least, with that."""
    if "min" in stated.read_parts and bounds.high is None:
        return _("{low}%, read as {bounds}").format(low=bounds.low, bounds=bounds)
    return str(bounds)


def _fits(composition: Composition, size: Resolution) -> bool:
    low, high = size.value.get("min"), size.value.get("max")
    members = composition.members
    return (low is None or members >= low) and (high is None or members <= high)


def _size(composition: Composition, size: Resolution, who: str) -> Finding:
    low, high = size.value.get("min"), size.value.get("max")
    members = composition.members
    return warn(
        codes.COMP_SIZE,
        _("The club has {members} members.").format(members=members),
        expected=_worded(size, _("{low} - {high} members").format(low=low, high=high)),
        actual=str(members),
        source=size.source,
        who=who,
        fix=_("Complete the member list, or say why this size is right for the village."),
    )


def _share_source(share: str, stated: Resolution, rules: Rules, on: date) -> str | None:
    """Return a share's article, marked where this system reads its least or who is counted.

    Where no document says until what age somebody is young (người trẻ tuổi), whoever is not elderly
    is counted.
    """
    if share == "young" and rules.stated("membership.young_age", on).status != "value":
        return reading_citation(stated.source)
    return cited(stated, "min")


def _holds(composition: Composition, share: str, stated: Resolution) -> bool:
    return Bounds.of(stated.value).holds(counted(composition, share), composition.members)


def _share(
    composition: Composition, share: str, stated: Resolution, source: str | None, who: str
) -> Finding:
    bounds = Bounds.of(stated.value)
    count, total = counted(composition, share), composition.members
    least, most = bounds.least(total), bounds.most(total)
    if least > most:
        people = _("no whole number of {total} people").format(total=total)
    elif bounds.high is None:
        people = _("at least {least} of {total} people").format(least=least, total=total)
    else:
        people = _("{least} to {most} of {total} people").format(
            least=least, most=most, total=total
        )
    limits = tuple(end for end in (bounds.low, bounds.high) if end is not None)
    actual = f"{count}/{total} = {percent(count, total, limits=limits)}"
    if share == "elderly" and composition.estimated:
        actual += " " + _("({count} counted from a birth year alone)").format(
            count=composition.estimated
        )
    return warn(
        SHARES[share],
        _("{share}: {count} of {total}.").format(
            share=share_name(share, composition.elderly_age), count=count, total=total
        ),
        expected=_worded(stated, f"{_stated(stated, bounds)}: {people}"),
        actual=actual,
        source=source,
        who=who,
        fix=_("Complete the member list, or say why this make-up is right for the village."),
    )


def _together(composition: Composition, rules: Rules, on: date) -> Iterator[Finding]:
    """Note when the stated shares of elderly and young cannot both hold for this size."""
    elderly = rules.stated("membership.elderly_share", on)
    young = rules.stated("membership.young_share", on)
    if elderly.status != "value" or young.status != "value":
        return
    old, new = Bounds.of(elderly.value), Bounds.of(young.value)
    if can_hold(old, new, composition.members):
        return
    size = rules.stated("membership.size", on)
    sizes = ""
    if size.status == "value":
        low, high = size.value.get("min") or 1, size.value.get("max") or composition.members
        fitting = [str(n) for n in range(low, high + 1) if can_hold(old, new, n)]
        sizes = ", ".join(fitting)
    yield note(
        codes.COMP_TOGETHER,
        _("With {total} members the two shares cannot both hold, whoever the members are.").format(
            total=composition.members
        ),
        expected=_("elderly {old}, young {new}").format(old=old, new=new)
        + (_("; both hold only for {sizes} members").format(sizes=sizes) if sizes else ""),
        actual=str(composition.members),
        source=_share_source("young", elderly, rules, on),
        who=_("the province"),
        fix=_("Nothing to correct: acknowledge the warning with the club's own reason."),
    )


def can_hold(elderly: Bounds, young: Bounds, total: int) -> bool:
    """Return whether some split of ``total`` into elderly and young satisfies both shares."""
    return any(
        elderly.holds(count, total) and young.holds(total - count, total)
        for count in range(total + 1)
    )
