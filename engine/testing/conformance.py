"""Every check of the kit in one class."""

from engine.plugin_checks.checks import CHECKS
from engine.testing.base import test_of
from engine.testing.life import LifeChecks
from engine.testing.papers import PaperChecks
from engine.testing.refusals import RefusalChecks
from engine.testing.reports import ReportChecks
from engine.testing.upgrade import UpgradeChecks


class ProvinceConformance(LifeChecks, RefusalChecks, ReportChecks, PaperChecks, UpgradeChecks):
    """Inherit it in a class whose name begins with ``Test`` and name the ``province``."""


for one in CHECKS:
    if one.in_kit:
        setattr(ProvinceConformance, f"test_{one.name}", test_of(one))
