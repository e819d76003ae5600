"""A plugin by its policy alone, as if its code were not there."""

from typing import Any

from engine.policy.model import Policy
from engine.provinces.discover import Plugin
from engine.provinces.load import Loaded, Provinces


class DataOnly(Provinces):
    """One plugin by its policy alone: no hook of it is loaded or asked."""

    def __init__(self, plugin: Plugin, policy: Policy) -> None:
        super().__init__(())
        self._found = {plugin.province: [plugin]}
        self._loaded = {plugin.province: Loaded(plugin, policy)}

    def hooks(self, province: str) -> tuple[str, ...]:
        """Return no hook."""
        del province
        return ()

    def _call(self, province: str, hook: str, request: object) -> list[Any]:
        del province, hook, request
        return []
