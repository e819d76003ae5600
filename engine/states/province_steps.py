"""Steps that concern a province and no single club: who takes each, and in which stream."""

from dataclasses import dataclass

from engine.model import Role


@dataclass(frozen=True, slots=True)
class ProvinceStep:
    """A step of a province's own stream, or of the stream of its seals (``kind``).

    ``roles`` are those who take it; ``alone`` is whether the program may take it by itself.
    ``fields`` are what its form may hold, of steps about officers and mergers.
    """

    name: str
    roles: tuple[Role, ...]
    kind: str = "province"
    alone: bool = False
    fields: frozenset[str] = frozenset()


OFFICE = frozenset({"id", "role", "name", "commune", "commune_id", "since", "until", "login"})
END = frozenset({"id", "until", "offices"})


REPORT = (Role.PROVINCE, Role.ADMIN)
PROVINCE_STEPS = {
    step.name: step
    for step in (
        ProvinceStep("officer_add", (Role.ADMIN,), fields=OFFICE),
        ProvinceStep("officer_first", (Role.ADMIN,), fields=frozenset({"id", "province"})),
        ProvinceStep("officer_change", (Role.ADMIN,), fields=OFFICE | END),
        ProvinceStep("officer_remove", (Role.ADMIN,), fields=END),
        ProvinceStep("merge", (Role.ADMIN,), fields=frozenset({"into", "date", "document"})),
        ProvinceStep("merge_in", (Role.ADMIN,), fields=frozenset({"from", "date", "document"})),
        ProvinceStep("key_add", (Role.ADMIN,)),
        ProvinceStep("key_end", (Role.ADMIN,)),
        ProvinceStep("units_import", REPORT),
        ProvinceStep("report_sent", REPORT),
        ProvinceStep("report_note", (*REPORT, Role.COMMITTEE, Role.ASSOCIATION)),
        ProvinceStep("seal", tuple(Role), kind="seal", alone=True),
        ProvinceStep("supersede", tuple(Role), kind="seal"),
    )
}
