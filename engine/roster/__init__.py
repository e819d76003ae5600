"""Member lists (danh sách thành viên): reading them as communes write them, and writing them.

The libraries for workbooks are loaded when a workbook is read or written, not before.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.roster.headings import meaning
    from engine.roster.model import Column, Duplicate, Entry, Reading, Rejection
    from engine.roster.reader import read
    from engine.roster.writer import write_list, write_template

__all__ = [
    "Column",
    "Duplicate",
    "Entry",
    "Reading",
    "Rejection",
    "meaning",
    "read",
    "write_list",
    "write_template",
]

_HOMES = {
    "Column": "model",
    "Duplicate": "model",
    "Entry": "model",
    "Reading": "model",
    "Rejection": "model",
    "meaning": "headings",
    "read": "reader",
    "write_list": "writer",
    "write_template": "writer",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{home}"), name)
