"""The conformance kit as pytest runs it: a test for each check of the list."""

from collections.abc import Callable
from typing import Any

import pytest

from engine import i18n
from engine.plugin_checks.checks import ALWAYS, CHECKS, Check
from engine.plugin_checks.subject import CheckSkippedError, Subject

SETTINGS = ("CLB_DATABASE", "CLB_OFFICER", "CLB_LANG", "CLB_NO_PLUGINS", "CLB_TRACE_HOOKS")


class ProvinceConformance:
    """Inherit it in a class whose name begins with ``Test`` and name the ``province``.

    Each check of ``engine.plugin_checks.checks`` is a method, its name with ``test_`` before it.
    """

    province: str
    _subjects: dict[type, Subject] = {}  # noqa: RUF012  (shared on purpose: one a class)

    @pytest.fixture(autouse=True)
    def _apart(
        self, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Keep the settings and the folder of the person who runs the checks out of them."""
        for name in SETTINGS:
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("CLB_HOME", str(tmp_path_factory.getbasetemp() / "clb-home"))
        i18n.use("vi")

    @pytest.fixture
    def subject(self, _apart: None, tmp_path_factory: pytest.TempPathFactory) -> Subject:
        """Return the plugin under test, one for all checks of a class."""
        kind = type(self)
        if kind not in self._subjects:
            self._subjects[kind] = Subject(self.province, tmp_path_factory.mktemp(self.province))
        subject = self._subjects[kind]
        if not subject.plugins:
            pytest.fail(
                f"No installed plugin claims the province {self.province}. "
                "Install yours into this environment: pip install -e .",
                pytrace=False,
            )
        return subject


def _test(check: Check) -> Callable[[Any, Subject], None]:
    """Return the test method of a check; one that the plugin leaves out is skipped."""

    def test(_self: Any, subject: Subject) -> None:
        for reason in () if check.name == ALWAYS else _left_out(subject, check):
            pytest.skip(f"left out: {reason}")
        try:
            found = check.mistakes(subject)
        except CheckSkippedError as reason:
            pytest.skip(str(reason))
        if found:
            pytest.fail("\n".join(map(subject.sentence, found)), pytrace=False)

    test.__name__ = f"test_{check.name}"
    test.__doc__ = check.rule
    return test


def _left_out(subject: Subject, check: Check) -> list[str]:
    """Return the reasons for which the policy leaves a check out."""
    try:
        return [one.reason for one in subject.policy.left_out if one.check == check.name]
    except CheckSkippedError:
        return []


for one in CHECKS:
    if one.in_kit:
        setattr(ProvinceConformance, f"test_{one.name}", _test(one))
