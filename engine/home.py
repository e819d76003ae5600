"""Where this user's own files are kept."""

import os
from pathlib import Path


def home() -> Path:
    """Return the folder of this user's data; ``CLB_HOME`` moves it."""
    if moved := os.environ.get("CLB_HOME"):
        return Path(moved)
    from platformdirs import user_data_path

    return user_data_path("clb", appauthor=False)
