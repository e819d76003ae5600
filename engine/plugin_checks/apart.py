"""Running a part of the engine in a process of its own, in which a plugin is found in its folder.

The plugin goes before an installed one of the same name, is not installed for it, and leaves
nothing behind: no compiled files, no settings of the person, a home of its own.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import engine

_BEGIN = """
import runpy, sys
folder, root, module = sys.argv[1:4]
sys.argv[1:4] = []
sys.path.insert(0, folder)
sys.path.append(root)
runpy.run_module(module, run_name="__main__", alter_sys=True)
"""
SETTINGS = ("CLB_DATABASE", "CLB_OFFICER", "CLB_NO_PLUGINS", "CLB_TRACE_HOOKS")
WAIT = 0.05
MOST_BYTES = 20_000_000
"""What a process may say before it is stopped; it would fill the disk."""
READ_BYTES = 20_000
"""How much of it is read: the beginning of what it prints, the end of what it complains of."""

Until = Callable[[float], bool]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its code, whether it was stopped, and what it said."""

    code: int
    late: bool
    out: str
    err: str


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

    ``folder`` is where it works and what it may fill. It is stopped after ``seconds``, or as soon
    as ``until``, asked with the seconds waited, says so or it has said far too much.
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
    root = str(Path(engine.__file__).parents[1])
    command = [sys.executable, "-c", _BEGIN, str(plugin.resolve()), root, module, *arguments]
    out, err = folder / "stdout", folder / "stderr"
    with out.open("wb") as to_out, err.open("wb") as to_err:
        process = subprocess.Popen(  # noqa: S603  (our own interpreter, arguments as a list)
            command, cwd=folder, env=env, stdout=to_out, stderr=to_err, stdin=subprocess.DEVNULL
        )
        late = _wait(process, seconds, lambda waited: _flooded(out, err) or until(waited))
    return Ended(process.returncode, late, _read(out), _read(err, last=True))


def _flooded(*files: Path) -> bool:
    return sum(file.stat().st_size for file in files) > MOST_BYTES


def _read(file: Path, *, last: bool = False) -> str:
    """Return the beginning of a file, or its end."""
    with file.open("rb") as stream:
        if last:
            stream.seek(max(0, file.stat().st_size - READ_BYTES))
        return stream.read(READ_BYTES).decode("utf-8", errors="replace")


def _wait(process: subprocess.Popen[bytes], seconds: float, until: Until) -> bool:
    """Wait for a process and tell whether it had to be stopped; it is over in any case."""
    started = time.monotonic()
    try:
        while True:
            try:
                process.wait(timeout=WAIT)
                return False
            except subprocess.TimeoutExpired:
                waited = time.monotonic() - started
                if waited > seconds or until(waited):
                    return True
    finally:
        process.kill()
        process.wait()
