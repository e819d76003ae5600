"""Built overviews of provinces, whole and with what hostile hands would type into them."""

from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from support.land import land, scatter

from engine.reports.building import build

DAY = date(2024, 6, 30)
SCRIPT = "<script>document.title='hỏng'</script><img src=x onerror=alert(1)>"
FORMULA = '=HYPERLINK("http://example.org","bấm vào đây")'
RIGHT_TO_LEFT = "CLB \u202eđảo ngược\u202c cuối"
LONG = "Dài" * 3_334
HOSTILE = (SCRIPT, FORMULA, RIGHT_TO_LEFT, LONG, "+1", "-1", "@x", "<r>x</r>", "{{ 7*7 }}", "**a**")


@cache
def _built(clubs: int, report: str, period: str | None) -> dict[str, Any]:
    with TemporaryDirectory() as folder, land(Path(folder), "bac_ninh", DAY) as here:
        scatter(here, clubs, seed=clubs)
        provinces = here.registry.provinces
        made = build(here.store, provinces, here.province, report, period, DAY, compared=True)
        return made.document


def built(clubs: int, report: str = "overview", period: str | None = None) -> dict[str, Any]:
    """Return the report of a province of so many generated clubs."""
    return deepcopy(_built(clubs, report, period))


def hostile() -> dict[str, Any]:
    """Return an overview with hostile texts for names, and in a plugin's section."""
    found = built(37)
    for place, row in enumerate(found["clubs"]):
        row["name"] = HOSTILE[place % len(HOSTILE)]
        row["village"] = HOSTILE[(place + 1) % len(HOSTILE)]
        row["place"] = row["commune"] = HOSTILE[(place + 2) % len(HOSTILE)]
    for place, row in enumerate(found["communes"]):
        row["place"] = row["commune"] = HOSTILE[place % len(HOSTILE)]
    for place, row in enumerate(found["attention"]):
        row["name"] = HOSTILE[place % len(HOSTILE)]
    for place, row in enumerate(found["overdue"]):
        row["club_name"] = HOSTILE[place % len(HOSTILE)]
    found["progress"][0]["label"] = SCRIPT
    found["progress"][0]["note"] = LONG
    found["notices"] = [SCRIPT, LONG]
    found["sections"] = [
        {
            "title": SCRIPT,
            "headings": ["Ô", "Số"],
            "rows": [[one, 3] for one in HOSTILE],
            "source": SCRIPT,
        },
        {"title": SCRIPT, "headings": ["Ô"], "rows": [[None]], "source": None},
    ]
    return found
