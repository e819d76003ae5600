"""The conformance kit: inherit one class, name your province, and get its checks.

    from engine.testing import ProvinceConformance

    class TestMyProvince(ProvinceConformance):
        province = "my_province"

``check_case`` plays a case that an expert wrote and fails with what does not come true (see
docs/cases.md); ``read_case`` and ``play_case`` are its two halves.
``step_request`` makes the request that a check of one's own gets, for a unit test of it.

The checks are pytest's: ``pip install clb-lien-the-he[testing]``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.scenario.case import play_case
    from engine.scenario.case_file import read_case
    from engine.testing.cases import check_case
    from engine.testing.conformance import ProvinceConformance
    from engine.testing.requests import step_request

__all__ = ["ProvinceConformance", "check_case", "play_case", "read_case", "step_request"]
MODULES = {
    "ProvinceConformance": "engine.testing.conformance",
    "check_case": "engine.testing.cases",
    "play_case": "engine.scenario.case",
    "read_case": "engine.scenario.case_file",
    "step_request": "engine.testing.requests",
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
