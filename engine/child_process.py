"""A module of the engine run in a child process, with limits of time, memory and output.

For what may not end, may take all the memory or may write without end: code of a plugin, a library
that reads a damaged file.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import engine

SAME_ENGINE = """
import sys
from importlib.machinery import PathFinder
root = sys.argv.pop(1)
class FoundIn:
    folders = {"engine": root}
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return PathFinder.find_spec(name, [cls.folders[name]]) if name in cls.folders else None
sys.path.append(root)
sys.meta_path.insert(0, FoundIn)
"""
"""Has a process that is given ``ROOT`` first import this engine, whichever else is installed."""
ROOT = str(Path(engine.__file__).parents[1])

_BEGIN = f"""{SAME_ENGINE}
import runpy
folder, package, memory, module = sys.argv[1:5]
sys.argv[1:5] = []
if folder:
    sys.path.append(folder)
    FoundIn.folders[package] = folder
if memory:
    try:
        import resource
        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    except (ImportError, OSError, ValueError):
        pass
runpy.run_module(module, run_name="__main__", alter_sys=True)
"""
WAIT = 0.05
MOST_BYTES = 20_000_000
"""How much a process may write to its output and errors before it is stopped."""
READ_BYTES = 20_000
"""How much of that is read: the beginning of its output, the end of its errors."""

Until = Callable[[float], bool]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its exit code, whether it was stopped, its output and its errors."""

    code: int
    stopped: bool
    out: str
    err: str


def run_module(
    module: str,
    arguments: Sequence[str],
    folder: Path,
    *,
    seconds: float,
    memory: int | None = None,
    last_on_path: Path | None = None,
    preferred: str = "",
    environment: Mapping[str, str] | None = None,
    until: Until = lambda _waited: False,
) -> Ended:
    """Run a module as ``python -m`` does, with this engine; its folder is last on the path.

    ``folder`` is its working folder, with its output and errors. The process is killed
    after ``seconds``, when it has written more than ``MOST_BYTES``, or when ``until``, called with
    the seconds waited, returns true. ``memory`` is the most it may take, in bytes: POSIX refuses it
    more than that (macOS does not), Windows kills it. It never outlives this call.

    What lies in ``last_on_path`` hides nothing that Python would find without it, but for the one
    package named ``preferred``, which is found there before an installed one.
    """
    last = str(last_on_path.resolve()) if last_on_path else ""
    begin = [sys.executable, "-P", "-c", _BEGIN, ROOT, last, preferred, str(memory or ""), module]
    out, err = folder / "stdout", folder / "stderr"
    with out.open("wb") as to_out, err.open("wb") as to_err:
        process = subprocess.Popen(  # noqa: S603  (our own interpreter, arguments as a list)
            [*begin, *arguments],
            cwd=folder,
            env=dict(os.environ if environment is None else environment),
            stdout=to_out,
            stderr=to_err,
            stdin=subprocess.DEVNULL,
        )

        def is_over(waited: float) -> bool:
            return (
                waited > seconds
                or out.stat().st_size + err.stat().st_size > MOST_BYTES
                or (memory is not None and _memory_taken(process) > memory)
                or until(waited)
            )

        stopped = _wait(process, is_over)
    return Ended(process.returncode, stopped, _read(out), _read(err, last=True))


def _read(file: Path, *, last: bool = False) -> str:
    """Return the beginning of a file, or its end."""
    with file.open("rb") as stream:
        if last:
            stream.seek(max(0, file.stat().st_size - READ_BYTES))
        return stream.read(READ_BYTES).decode("utf-8", errors="replace")


def _wait(process: subprocess.Popen[bytes], is_over: Until) -> bool:
    """Wait for a process and return whether it had to be killed; it has ended in any case."""
    started = time.monotonic()
    try:
        while True:
            try:
                process.wait(timeout=WAIT)
                return False
            except subprocess.TimeoutExpired:
                if is_over(time.monotonic() - started):
                    return True
    finally:
        process.kill()
        process.wait()


def _memory_taken(process: subprocess.Popen[bytes]) -> int:
    """Return the bytes a process has taken on Windows; 0 elsewhere, where it has a limit itself."""
    if sys.platform != "win32":
        return 0
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of psapi.h."""

        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("WorkingSetSize", ctypes.c_size_t),
            ("QuotaPeakPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPeakNonPagedPoolUsage", ctypes.c_size_t),
            ("QuotaNonPagedPoolUsage", ctypes.c_size_t),
            ("PagefileUsage", ctypes.c_size_t),
            ("PeakPagefileUsage", ctypes.c_size_t),
        )

    counters = Counters()
    counters.cb = ctypes.sizeof(counters)
    handle = wintypes.HANDLE(int(process._handle))
    ctypes.windll.kernel32.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.cb)
    return int(counters.PeakPagefileUsage)
