"""The conformance kit: inherit one class, name your province, and get its checks.

    from engine.testing import ProvinceConformance

    class TestMyProvince(ProvinceConformance):
        province = "my_province"

The checks are pytest's: ``pip install clb-lien-the-he[testing]``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.testing.conformance import ProvinceConformance

__all__ = ["ProvinceConformance"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'engine.testing' has no attribute {name!r}")
    try:
        import_module("pytest")
    except ModuleNotFoundError as error:
        raise ImportError(
            "The conformance kit needs pytest: pip install 'clb-lien-the-he[testing]'."
        ) from error
    return import_module("engine.testing.conformance").ProvinceConformance
