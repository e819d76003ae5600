"""The form of a new officer, for the administrator at the computer."""

from collections.abc import Mapping

from engine import codes
from engine.desk.filling import Filling, Judged, Recorded
from engine.errors import NotPermittedError
from engine.i18n import _
from engine.interview.interview import Interview
from engine.labels import role_name
from engine.lifecycle.new_officer import made, questions
from engine.lifecycle.registry import Registry
from engine.model import Role


class OfficerFilling(Filling):
    """A new officer."""

    def __init__(self, officer: str) -> None:
        self.officer = officer

    def begin(self, registry: Registry) -> Interview:
        """Return the questions. Raises ``NotPermittedError`` for who is no administrator."""
        if not any(one.role is Role.ADMIN for one in registry.lifecycle.officers(self.officer)):
            admins = dict.fromkeys(
                one.name for one in registry.officers.everybody() if one.role is Role.ADMIN
            )
            raise NotPermittedError(
                _("Only an administrator adds officers: {names}.").format(names=", ".join(admins)),
                code=codes.OFFICER_ADMIN,
                help=_("F6 on the first screen changes who works here."),
            )
        return questions(registry, self.officer)

    def judge(self, registry: Registry, asked: Interview) -> Judged:
        """Find nothing: each answer is judged by itself, the whole when it is written."""
        del registry
        return Judged((), asked)

    def write(self, registry: Registry, asked: Interview, reasons: Mapping[str, str]) -> Recorded:
        """Add the officer."""
        del reasons
        kept = registry.officers.add(made(registry, asked.form()), by=self.officer)
        role = role_name(kept.role, city=registry.provinces.is_city(kept.province))
        lines = [
            _("Added: {officer} {name}, {role}, {where}").format(
                officer=kept.id,
                name=kept.name,
                role=role,
                where=kept.commune or registry.provinces.name(kept.province),
            )
        ]
        if kept.commune and not registry.officers.is_checked(kept.province, kept.since):
            lines.append(
                _("No list of communes is loaded: {name} was not checked.").format(
                    name=kept.commune
                )
            )
        return Recorded(tuple(lines))
