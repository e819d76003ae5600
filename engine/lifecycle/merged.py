"""A province that became a part of another one takes nothing new: the other one does."""

from datetime import date

from engine import codes
from engine.errors import RefusedError
from engine.i18n import _
from engine.provinces.load import Provinces
from engine.store import facts
from engine.store.database import Store
from engine.vietnamese.text import dmy


def refuse_merged(
    store: Store, provinces: Provinces, province: str, on: date | None = None
) -> None:
    """Refuse what is for a province that became a part of another one by a day, or ever.

    Raises ``RefusedError``.
    """
    found = facts.merger(store, province)
    if found is None or (on is not None and on < found[1]):
        return
    name, other = (provinces.name(one) for one in (province, found[0]))
    raise RefusedError(
        _("{province} became a part of {other} on {day}.").format(
            province=name, other=other, day=dmy(found[1])
        ),
        code=codes.PROVINCE_MERGED,
        help=_("Name the other one: {option}.").format(option=f"--province {found[0]}"),
    )
