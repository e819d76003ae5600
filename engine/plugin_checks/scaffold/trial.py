"""Checking a plugin that was just written, and running its tests, without installing it."""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from engine import plugin_checks
from engine.i18n import _
from engine.plugin_checks import Candidate, Mistake
from engine.provinces.discover import GROUP

TEST_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Tests:
    """Result of a plugin's tests. ``status`` is passed, failed or not_run."""

    status: str
    summary: str
    output: str = ""


def check(folder: Path) -> tuple[Candidate, list[Mistake]]:
    """Return the plugin whose source lies in a folder, and everything wrong with it."""
    candidate = plugin_checks.from_source(folder)
    assert candidate is not None, "its pyproject.toml was written a moment ago"
    return candidate, list(plugin_checks.inspect(candidate))


def run_tests(candidate: Candidate) -> Tests:
    """Run a plugin's tests in a process of their own, with the plugin found where it lies."""
    if find_spec("pytest") is None:
        return Tests("not_run", _("pytest is not installed"))
    with tempfile.TemporaryDirectory() as site:
        _announce(candidate, Path(site))
        path = [site, str(candidate.folder), os.environ.get("PYTHONPATH", "")]
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, path)),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONIOENCODING": "utf-8",
            "CLB_HOME": str(Path(site) / "home"),
        }
        for name in ("CLB_DATABASE", "CLB_OFFICER", "CLB_NO_PLUGINS", "CLB_LANG"):
            environment.pop(name, None)
        command = [sys.executable, "-m", "pytest", "-q", "--color=no", "-p", "no:cacheprovider"]
        try:
            done = subprocess.run(  # noqa: S603  (our own interpreter, arguments as a list)
                command,
                cwd=candidate.folder,
                env=environment,
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=TEST_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Tests(
                "failed",
                _("the tests did not end within {seconds} seconds").format(seconds=TEST_SECONDS),
            )
    lines = done.stdout.strip().splitlines()
    summary = lines[-1].strip("= ") if lines else done.stderr.strip()[-300:]
    if done.returncode == 0:
        return Tests("passed", summary)
    return Tests("failed", summary, (done.stdout + done.stderr).strip())


def _announce(candidate: Candidate, site: Path) -> None:
    """Write the metadata by which an installed plugin is found; nothing of it is copied."""
    info = site / f"{candidate.package}-{candidate.version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {candidate.name}\nVersion: {candidate.version}\n",
        encoding="utf-8",
    )
    (info / "entry_points.txt").write_text(
        f"[{GROUP}]\n{candidate.province} = {candidate.package}\n", encoding="utf-8"
    )
