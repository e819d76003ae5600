"""What every group of checks starts from: the plugin under test, in a home of its own."""

import pytest

from engine import i18n
from engine.testing.subject import Subject

SETTINGS = ("CLB_DATABASE", "CLB_OFFICER", "CLB_LANG", "CLB_NO_PLUGINS", "CLB_TRACE_HOOKS")
PREFIX = "test_"
ALWAYS = "left_out_checks_have_a_name_and_a_reason"
"""The one check that cannot be left out."""


class Checks:
    """A group of checks of one province. A check is a method whose name begins with ``test_``."""

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
        if check != ALWAYS:
            for reason in left_out(subject).get(check, ()):
                pytest.skip(f"left out: {reason}")
        return subject


def left_out(subject: Subject) -> dict[str, tuple[str, ...]]:
    """Return the reasons by the checks that the policy leaves out."""
    try:
        return {one.check: (one.reason,) for one in subject.policy.left_out}
    except pytest.skip.Exception:
        return {}


def names(kind: type) -> list[str]:
    """Return the names of the checks of a class, as ``[[left_out]]`` gives them."""
    return sorted(name.removeprefix(PREFIX) for name in dir(kind) if name.startswith(PREFIX))
