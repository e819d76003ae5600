"""Prints the command tree as JSON in the language of ``CLB_LANG``.

Run as a process of its own: help texts are read once, when the commands are imported.
"""

import json
import sys
from typing import Any

import click


def described(command: click.Command, path: str) -> dict[str, Any]:
    """Return one command and those below it."""
    context = click.Context(command, info_name=path)
    found: dict[str, Any] = {
        "path": path,
        "help": (command.help or "").strip(),
        "params": [_param(one, context) for one in command.params],
        "commands": [],
    }
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                found["commands"].append(described(inner, f"{path} {name}"))
    return found


def _param(one: click.Parameter, context: click.Context) -> dict[str, Any]:
    option = isinstance(one, click.Option)
    return {
        "option": option,
        "names": [*one.opts, *one.secondary_opts] if option else [one.make_metavar(context)],
        "metavar": "" if option and one.is_flag else one.make_metavar(context),
        "required": one.required,
        "multiple": bool(getattr(one, "multiple", False)),
        "help": getattr(one, "help", None) or "",
    }


if __name__ == "__main__":
    from engine.cli.main import clb

    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    json.dump(described(clb, "clb"), sys.stdout, ensure_ascii=False)
