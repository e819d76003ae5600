"""What clubs do when they meet: only activities that the policy lists are recorded."""

import re
from collections import Counter
from datetime import date

from engine import codes
from engine.errors import InputError
from engine.frozen import FrozenMap
from engine.i18n import _
from engine.policy.effective import Rules
from engine.vietnamese.text import bare
from engine.words import Words

_PARTS = re.compile(r",? và |, ?")


def known(form: FrozenMap, rules: Rules, on: date) -> None:
    """Hold the form's activities against those listed on the day.

    Raises ``InputError`` naming the unknown ones and all that are known. Nothing is unknown where
    no activities are listed.
    """
    given = form.get("activities")
    rule = rules.rule("activities.list", on)
    if not given or rule is None:
        return
    listed = {str(one["id"]) for one in rule.value}
    unknown = [name for name in given if name not in listed]
    if unknown:
        raise InputError(
            _("Unknown activities: {names}.").format(names=", ".join(unknown)),
            code=codes.ACTIVITY_UNKNOWN,
            help=_("Known: {names}.").format(names=", ".join(sorted(listed))),
        )


def words(rules: Rules, on: date) -> Words:
    """Return the words of the activities listed on a day, each one's name first.

    Its name in the general procedure means it too, and so does a part of either name, without
    "hoạt động" before it, unless two activities have it.
    """
    rule = rules.rule("activities.list", on)
    names = {str(one["id"]): str(one["label"]) for one in rule.value} if rule is not None else {}
    general = rules.general.entries_of("activities.list")[0].value
    known = {str(one["id"]): str(one["label"]) for one in general}
    more = {id_: _shorter(name, known.get(id_)) for id_, name in names.items()}
    times = Counter(word for own in more.values() for word in set(map(bare, own)))
    return {
        id_: (name, *(word for word in more[id_] if word != name and times[bare(word)] == 1))
        for id_, name in names.items()
    }


def _shorter(*names: str | None) -> list[str]:
    """Return what people make of an activity's names: without "hoạt động", and their parts."""
    found = []
    for name in filter(None, names):
        short = name.removeprefix("Hoạt động ")
        found += [name, short, *_PARTS.split(short)]
    return list(dict.fromkeys(found))
