"""Who acts in a story: officers with invented names, added when first needed, chosen by policy."""

from datetime import date

from engine.frozen import EMPTY
from engine.i18n import _
from engine.lifecycle.province import COMMUNE_ROLES, ProvinceService
from engine.model import Club, Officer, Role
from engine.provinces.load import Provinces
from engine.rules.request import StepRequest
from engine.scenario.people import People
from engine.states import guards
from engine.states import step as find_step
from engine.vietnamese.text import bare

ADMIN = "quan-tri"
PREFIXES = {
    Role.ASSOCIATION: "hoi",
    Role.COMMITTEE: "ubnd",
    Role.PROVINCE: "tinh",
}
CHAIR = "chu-tich"
# Who decides is not who prepares: a committee's chair signs, its clerk does the rest.
SIGNED = frozenset({"approve", "return", "reject"})


class Cast:
    """The officers of one province."""

    def __init__(
        self,
        context: ProvinceService,
        provinces: Provinces,
        province: str,
        people: People,
        day: date,
    ) -> None:
        self._desk = context
        self._provinces = provinces
        self._province = province
        self._people = people
        self._day = day
        self._there: dict[str, Officer] = {}
        admin = f"{ADMIN}-{province.replace('_', '-')}"
        self.admin = admin
        by = next((one.id for one in context.officers() if one.role is Role.ADMIN), None)
        self._add(admin, Role.ADMIN, None, by=by)

    def for_step(self, step: str, commune: str, on: date, role: Role | None = None) -> Officer:
        """Return who takes a step in a commune on a day: the role the policy names, or ``role``."""
        chosen = role or self.role(step, on)
        where = commune if chosen in COMMUNE_ROLES else None
        prefix = CHAIR if chosen is Role.COMMITTEE and step in SIGNED else PREFIXES[chosen]
        officer = f"{prefix}-{slug(where or self._province)}"
        if officer not in self._there:
            self._add(officer, chosen, where, by=self.admin)
        return self._there[officer]

    def role(self, step: str, on: date) -> Role:
        """Return the role that takes a step on a day, as the policy or else the engine has it."""
        rules = self._provinces.rules(self._province)
        request = StepRequest(
            step=step, on=on, today=on, club=Club("", self._province), form=EMPTY, rules=rules
        )
        roles, _source = guards.allowed_roles(find_step(step), rules, request)
        return roles[0]

    def give(self, officer: Officer, role: Role, commune: str) -> None:
        """Give an officer a second role."""
        where = commune if role in COMMUNE_ROLES else None
        self._desk.add_officer(
            Officer(officer.id, officer.name, role, self._province, where), by=self.admin
        )

    def _add(self, officer: str, role: Role, commune: str | None, *, by: str | None) -> None:
        person = self._people.person(
            self._day, elderly=False, woman=len(self._there) % 2 == 1, circumstance=None, village=""
        )
        new = Officer(officer, person.name, role, self._province, commune)
        self._desk.add_officer(new, by=by)
        self._there[officer] = new


def slug(name: str) -> str:
    """Return a name as it is typed in an id: "Phường Đình Bảng" is "phuong-dinh-bang"."""
    return "-".join(bare(name).replace("_", " ").split())


def chair_title(commune: str) -> str:
    """Return the title under which a commune's chair signs."""
    return _("Chair of the People's Committee of {commune}").format(commune=commune)
