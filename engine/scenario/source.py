"""Finding a province's ``demo.toml`` beside its policy, without importing the plugin."""

from engine import codes
from engine.errors import PluginError
from engine.i18n import _
from engine.package_data import read_beside
from engine.provinces.discover import Plugin

DEMO_FILE = "demo.toml"


def read_demo_bytes(plugin: Plugin) -> bytes | None:
    """Return the story's bytes, ``None`` when the plugin has none. Raises ``PluginError``.

    The plugin's policy has been read before, so its package is known to be there.
    """
    try:
        return read_beside(plugin.package, DEMO_FILE)
    except OSError as error:
        raise PluginError(
            _("{plugin}: the story {file} cannot be read: {reason}.").format(
                plugin=plugin, file=DEMO_FILE, reason=str(error)
            ),
            code=codes.DEMO_FILE,
            help=_("Install it again: pip install --force-reinstall {name}.").format(
                name=plugin.name
            ),
        ) from error
