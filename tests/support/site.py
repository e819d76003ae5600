"""The pages of docs/ as a reader has them: built by Sphinx, a warning being an error."""

import subprocess
import sys
from pathlib import Path

from support.doc_blocks import DOCS, ROOT


def built(folder: Path) -> Path:
    """Build the site as CONTRIBUTING says, and return its folder."""
    command = [sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html"]
    done = subprocess.run(
        [*command, "-d", str(folder / "trees"), str(DOCS), str(folder / "html")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "html"
