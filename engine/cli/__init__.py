"""The command line ``clb``, one module a command group.

Command modules load only when their command is called.
"""

import sys
from collections.abc import Sequence

from engine import i18n


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. The entry point of ``clb``."""
    args = list(sys.argv[1:] if arguments is None else arguments)
    _write_utf8()
    from engine.cli.settings import Settings, take_global

    settings, rest, complaint = take_global(args)
    i18n.use(settings.lang)
    from engine.cli.main import execute

    return execute(rest, settings if complaint is None else Settings(json=settings.json), complaint)


def _write_utf8() -> None:
    """Write UTF-8: Windows consoles and pipes have code pages that cannot hold Vietnamese."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def main() -> None:
    """Run the command line of this process."""
    sys.exit(run())
