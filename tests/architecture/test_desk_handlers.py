"""Handlers of the desk's screens: Textual calls those of a base class too."""

import importlib
import inspect
import pkgutil

import engine.desk


def test_no_screen_has_a_handler_that_its_base_has_too() -> None:
    """Both would run: a button that both answer closes two screens."""
    twice = set()
    for found in pkgutil.walk_packages(engine.desk.__path__, "engine.desk."):
        for _name, one in inspect.getmembers(importlib.import_module(found.name), inspect.isclass):
            ours = [base for base in one.__mro__ if base.__module__.startswith("engine.desk")]
            twice |= {
                f"{one.__name__}.{handler}"
                for base in ours[1:]
                for handler in base.__dict__.keys() & one.__dict__.keys()
                if handler.startswith("on_") and ours[0] is one
            }
    assert twice == set()
