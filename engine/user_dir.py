"""The folder of this user's own files: the database and what is kept between commands."""

import os

PRIVATE_FOLDER = 0o700
"""The mode of a new folder for what holds names."""


def user_dir() -> str:
    """Return the folder of this user's data; ``CLB_HOME`` moves it."""
    if moved := os.environ.get("CLB_HOME"):
        return moved
    from platformdirs import user_data_dir

    return user_data_dir("clb", appauthor=False)
