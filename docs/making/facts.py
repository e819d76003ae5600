"""The table from each fact of the provinces' documents to its policy keys and its tests."""

import re
import tomllib

from making.page import ROOT

FACT = re.compile(r"\b(?:(?:HB|BN|HP|HN)-[0-9]{2}|T-(?:HB|BN|HP|HN|ALL)[0-9])\b")
ORDER = ("HB", "BN", "HP", "HN", "T-HB", "T-BN", "T-HP", "T-HN", "T-ALL")
Places = dict[str, list[str]]


def page() -> str:
    """Return the table from each fact of the documents to its policy keys and its tests."""
    keys, tests = policy_keys(), fact_tests()
    rows = [
        f"| {fact} | {_cell(keys.get(fact, []))} | {_cell(tests.get(fact, []))} |"
        for fact in sorted({*keys, *tests}, key=_place)
    ]
    return (
        "# From a province's document to the test\n\n"
        "Made by `python docs/make.py` from the comments of the policy files and from the tests; a "
        "test checks\nthat it is up to date. An id is written in the policy file with the value it "
        "is about; `T-` marks a\nplace where a document contradicts itself or is silent. `-` in "
        "the second column: the document states\nno value, and the test holds that none is made "
        "up.\n\n"
        "| fact | policy key | test |\n|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def policy_keys() -> Places:
    """Return the keys of each fact: those after the comment that names it, or on its own line."""
    found: Places = {}
    for path in sorted(ROOT.glob("plugins/*/clb_*/policy.toml")):
        province, facts, key, in_comment = path.parts[-3], [""], "", False
        for line in path.read_text(encoding="utf-8").splitlines():
            code, mark, comment = line.partition("#")
            named = FACT.findall(comment)
            if mark and not code.strip():
                facts = [*facts, *named] if in_comment else named
                in_comment = True
                continue
            in_comment = False
            if opened := re.fullmatch(r"\[\[(\w+\.\w+)\]\]", code.strip()):
                key = f"{province} `{opened[1]}`"
                _add(found, facts, key)
            _add(found, named, key)
    return found


def fact_tests() -> Places:
    """Return the tests of each fact: the cases that name it, and the tests of the policies."""
    found: Places = {}
    for path in sorted(ROOT.glob("tests/cases/*/*.toml")):
        facts = tomllib.loads(path.read_text(encoding="utf-8")).get("facts", [])
        _add(found, facts, f"`{path.parent.name}/{path.name}`")
    for path in sorted(ROOT.glob("tests/policy/test_facts_*.py")):
        _add(found, FACT.findall(path.read_text(encoding="utf-8")), f"`{path.name}`")
    return found


def _add(places: Places, facts: list[str], place: str) -> None:
    for fact in facts:
        if fact and place and place not in places.setdefault(fact, []):
            places[fact].append(place)


def _cell(places: list[str]) -> str:
    return "<br>".join(places) or "-"


def _place(fact: str) -> tuple[int, str]:
    return ORDER.index(fact.rstrip("0123456789").removesuffix("-")), fact
