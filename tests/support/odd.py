"""The odd province: a plugin of the tests' own that differs from the four in all it can.

It lies in ``tests/odd_province`` as its author would have it, a national plugin in
``tests/odd_nation``; both are found like installed ones but never installed.
"""

import sys
from importlib.metadata import EntryPoint
from pathlib import Path

from engine.provinces.discover import GROUP, NATIONS
from engine.provinces.load import Provinces

ODD = "odd"
FOLDER = Path(__file__).parents[1] / "odd_province"
NATION = Path(__file__).parents[1] / "odd_nation"


def odd(*others: EntryPoint, nation: bool = False) -> Provinces:
    """Return the odd province, with the national plugin or without, and with others."""
    points = [EntryPoint(ODD, "clb_odd", GROUP), *others]
    if nation:
        points.append(EntryPoint("odd_nation", "clb_odd_nation", NATIONS))
    for folder in (FOLDER, NATION):
        if str(folder) not in sys.path:
            sys.path.append(str(folder))
    return Provinces(points)
