"""Whether the demo's story beside a policy can be played: its form, not its outcome."""

from collections.abc import Iterator
from pathlib import Path

from engine import codes
from engine.errors import PluginError
from engine.plugin_checks.model import Candidate, Mistake
from engine.scenario.demo_file import DEMO_FILE, read_demo


def story_mistakes(package: Path, candidate: Candidate) -> Iterator[Mistake]:
    """Yield what is wrong with ``demo.toml``, if the plugin has one."""
    path = package / DEMO_FILE
    if not path.is_file():
        return
    try:
        read_demo(path.read_bytes(), plugin=str(candidate))
    except PluginError as error:
        yield Mistake(error.code, DEMO_FILE, "", error.message)
    except OSError as error:
        yield Mistake(codes.DEMO_FILE, DEMO_FILE, "", str(error))
