"""Broken plugins: a sound one and, for each file of ``tests/broken_plugins``, one mistake in it."""

import re
import string
import textwrap
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from support.plugins import write_plugin

FOLDER = Path(__file__).parents[1] / "broken_plugins"
BASE = FOLDER / "base"
VERSION = "1.2.3"


@dataclass(frozen=True)
class Broken:
    """A plugin with one mistake.

    ``shown_by`` is where it shows: when the engine loads the policy (``load``) or the code
    (``hooks``), takes a step (``check``), only asks (``asking``), builds a report (``report``),
    sends it to the listener (``listener``); ``kit`` where only the kit sees it, ``hangs`` where a
    running engine would wait for ever. ``says`` are words of the engine's sentence,
    ``checked`` the code that ``clb province check`` reports, ``caught_by`` checks of the kit that
    fail.
    """

    name: str
    table: dict[str, Any]

    @property
    def province(self) -> str:
        return f"thu_{self.name}"

    @property
    def package(self) -> str:
        return f"clb_{self.province}"

    @property
    def shown_by(self) -> str:
        return str(self.table["shown_by"])

    @property
    def says(self) -> list[str]:
        return list(self.table.get("says", ()))

    @property
    def checked(self) -> str | None:
        return self.table.get("checked")

    @property
    def caught_by(self) -> set[str]:
        return set(self.table["caught_by"])

    @property
    def stamp(self) -> str:
        """How the engine's and the kit's sentences name the plugin."""
        return f"clb-{self.province.replace('_', '-')} {self.table.get('version', VERSION)}"

    def write(self, site: Path, prefix: str) -> None:
        """Write the plugin into a folder as pip would have installed it."""
        policy = self._policy().replace("{province}", self.province).replace("{prefix}", prefix)
        entry = self.table.get("entry")
        write_plugin(
            site,
            self.province,
            init=self._code(),
            policy="" if self.table.get("no_policy") else policy,
            entry=entry.format(package=self.package) if entry else None,
            version=self.table.get("version", VERSION),
        )
        for file, text in self.table.get("files", {}).items():
            path = site / self.package / file
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for file, text in self.table.get("latin_1", {}).items():
            (site / self.package / file).write_bytes(text.encode("latin-1"))
        if self.table.get("twice"):
            again = f"clb-{self.province.replace('_', '-')}-again"
            write_plugin(site, self.province, package=f"{self.package}_again", name=again)

    def _policy(self) -> str:
        text = (BASE / "policy.toml").read_text(encoding="utf-8")
        text = _changed(text, self.table.get("policy", ())) + self.table.get("policy_add", "")
        return unicodedata.normalize("NFD", text) if self.table.get("nfd") else text

    def _code(self) -> str:
        text = (BASE / "__init__.py").read_text(encoding="utf-8")
        text = _changed(text, self.table.get("code", ()))
        if "top" in self.table:
            text = text.replace("\n\n\n@hookimpl", f"\n\n{self.table['top']}\n\n@hookimpl", 1)
        for hook, body in self.table.get("inside", {}).items():
            opening = re.compile(rf'(def {hook}\(.*\n    """.*"""\n)')
            assert opening.search(text), hook
            inner = textwrap.indent(body, "    ")
            text = opening.sub(lambda found, inner=inner: found[1] + inner, text)
        return text


def _changed(text: str, changes: list[dict[str, str]]) -> str:
    for change in changes:
        assert text.count(change["old"]) == 1, change
        text = text.replace(change["old"], change["new"])
    return text


SOUND = Broken("lanh", {"shown_by": "", "caught_by": ()})
"""The base itself, with no mistake."""


@cache
def broken() -> tuple[Broken, ...]:
    """Return every broken plugin."""
    return tuple(
        Broken(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
        for path in sorted(FOLDER.glob("*.toml"))
    )


def prefixes() -> Iterator[str]:
    """Yield prefixes of club ids, each another one."""
    for first in string.ascii_uppercase:
        for second in string.ascii_uppercase:
            yield f"X{first}{second}"


def write_all(site: Path) -> None:
    """Write the sound plugin and every broken one into a folder."""
    for one, prefix in zip((SOUND, *broken()), prefixes(), strict=False):
        one.write(site, prefix)
