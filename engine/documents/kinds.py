"""The papers communes print, and the step of a club's life each of them belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine import codes
from engine.errors import UnknownError
from engine.i18n import _
from engine.labels import step_name


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper. ``steps`` are those whose record it is written from, the latest of them."""

    id: str
    title: str
    steps: tuple[str, ...]

    def awaited(self) -> str:
        """Return what people call the steps that the paper waits for."""
        return _(" or ").join(f"“{step_name(step)}”" for step in self.steps)


def kinds() -> tuple[Kind, ...]:
    """Return all kinds in the order of a club's life, titled in the language in use."""
    listed: Iterable[tuple[str, str, tuple[str, ...]]] = (
        ("to_trinh", _("Submission that proposes the club"), ("propose",)),
        ("danh_sach_thanh_vien", _("List of members"), ("approve", "propose")),
        ("danh_sach_bcn", _("List of the board"), ("approve", "propose")),
        ("bien_ban_tham_dinh", _("Minutes of the appraisal"), ("approve",)),
        ("quyet_dinh_thanh_lap", _("Decision that establishes the club"), ("approve",)),
        ("cong_van_tra_ho_so", _("Letter that returns the dossier"), ("return",)),
        (
            "quyet_dinh_kien_toan",
            _("Decision that changes the board or ends the consolidation"),
            ("change_board", "consolidate"),
        ),
        ("danh_sach_tap_huan", _("Training plan and list of participants"), ("train",)),
        ("bien_ban_ra_mat", _("Minutes of the launch"), ("launch",)),
        ("bien_ban_giam_sat", _("Minutes of a supervision"), ("supervise",)),
        ("phieu_danh_gia", _("Sheet of the yearly review"), ("review",)),
        ("quyet_dinh_giai_the", _("Decision that dissolves the club"), ("dissolve",)),
    )
    return tuple(Kind(*one) for one in listed)


def kind(named: str) -> Kind:
    """Return the kind of that id. Raises ``UnknownError`` naming the nearest ones."""
    known = {one.id: one for one in kinds()}
    if named in known:
        return known[named]
    from difflib import get_close_matches

    near = get_close_matches(named, known, n=3, cutoff=0.5)
    raise UnknownError(
        _("There is no paper “{kind}”.").format(kind=named),
        code=codes.DOCUMENT_KIND,
        help=_("Did you mean: {names}?").format(names=", ".join(near))
        if near
        else _("All papers: {command}.").format(command="clb document list"),
    )
