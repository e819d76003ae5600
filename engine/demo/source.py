"""Finding a province's ``demo.toml`` beside its policy, without importing the plugin."""

import errno
import importlib.util
from pathlib import Path

from engine.errors import PluginError
from engine.i18n import _
from engine.provinces import Plugin

DEMO_FILE = "demo.toml"
# A zip archive tells a missing file without an error number.
_MISSING = (None, 0, errno.ENOENT)


def read_demo_bytes(plugin: Plugin) -> bytes | None:
    """Return the story's bytes, ``None`` when the plugin has none. Raises ``PluginError``.

    The plugin's policy has been read before, so its package is known to be there.
    """
    spec = importlib.util.find_spec(plugin.package)
    if spec is None or spec.origin is None or spec.loader is None:
        return None
    path = str(Path(spec.origin).parent / DEMO_FILE)
    try:
        data: bytes = spec.loader.get_data(path)  # type: ignore[attr-defined]
    except OSError as error:
        if error.errno in _MISSING:
            return None
        raise PluginError(
            _("{plugin}: the story {file} cannot be read: {reason}.").format(
                plugin=plugin, file=DEMO_FILE, reason=str(error)
            ),
            code="CLB-DEMO-FILE",
            help=_("Install it again: pip install --force-reinstall {name}.").format(
                name=plugin.name
            ),
        ) from error
    return data
