"""Steps that concern a province and no single club: who takes each, and in which stream."""

from dataclasses import dataclass

from engine.model import Role


@dataclass(frozen=True, slots=True)
class ProvinceStep:
    """A step of a province's own stream, or of the stream of its seals (``kind``).

    ``roles`` are those who take it; ``alone`` is whether the program may take it by itself.
    """

    name: str
    roles: tuple[Role, ...]
    kind: str = "province"
    alone: bool = False


PROVINCE_STEPS = {
    step.name: step
    for step in (
        ProvinceStep("officer_add", (Role.ADMIN,)),
        ProvinceStep("officer_first", (Role.ADMIN,)),
        ProvinceStep("officer_change", (Role.ADMIN,)),
        ProvinceStep("officer_remove", (Role.ADMIN,)),
        ProvinceStep("merge", (Role.ADMIN,)),
        ProvinceStep("merge_in", (Role.ADMIN,)),
        ProvinceStep("key_add", (Role.ADMIN,)),
        ProvinceStep("key_end", (Role.ADMIN,)),
        ProvinceStep("units_import", (Role.PROVINCE, Role.ADMIN)),
        ProvinceStep("report_sent", (Role.PROVINCE, Role.ADMIN)),
        ProvinceStep("report_note", (Role.PROVINCE, Role.ADMIN, Role.COMMITTEE, Role.ASSOCIATION)),
        ProvinceStep("seal", tuple(Role), kind="seal", alone=True),
        ProvinceStep("supersede", tuple(Role), kind="seal"),
    )
}
