"""A process apart that ends this one where nothing of Python runs in it any more.

A loop inside C that keeps Python's lock lets neither a signal's handler nor another thread run, so
this process can end itself but say nothing. The process apart, one for all calls, gets each call's
sentence before it begins. What it waits for is the dump of ``faulthandler``, whose thread needs
nothing of Python: it then writes the call's sentence with the file and line of the dump, and ends
us.

The file is also that process's program, so it uses nothing but the standard library.
"""

import faulthandler
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

BROKEN = 5
"""The exit code of a process that had to be ended; as a number of a signal it is SIGTRAP."""
PLACE = "\ufffc"
"""The placeholder of the file and line in a call's sentence."""
_DUMP_SECONDS = 0.3
"""How long the dump of all threads may take; it has no end that could be seen."""
SHARED_SECONDS = 60
"""How much later many calls are ended that share one dump."""
_LINE = re.compile(r'  File "(.+)", line (\d+) in ')


class Ender:
    """The process apart, started with the first call. Ends this one on every system.

    Where it cannot be started, ``faulthandler`` ends this process: with exit code 1 and its dump.
    """

    def __init__(self) -> None:
        self._pipe: IO[bytes] | None = None
        self._owner = 0
        self._known = "", ""
        """The call that the process apart was given last: the same one is not written again."""
        self._sharing = False
        self._until = 0.0
        """When the shared dump comes."""

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Let the calls of the block have one dump together: each makes and ends a thread of C.

        A call that does not come back is then ended up to ``SHARED_SECONDS`` later, so it is for
        many calls that keep nobody from writing.
        """
        self._sharing = True
        try:
            yield
        finally:
            self._sharing, self._until = False, 0.0
            self.stop()

    def watch(self, seconds: float, inside: str, sentence: str) -> None:
        """End this process after ``seconds`` unless ``stop`` is called.

        ``sentence`` is written to standard error before; ``PLACE`` in it becomes the place of the
        package ``inside`` (``/name/``).
        """
        self._start()
        if self._sharing:
            seconds += SHARED_SECONDS
        with suppress(ValueError, OSError, RuntimeError):
            if self._pipe is not None:
                if (inside, sentence) != self._known:
                    self._pipe.write(json.dumps([inside, sentence]).encode("ascii") + b"\n")
                    self._known = inside, sentence
                if self._until - time.monotonic() > seconds - SHARED_SECONDS:
                    return  # the shared one comes late enough
                faulthandler.dump_traceback_later(seconds, file=self._pipe)
                self._until = time.monotonic() + seconds if self._sharing else 0.0
            elif sys.__stderr__ is not None:  # it may be closed, or no file
                faulthandler.dump_traceback_later(seconds, exit=True, file=sys.__stderr__)

    def stop(self) -> None:
        """Watch no more."""
        if self._until:
            return
        faulthandler.cancel_dump_traceback_later()

    def _start(self) -> None:
        if self._owner == os.getpid():
            return
        self._owner = os.getpid()  # a process that was forked has none of its own
        self._pipe, self._known, self._until = None, ("", ""), 0.0
        if not sys.executable:  # Python inside another program
            return
        with suppress(OSError, ValueError):
            # In a group of its own: the interrupt key is for us.
            apart = subprocess.Popen(  # noqa: S603  (our own interpreter, our own file)
                [sys.executable, "-I", "-S", __file__, str(os.getpid())],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                bufsize=0,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
            apart.returncode = 0  # it ends with us; nobody waits for it
            _end_at_its_signal()
            self._pipe = apart.stdin


def _end_at_its_signal() -> None:
    """Let the signal end this process with its own number, without Python: C's own ``_exit``."""
    if sys.platform == "win32":
        return  # os.kill ends a process with that exit code
    import ctypes

    library = ctypes.CDLL(None)
    library.signal.argtypes = [ctypes.c_int, ctypes.c_void_p]
    library.signal(BROKEN, ctypes.cast(library._exit, ctypes.c_void_p))


def _wait_and_end(owner: int) -> None:
    """Read what the owner writes until it has ended; a dump is its call for the end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    call, dump = ["", ""], bytearray()
    for line in iter(sys.stdin.buffer.readline, b""):
        if dump:
            dump += line
        elif line.startswith(b"["):
            call = json.loads(line)
        elif line.startswith(b"Timeout ("):
            dump += line
            threading.Timer(_DUMP_SECONDS, _end, (owner, *call, dump)).start()


def _end(owner: int, inside: str, sentence: str, dump: bytearray) -> None:
    place = inside.strip("/")
    for file, line in _LINE.findall(dump.decode("utf-8", errors="replace")):
        _before, found, rest = file.replace("\\", "/").rpartition(inside)
        if found:
            place = f"{found[1:]}{rest}:{line}"
            break
    with suppress(OSError):
        os.write(2, f"{sentence.replace(PLACE, place)}\n".encode())
    with suppress(OSError):
        os.kill(owner, BROKEN)
        time.sleep(1)
        os.kill(owner, getattr(signal, "SIGKILL", BROKEN))


if __name__ == "__main__":
    _wait_and_end(int(sys.argv[1]))
