"""Where this user's own files are kept."""

import os


def home() -> str:
    """Return the folder of this user's data; ``CLB_HOME`` moves it."""
    if moved := os.environ.get("CLB_HOME"):
        return moved
    from platformdirs import user_data_dir

    return user_data_dir("clb", appauthor=False)
