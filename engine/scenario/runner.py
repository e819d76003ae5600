"""Playing a province's story through the real door: every step judged, committed and logged."""

from collections.abc import Mapping
from datetime import timedelta

from engine import codes
from engine.errors import PluginError
from engine.i18n import _
from engine.lifecycle.registry import Registry
from engine.scenario.cast import Cast
from engine.scenario.filling import workday
from engine.scenario.life import Life, Setting
from engine.scenario.people import People
from engine.scenario.played import Played
from engine.scenario.scenario import ClubPlan, Group, Scenario


def play(
    registry: Registry,
    province: str,
    scenario: Scenario,
) -> list[Played]:
    """Play a province's groups in turn.

    Raises ``PluginError`` (CLB-DEMO-STORY) when a step is refused that should not be, or the other
    way round; what was played before stays.
    """
    rules = registry.provinces.rules(province)
    people = People(scenario.seed)
    cast = Cast(registry.province, registry.provinces, province, people, scenario.groups[0].opened)
    setting = Setting(registry, province, rules, people, cast, scenario.asked_on)
    played, number = [], 0
    for group in scenario.groups:
        done = Played(group)
        played.append(done)
        for place, plan in enumerate(_plans(setting, group)):
            number += 1
            opened = plan.opened or group.opened + timedelta(days=place * group.every_days)
            life = Life(setting, done, plan, place, number, workday(opened))
            done.clubs.append(life.club)
            life.live()
    return played


def _plans(setting: Setting, group: Group) -> tuple[ClubPlan, ...]:
    """Return the group's clubs, or one for each commune that the policy names."""
    if group.communes_from is None:
        return group.clubs
    stated = setting.rules.stated(group.communes_from, group.opened)
    if not isinstance(stated.value, Mapping) or "communes" not in stated.value:
        raise PluginError(
            _("The story takes communes from {key}, which names none on {day}.").format(
                key=group.communes_from, day=group.opened.isoformat()
            ),
            code=codes.DEMO_STORY,
            help=_("Report this to the author of the plugin."),
        )
    return tuple(ClubPlan(str(one["name"])) for one in stated.value["communes"])
