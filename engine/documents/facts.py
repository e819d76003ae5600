"""From a club's file to the frozen values a template is filled with.

Every value is text ready to print, a number, a list or a group of them; ``None`` is what is not
known and becomes a blank. Templates of provinces use these names: taking one away breaks them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from engine.documents import founding, working
from engine.documents.kinds import Kind
from engine.documents.phrases import Values
from engine.documents.scene import Scene
from engine.i18n import _
from engine.policy.effective import Rules
from engine.reports.dossier import Dossier, Record
from engine.rules.communes import Unit
from engine.vietnamese.text import dmy

BUILDERS: dict[str, Callable[[Scene], Values]] = {
    "to_trinh": founding.to_trinh,
    "danh_sach_thanh_vien": founding.danh_sach_thanh_vien,
    "danh_sach_bcn": founding.danh_sach_bcn,
    "bien_ban_tham_dinh": founding.bien_ban_tham_dinh,
    "quyet_dinh_thanh_lap": founding.quyet_dinh_thanh_lap,
    "cong_van_tra_ho_so": founding.cong_van_tra_ho_so,
    "quyet_dinh_kien_toan": working.quyet_dinh_kien_toan,
    "danh_sach_tap_huan": working.danh_sach_tap_huan,
    "bien_ban_ra_mat": working.bien_ban_ra_mat,
    "bien_ban_giam_sat": working.bien_ban_giam_sat,
    "phieu_danh_gia": working.phieu_danh_gia,
    "quyet_dinh_giai_the": working.quyet_dinh_giai_the,
}
OWN_DAY = {"bien_ban_tham_dinh": "appraisal.date", "danh_sach_tap_huan": "course.start"}
"""Papers whose day is a field of the form and not the day of the step."""
LISTS = ("danh_sach_thanh_vien", "danh_sach_bcn")


@dataclass(frozen=True, slots=True)
class Paper:
    """What one paper says. ``day`` is the day it is dated, ``None`` for a blank.

    ``record`` is the number of the record it is written from; ``None`` while the step has not
    happened, when much of it is blank. ``notices`` are to be told beside the paper.
    """

    kind: Kind
    club: str
    day: date | None
    record: int | None
    values: Values
    notices: tuple[str, ...] = ()


def paper(
    kind: Kind,
    dossier: Dossier,
    rules: Rules,
    *,
    units: Sequence[Unit] = (),
    as_of: date | None = None,
    today: date,
) -> Paper:
    """Return a paper's values from the last record of its step, up to ``as_of`` if given.

    A list of members or of the board asked for a later day is the list of that day.
    """
    record = dossier.last(kind.steps, as_of)
    on, day = _days(kind, record, as_of, today)
    scene = Scene(dossier, rules, units, record, on, day, _last_seq(dossier, kind, record, as_of))
    values = BUILDERS[kind.id](scene)
    return Paper(
        kind,
        dossier.club.id,
        day,
        record.seq if record else None,
        values,
        tuple(_notices(kind, scene)),
    )


def _days(
    kind: Kind, record: Record | None, as_of: date | None, today: date
) -> tuple[date, date | None]:
    """Return the day whose facts hold and the day that is printed."""
    if record is None:
        return as_of or today, as_of
    if kind.id in LISTS and as_of is not None:
        return as_of, as_of
    if kind.id in OWN_DAY:
        typed = record.field(OWN_DAY[kind.id])
        return record.on, date.fromisoformat(typed) if typed else None
    return record.on, record.on


def _last_seq(
    dossier: Dossier, kind: Kind, record: Record | None, as_of: date | None
) -> int | None:
    """Return the number of the last record a paper may know of."""
    if record is not None and (as_of is None or kind.id not in LISTS):
        return record.seq
    if as_of is None:
        return None
    return max((one.seq for one in dossier.records if one.on <= as_of), default=0)


def _notices(kind: Kind, scene: Scene) -> list[str]:
    found = []
    if scene.record is None:
        found.append(
            _("The step {step} has not been recorded: its places in the paper are blank.").format(
                step=kind.awaited()
            )
        )
    where = scene.where
    if where.formerly is not None and not where.confirmed:
        found.append(
            _(
                "By a list that no document confirms, {old} is called {new} on {day}: "
                "check the name."
            ).format(old=where.formerly, new=where.text, day=dmy(scene.on))
        )
    return found
