"""An environment of its own that sees this one's packages, in which plugins are installed."""

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import engine

OFFLINE = {"PIP_NO_INDEX": "1"}


class Apart:
    """A virtual environment of its own, in which installing touches nothing else."""

    def __init__(self, folder: Path) -> None:
        subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
        self.python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
        self.home = folder / "home"
        (own,) = (folder / "venv").rglob("site-packages")
        seen = (str(Path(engine.__file__).parents[1]), sysconfig.get_paths()["purelib"])
        (own / "shared.pth").write_text("\n".join(seen) + "\n", encoding="utf-8")

    def clb(self, *args: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command there, in English."""
        return subprocess.run(
            [str(self.python), "-m", "engine", *map(str, args)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            cwd=self.home.parent,
            env={**os.environ, "CLB_HOME": str(self.home), "CLB_LANG": "en", **environment},
        )

    def json(self, *args: str | Path, code: int = 0, **environment: str) -> Any:
        """Run a command there and return its JSON answer."""
        done = self.clb(*args, "--json", **environment)
        assert done.returncode == code, done.stdout + done.stderr
        return json.loads(done.stdout)

    def versions(self) -> dict[str, str]:
        """Return the installed provinces that work, with their versions."""
        rows = self.json("province", "list")
        return {row["province"]: row["version"] for row in rows if row["status"] == "ok"}
