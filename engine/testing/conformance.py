"""Every check of the kit in one class."""

from engine.testing.hook_shapes import HookShapeChecks
from engine.testing.hooks import HookChecks
from engine.testing.life import LifeChecks
from engine.testing.manifest import ManifestChecks
from engine.testing.papers import PaperChecks
from engine.testing.policy_days import PolicyDaysChecks
from engine.testing.policy_file import PolicyFileChecks
from engine.testing.refusals import RefusalChecks
from engine.testing.reports import ReportChecks
from engine.testing.upgrade import UpgradeChecks


class ProvinceConformance(
    ManifestChecks,
    PolicyFileChecks,
    PolicyDaysChecks,
    HookShapeChecks,
    HookChecks,
    LifeChecks,
    RefusalChecks,
    ReportChecks,
    PaperChecks,
    UpgradeChecks,
):
    """Inherit it in a class whose name begins with ``Test`` and name the ``province``."""
