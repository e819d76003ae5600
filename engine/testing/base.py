"""What every group of checks starts from: the plugin under test, away from a person's settings."""

from collections.abc import Callable
from typing import Any, NoReturn

import pytest

from engine import i18n
from engine.plugin_checks import checks
from engine.plugin_checks.model import Mistake
from engine.plugin_checks.subject import CODE, CheckSkippedError
from engine.plugin_checks.subject import Subject as PluginSubject
from engine.provinces.load import POLICY_FILE, Provinces

__all__ = ["CODE", "Checks", "Subject", "answering"]

SETTINGS = ("CLB_DATABASE", "CLB_OFFICER", "CLB_LANG", "CLB_NO_PLUGINS", "CLB_TRACE_HOOKS")
PREFIX = "test_"


class Subject(PluginSubject):
    """The plugin under test, whose first mistake fails the test."""

    def fail(self, what: str, *, mend: str, file: str = POLICY_FILE, key: str = "") -> NoReturn:
        """Fail the test with one sentence."""
        sentence = self.sentence(Mistake("", file, key, what, mend))
        raise pytest.fail.Exception(sentence, pytrace=False) from None


def answering(subject: PluginSubject) -> Provinces:
    """Return the installed provinces, once it is known that every hook of this one comes back."""
    try:
        return subject.sound
    except CheckSkippedError as reason:
        pytest.skip(str(reason))


class Checks:
    """The checks of one province. A check is a method whose name begins with ``test_``."""

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
    def subject(
        self,
        _apart: None,
        request: pytest.FixtureRequest,
        tmp_path_factory: pytest.TempPathFactory,
    ) -> Subject:
        """Return the plugin under test; a check that it leaves out is skipped with the reason."""
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
        check = request.function.__name__.removeprefix(PREFIX)
        if check != checks.ALWAYS:
            for reason in left_out(subject).get(check, ()):
                pytest.skip(f"left out: {reason}")
        return subject


def left_out(subject: PluginSubject) -> dict[str, tuple[str, ...]]:
    """Return the reasons by the checks that the policy leaves out."""
    try:
        return {one.check: (one.reason,) for one in subject.policy.left_out}
    except CheckSkippedError:
        return {}


def test_of(check: checks.Check) -> Callable[[Any, Subject], None]:
    """Return the test method of a check."""

    def test(_self: Any, subject: Subject) -> None:
        try:
            found = check.mistakes(subject)
        except CheckSkippedError as reason:
            pytest.skip(str(reason))
        if found:
            pytest.fail("\n".join(map(subject.sentence, found)), pytrace=False)

    test.__name__ = f"{PREFIX}{check.name}"
    test.__doc__ = check.rule
    return test
