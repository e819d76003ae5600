"""The plugin under test: what is installed of it, its policy file, its code."""

import ast
import importlib
import os
import subprocess
import sys
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import pytest

from engine import i18n
from engine.errors import ClbError
from engine.package_data import read_beside
from engine.policy.check import check_policy
from engine.policy.files import parse_policy
from engine.policy.model import Document, Policy
from engine.policy.problem import Problem
from engine.provinces.discover import Plugin
from engine.provinces.load import POLICY_FILE, Provinces

CODE = "__init__.py"
IMPORT_SECONDS = 10
DONE = "the package is imported"
_IMPORT = f"import {{package}}\nprint({DONE!r})"


class Subject:
    """One province's plugin, each part read when it is first asked for.

    ``folder`` is where its checks may write. What another check already tells is not told again:
    a part that cannot be read skips the check that needs it.
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
    def data(self) -> bytes:
        """Return the bytes of the policy file."""
        if self.plugin.package.isidentifier():
            data = read_beside(self.plugin.package, POLICY_FILE)
            if data is not None:
                return data
        pytest.skip("there is no policy file to look at")

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Return everything the engine's own check says about the policy file, in English."""
        data, spoken = self.data, i18n.language()
        i18n.use("en")
        try:
            return check_policy(data, origin=POLICY_FILE)
        finally:
            i18n.use(spoken)

    @cached_property
    def policy(self) -> Policy:
        """Return the policy, even one with mistakes as long as it can be understood."""
        try:
            return parse_policy(self.data, origin=POLICY_FILE)
        except (ClbError, KeyError, TypeError, ValueError, AttributeError):
            pytest.skip("the policy file cannot be understood; other checks say why")

    @cached_property
    def import_error(self) -> str | None:
        """Return why the package cannot be imported, by trying it in a process of its own."""
        package = self.plugin.package
        command = [sys.executable, "-c", _IMPORT.format(package=package)]
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        try:
            done = subprocess.run(  # noqa: S603  (our own interpreter, a package's plain name)
                command,
                capture_output=True,
                text=True,
                timeout=IMPORT_SECONDS,
                check=False,
                env=env,
            )
        except subprocess.TimeoutExpired:
            return f"it does not come back within {IMPORT_SECONDS} seconds"
        said = (done.stdout + done.stderr).strip().splitlines()[-1:]
        return None if said == [DONE] else "".join(said) or f"it exits with {done.returncode}"

    @cached_property
    def module(self) -> ModuleType:
        """Return the plugin's package, imported."""
        if not self.plugin.package.isidentifier():
            pytest.skip("the entry point names no package")
        if self.import_error:
            pytest.skip("the package cannot be imported; another check says why")
        return importlib.import_module(self.plugin.package)

    @property
    def sound(self) -> Provinces:
        """Return the installed provinces, of which this one's policy and code can be used."""
        try:
            self.provinces.load(self.province)
            assert self.module
            self.provinces.hooks(self.province)
        except ClbError as error:
            pytest.skip(f"the engine refuses the plugin, as other checks tell: {error.code}")
        return self.provinces

    @property
    def programmes(self) -> tuple[Document, ...]:
        """Return the province's programme documents, one for each period."""
        return tuple(one for one in self.policy.documents if one.programme)

    @cached_property
    def sources(self) -> dict[str, ast.Module]:
        """Return the Python files of the package by name, parsed; one that is not Python fails."""
        home = Path(self.module.__file__ or "").parent
        found = {}
        for path in sorted(home.rglob("*.py")):
            name = path.relative_to(home).as_posix()
            try:
                found[name] = ast.parse(path.read_text(encoding="utf-8"))
            except (SyntaxError, ValueError) as error:
                self.fail(f"it is not Python: {error}.", mend="Mend or remove it.", file=name)
        return found

    def fail(self, what: str, *, mend: str, file: str = POLICY_FILE, key: str = "") -> NoReturn:
        """End the check with one sentence that names plugin, file, key and what to do."""
        where = ": ".join(filter(None, (str(self.plugin), file, key)))
        raise pytest.fail.Exception(f"{where}: {what} {mend}".strip(), pytrace=False) from None

    def require(
        self, holds: object, what: str, *, mend: str, file: str = POLICY_FILE, key: str = ""
    ) -> None:
        """Fail unless something holds."""
        if not holds:
            self.fail(what, mend=mend, file=file, key=key)
