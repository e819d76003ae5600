"""The toy province: a plugin of the tests' own, found like an installed one but never installed.

Its policy is ``tests/toy_province/clb_toy/policy.toml``. The core's tests hang on it, so that they
do not move when the policy of a real province does.
"""

import sys
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from engine.provinces.discover import GROUP
from engine.provinces.load import Provinces

TOY = "toy"
FOLDER = Path(__file__).parents[1] / "toy_province"


def toy_and_installed() -> Provinces:
    """Return the toy province with those that are installed."""
    if str(FOLDER) not in sys.path:
        sys.path.append(str(FOLDER))
    return Provinces([EntryPoint(TOY, "clb_toy", GROUP), *entry_points(group=GROUP)])
