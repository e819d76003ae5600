"""The reference of the conformance kit: each check with the rule it holds."""

from itertools import groupby

from engine.testing import ProvinceConformance
from making import sources
from making.page import code, opening, table

ABOUT = (
    "A plugin's tests inherit one class and name the province; see "
    "[a new province](../new-province.md).\nEach check below is a test of that class. A check may "
    "be left out only with a written reason in\nthe policy file, which `clb province show` prints."
)


def checks() -> list[tuple[str, str, str]]:
    """Return each check: the part of the kit it is in, its name, its docstring."""
    found = {}
    for kind in reversed(ProvinceConformance.__mro__):
        for name, value in vars(kind).items():
            if name.startswith("test_"):
                found[name] = (kind.__module__, name, sources.docstring(value))
    return sorted(found.values(), key=lambda one: one[0])


def page() -> str:
    """Return the page."""
    parts = [opening("The conformance kit", ABOUT)]
    for module, group in groupby(checks(), key=lambda one: one[0]):
        rows = [(code(name), said) for _module, name, said in group]
        parts.append(f"## `{module}`\n\n{table(('check', 'holds that'), rows)}\n")
    return "".join(parts).rstrip() + "\n"
