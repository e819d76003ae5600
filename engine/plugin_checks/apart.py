"""Running a part of the engine in a child process, in which a plugin is found in its folder.

The plugin goes before an installed one of the same name, is not installed for it, and leaves
nothing behind: no compiled files, no settings of the person, a user directory of its own.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from engine.child_process import Ended, Until, run_module

SETTINGS = ("CLB_DATABASE", "CLB_OFFICER", "CLB_NO_PLUGINS", "CLB_TRACE_HOOKS")


def run_apart(
    module: str,
    arguments: Sequence[str],
    plugin: Path,
    folder: Path,
    *,
    seconds: float,
    environment: Mapping[str, str] | None = None,
    until: Until = lambda _waited: False,
) -> Ended:
    """Run a module of the engine with a plugin's folder first on the path.

    ``folder`` is its working folder, with its temporary files. It is killed after ``seconds``, or
    as soon as ``until`` asks for it, as ``run_module`` describes.
    """
    env = {**(os.environ if environment is None else environment)}
    for name in SETTINGS:
        env.pop(name, None)
    env |= {
        "CLB_HOME": str(folder / "home"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONHASHSEED": "random",
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)),
    }
    return run_module(
        module,
        arguments,
        folder,
        seconds=seconds,
        first_on_path=plugin,
        environment=env,
        until=until,
    )
