"""The installed plugin under test: its files, its code and its trial, each read once."""

import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from engine import codes, i18n
from engine.errors import ClbError
from engine.package_data import package_path
from engine.plugin_checks.manifest import neighbour_mistakes
from engine.plugin_checks.model import HOOKS, Candidate, Mistake
from engine.plugin_checks.policy_file import readable
from engine.plugin_checks.static import inspect
from engine.plugin_checks.trial import Tried, try_hooks
from engine.policy.model import Document, Policy
from engine.provinces.discover import Plugin
from engine.provinces.load import POLICY_FILE, Provinces

CODE = "__init__.py"


class CheckFailedError(Exception):
    """A check that ends at its first mistake."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.message)
        self.mistake = mistake


class CheckSkippedError(Exception):
    """A check that cannot be made, because another check reports what is in its way."""


class Subject:
    """One province's installed plugin. ``folder`` is where its checks may write.

    What one check reports is not reported again: a part that cannot be read raises
    ``CheckSkippedError``.
    """

    def __init__(self, province: str, folder: Path) -> None:
        self.province = province
        self.folder = folder
        self.provinces = Provinces()

    @cached_property
    def plugins(self) -> list[Plugin]:
        """Return every installed plugin that claims the province."""
        return self.provinces.found().get(self.province, [])

    @property
    def plugin(self) -> Plugin:
        """Return the plugin; of several, the first."""
        return self.plugins[0]

    @cached_property
    def candidate(self) -> Candidate:
        """Return the plugin as ``clb province check`` has it."""
        one = self.plugin
        path = package_path(one.package, CODE) if one.package.isidentifier() else None
        folder = Path(path).parents[1] if path else Path()
        return Candidate(one.name, one.version, one.province, one.package, folder)

    @cached_property
    def read(self) -> list[Mistake]:
        """Return everything wrong that can be seen without running the plugin, in English."""
        with english():
            found = inspect(self.candidate)
            return [*found, *neighbour_mistakes(self.candidate, self.provinces)]

    @cached_property
    def tried(self) -> Tried:
        """Return what came of loading the plugin and calling its hooks in a child process.

        Where the policy cannot be used the plugin is only loaded.
        """
        if not self.candidate.package.isidentifier():
            raise CheckSkippedError("the entry point names no package")
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        leave_out = () if self._loads else HOOKS
        with english():
            return try_hooks(self.candidate, environment, thorough=True, leave_out=leave_out)

    @cached_property
    def _loads(self) -> bool:
        try:
            self.provinces.load(self.province)
        except ClbError:
            return False
        return True

    @cached_property
    def policy(self) -> Policy:
        """Return the policy, even one with mistakes as long as it can be understood."""
        found = readable(self.candidate.folder / self.candidate.package / POLICY_FILE)
        if found is None:
            raise CheckSkippedError("the policy file cannot be understood; other checks say why")
        return found

    @property
    def programmes(self) -> tuple[Document, ...]:
        """Return the province's programme documents, one for each period."""
        return tuple(one for one in self.policy.documents if one.programme)

    @property
    def module(self) -> ModuleType:
        """Return the plugin's package, imported."""
        if any(one.code == codes.PLUGIN_FAILED for one in self.tried.mistakes):
            raise CheckSkippedError("the package cannot be loaded; another check says why")
        return importlib.import_module(self.plugin.package)

    @property
    def sound(self) -> Provinces:
        """Return the installed provinces, of which this one's hooks are known to come back."""
        if not self._loads:
            raise CheckSkippedError("the engine refuses the plugin, as other checks report")
        assert self.module
        for one in self.tried.mistakes:
            if one.code == codes.HOOK_ENDLESS:
                raise CheckSkippedError(f"{one.key} does not come back; another check says when")
        return self.provinces

    def fail(self, what: str, *, fix: str, file: str = POLICY_FILE, key: str = "") -> NoReturn:
        """End the check with one sentence that names plugin, file, key and what to do."""
        raise CheckFailedError(Mistake("", file, key, what, fix))

    def require(
        self, holds: object, what: str, *, fix: str, file: str = POLICY_FILE, key: str = ""
    ) -> None:
        """Fail unless something holds."""
        if not holds:
            self.fail(what, fix=fix, file=file, key=key)

    def sentence(self, one: Mistake) -> str:
        """Return a mistake as a sentence that names plugin, file, line, key and what to do."""
        line = f"line {one.line}" if one.line else ""
        where = ": ".join(filter(None, (str(self.plugin), one.file, one.key, line)))
        if not one.code:
            return f"{where}: {one.message} {one.expected}".strip()
        expected = f" Expected: {one.expected}." if one.expected else ""
        return f"{where}: {one.message} [{one.code}]{expected}"


@contextmanager
def english() -> Iterator[None]:
    """Make messages English, as the kit's own sentences are, until the block ends."""
    before = i18n.language()
    i18n.use("en")
    try:
        yield
    finally:
        i18n.use(before)
