"""Whether a list seems to be of another village than the club's."""

import re
from collections import Counter
from collections.abc import Sequence

from engine.i18n import _
from engine.roster.model import ListedPerson
from engine.vietnamese.text import means, number, unmarked

_KIND = re.compile(
    r"(?:thon|xom|khu pho|khu dan cu|khu|to dan pho|tdp|to|ban|lang|ap|khom|doi|tieu khu)"
    r"(?: so)?\.? +"
)


def other_village(people: Sequence[ListedPerson], village: str) -> str | None:
    """Return a sentence where nobody on a list is of the club's village, and half or more of one.

    A list that says of few where they live says nothing about it.
    """
    named = [one.village for one in people if one.village]
    if not village or any(same_village(one, village) for one in named):
        return None
    most = Counter(named).most_common(1)
    if not most or 2 * most[0][1] < len(people):
        return None
    return _(
        "On the list {count} people live in {other} and nobody in {village}, the club's own."
    ).format(count=number(most[0][1]), other=most[0][0], village=village)


def same_village(first: str, second: str) -> bool:
    """Return whether two names are one village's: "TDP 5" is Tổ dân phố 5, Thôn Đông is Đông."""
    names = (without_kind(first), without_kind(second))
    return means(*names) or means(*reversed(names))


def without_kind(name: str) -> str:
    """Return the name of a village without what it is (thôn, tổ dân phố ...)."""
    plain = unmarked(name)
    kind = _KIND.match(plain)
    if kind is None or len(plain) != len(name.strip()):
        return name.strip()
    return name.strip()[kind.end() :]
