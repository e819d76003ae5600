"""The conformance kit: inherit one class, name your province, and get its checks.

    from engine.testing import ProvinceConformance

    class TestMyProvince(ProvinceConformance):
        province = "my_province"

``read_case`` reads a case that an expert wrote, ``play_case`` plays it: see docs/cases.md.

The checks are pytest's: ``pip install clb-lien-the-he[testing]``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.scenario.case import play_case
    from engine.scenario.case_file import read_case
    from engine.testing.conformance import ProvinceConformance

__all__ = ["ProvinceConformance", "play_case", "read_case"]
MODULES = {
    "ProvinceConformance": "engine.testing.conformance",
    "play_case": "engine.scenario.case",
    "read_case": "engine.scenario.case_file",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'engine.testing' has no attribute {name!r}")
    try:
        import_module("pytest")
    except ModuleNotFoundError as error:
        raise ImportError(
            "The conformance kit needs pytest: pip install 'clb-lien-the-he[testing]'."
        ) from error
    return getattr(import_module(MODULES[name]), name)
