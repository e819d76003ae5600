"""The reference of the conformance kit: each check with the rule it holds."""

from engine.plugin_checks.checks import CHECKS
from making.page import code, opening, table

ABOUT = (
    "A plugin's tests inherit one class and name the province; see "
    "[a new province](../new-province.md).\nEach check below is a test of that class. A check may "
    "be left out only with a written reason in\nthe policy file, which `clb province show` prints."
)
HEADINGS = {
    "manifest": "The distribution",
    "policy": "The policy file",
    "files": "Other files",
    "hooks": "The hooks",
    "clubs": "Clubs led through their steps",
    "reports": "Reports",
}


def checks() -> dict[str, list[tuple[str, str]]]:
    """Return the name and the rule of each check of the kit, by what it is made on."""
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in HEADINGS}
    for one in CHECKS:
        if one.in_kit:
            found[one.on].append((f"test_{one.name}", one.rule))
    return found


def page() -> str:
    """Return the page."""
    parts = [opening("The conformance kit", ABOUT)]
    for on, rows in checks().items():
        shown = [(code(name), rule) for name, rule in rows]
        parts.append(f"## {HEADINGS[on]}\n\n{table(('check', 'holds that'), shown)}\n")
    return "".join(parts).rstrip() + "\n"
