"""What clubs do when they meet: only activities that the policy lists are recorded."""

from datetime import date

from engine import codes
from engine.errors import InputError
from engine.frozen import FrozenMap
from engine.i18n import _
from engine.policy.effective import Rules


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
