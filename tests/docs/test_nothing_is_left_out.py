"""All that a person or a program may use is documented, by the code itself, not by its makers."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from support.doc_blocks import DOCS, ROOT, Block, blocks, pages
from support.sources import ENGINE, engine_units

import engine
import schemas
from engine import codes
from engine.policy import vocabulary
from engine.policy.check import check_policy
from engine.provinces.hookspecs import ANSWERS
from engine.rules import forms
from engine.states import STEPS
from engine.testing import ProvinceConformance

VIETNAMESE = {"commands": "lenh", "forms": "bieu-mau", "papers": "giay-to", "codes": "ma"}


def reference(name: str) -> str:
    return (DOCS / "reference" / f"{name}.md").read_text(encoding="utf-8")


def both(name: str) -> list[str]:
    """Return a reference in English and in Vietnamese."""
    vietnamese = DOCS / "tra-cuu" / f"{VIETNAMESE[name]}.md"
    return [reference(name), vietnamese.read_text(encoding="utf-8")]


def sections(text: str) -> dict[str, str]:
    """Return a page's sections by what is marked as code in their headings."""
    parts = re.split(r"^#{2,3} `([^`]+)`.*$", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from commands(inner, f"{path} {name}")


@cache
def every_command() -> dict[str, click.Command]:
    """Return the command tree; read late, for the first import settles the help texts' language."""
    from engine.cli.main import clb

    return dict(commands(clb, "clb"))


def test_every_command_and_option_is_reported_in_both_languages() -> None:
    assert len(every_command()) > 40
    for text in both("commands"):
        listed = sections(text)
        assert set(every_command()) - {"clb"} == set(listed)
        for path, command in every_command().items():
            for param in command.params:
                if path != "clb" and isinstance(param, click.Option):
                    start = re.compile(rf"\| `{re.escape(param.opts[0])}[ `,]")
                    row = [line for line in listed[path].splitlines() if start.match(line)]
                    assert len(row) == 1, f"{path} {param.opts[0]}"
                    cells = re.split(r"(?<!\\)\|", row[0])
                    if param.help:
                        assert cells[2].strip(), row[0]


@pytest.mark.parametrize("name", ["commands", "forms", "codes"])
def test_both_languages_list_the_same_and_each_says_it_in_its_own(name: str) -> None:
    english, vietnamese = map(rows, both(name))
    for one, other in zip(english, vietnamese, strict=True):
        assert one[0].split()[0] == other[0].split()[0]
        assert one[1] != other[1] or not one[1], one


def rows(page: str) -> list[list[str]]:
    """Return the rows of a page's tables, heads left out, each cell without its blanks."""
    found = re.findall(r"^\| (?=`|\d).*\|$", page, flags=re.M)
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in found]


def test_every_setting_of_the_environment_is_reported() -> None:
    wanted = {
        node.value
        for path in (ROOT / "engine").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"CLB_[A-Z_]+", node.value)
    }
    for text in both("commands"):
        assert {name for name in wanted if f"`{name}`" not in text} == set()


@pytest.mark.parametrize("hook", ANSWERS)
def test_every_hook_is_reported_with_its_request_and_answer(hook: str) -> None:
    listed = sections(reference("hooks"))[f"{hook}(request)"]
    assert "- Request: [" in listed
    assert "- Answer: " in listed
    answer = ANSWERS[hook]
    if answer is not None:
        assert f"[{answer.__name__}](#{answer.__name__.lower()})" in listed


@pytest.mark.parametrize("name", [name for name in engine.__all__ if not name.startswith("_")])
def test_every_name_a_plugin_may_import_is_reported(name: str) -> None:
    listed = sections(reference("hooks"))[name]
    for field in getattr(getattr(engine, name), "__dataclass_fields__", ()):
        assert f"| `{field}` |" in listed, field


@cache
def chapters() -> dict[str, str]:
    """Return what the pages of policy keys have on each group."""
    whole = "\n".join(path.read_text(encoding="utf-8") for path in KEYS)
    parts = re.split(r"^## (.+)$", whole, flags=re.M)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert len(found) == len(parts[1::2]), "a group is on two pages"
    return found


KEYS = sorted((DOCS / "reference" / "policy").glob("*.md"))


@pytest.mark.parametrize("key", sorted(vocabulary.keys()))
def test_every_policy_key_is_reported_with_its_value_and_an_example(key: str) -> None:
    group, _dot, name = key.partition(".")
    assert re.search(rf"^\| .*\[`{group}`\]\(.*`{name}`", reference("policy-keys"), flags=re.M)
    row, *parts = re.split(r"^\*\*(?=`|Each of them)", chapters()[group], flags=re.M)
    assert f"| `{key}` | " in row
    (alike,) = (one for one in parts if f"`{key}`" in one.splitlines()[0] or one[0] == "E")
    like = re.search(r"^Fields: those of \[`(.+)`\]", alike, flags=re.M)
    assert re.search(r"^(?:\| )?`value", chapters()[like[1]] if like else alike, flags=re.M)
    assert re.search(rf"^\[\[{group}\.", alike, flags=re.M)


def test_no_table_of_a_policy_is_there_twice() -> None:
    """A reader looks a shape up once; where a key has the same fields, it leads there."""
    whole = "\n".join([reference("policy-keys"), *chapters().values()])
    tables = re.findall(r"(?:^\|.*\n)+", whole, flags=re.M)
    assert [one for one in set(tables) if tables.count(one) > 1] == []


def test_no_page_of_policy_keys_is_too_long_to_read() -> None:
    assert max(len(path.read_text(encoding="utf-8").splitlines()) for path in KEYS) <= 400


MADE_UP = [
    block
    for path in KEYS
    for block in blocks(path)
    if block.language == "toml" and 'source = "KH1' in block.text
]
POLICY = """
[province]
id = "vi_du"
name = "Ví dụ"
prefix = "VD"

[[document]]
id = "KH1"
number = "1/KH-UBND"
short = "KH 1/KH-UBND"
title = "Kế hoạch"
issuer = "UBND tỉnh"
issued = 2024-01-01
from = 2024-01-01
to = 2028-12-31

[[membership.young_share]]
value = { max = 30 }
source = "KH1, II.1"
"""


@pytest.mark.parametrize("block", MADE_UP, ids=lambda block: block.text.partition("\n")[0])
def test_an_example_no_province_writes_is_one_the_program_takes(block: Block) -> None:
    problems = check_policy(f"{POLICY}\n{block.text}".encode(), origin="example")
    assert [str(one) for one in problems] == []


def test_every_group_that_takes_names_of_ones_own_is_reported() -> None:
    properties = schemas.load("policy")["properties"]
    groups = [name for name in vocabulary.groups() if "patternProperties" in properties[name]]
    assert [
        name for name in groups if not re.search(r"`\w+\.(?:STEP\.)?(?:own_)?…`", chapters()[name])
    ] == []


def test_every_code_is_reported() -> None:
    for text in both("codes"):
        assert [code for code in codes.catalogue() if f"| `{code}` |" not in text] == []


@pytest.mark.parametrize("step", sorted({step.name for step in STEPS}))
def test_every_field_of_every_form_is_reported(step: str) -> None:
    for text in both("forms"):
        listed = sections(text)[step]
        for field in forms.fields(step):
            mark = " *" if field.required else ""
            assert f"| `{field.path}`{mark} |" in listed, field.path


@pytest.mark.parametrize(
    "name", sorted(path.name.partition(".")[0] for path in (ROOT / "schemas/cli").glob("*.json"))
)
def test_every_json_answer_is_reported(name: str) -> None:
    listed = sections(reference("json"))[name]
    schema = schemas.load(f"cli/{name}")
    for field in schema.get("properties", {}):
        assert f"| `{field}" in listed, field


def test_every_check_of_the_kit_is_reported_with_its_rule() -> None:
    text = reference("kit")
    for name in dir(ProvinceConformance):
        if name.startswith("test_"):
            assert re.search(rf"\| `{name}` \| \S.* \|", text), name


def test_every_command_a_page_shows_is_one() -> None:
    """Commands in running text and in examples that are not run exist, with their options."""
    wrong = []
    for page in pages():
        shown = re.findall(r"`(clb [a-z][^`\n]*)`", page.read_text(encoding="utf-8"))
        for block in blocks(page):
            if block.language in ("sh", "bat"):
                shown += re.findall(r"^(?:> )?(clb [a-z].*)$", block.text, flags=re.M)
        wrong += [f"{page.name}: {one}" for one in shown if not known(one.split())]
    assert wrong == []


def known(words: list[str]) -> bool:
    """Return whether a command is one, down to its last part, with options it has."""
    path, rest = "clb", [word for word in words[1:] if not word.startswith("--")]
    for word in rest:
        if not isinstance(every_command()[path], click.Group):
            break
        path = f"{path} {word}"
        if path not in every_command():
            return False
    offered = {opt for param in every_command()[path].params for opt in param.opts}
    everywhere = {"--json", "--as", "--database", "--lang", "--help", "-h"}
    return {word for word in words if word.startswith("--") and len(word) > 2} <= (
        offered | everywhere
    )


def test_every_code_a_page_speaks_of_is_one() -> None:
    for page in pages():
        named = set(re.findall(r"\bCLB(?:-[A-Z0-9]+)+\b", page.read_text(encoding="utf-8")))
        assert named <= set(codes.catalogue()), page.name


def test_the_messages_listed_for_officers_are_those_the_program_says() -> None:
    page = (DOCS / "can-bo" / "11-thong-bao.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([^`]+)` \|", page, flags=re.M)
    assert len(listed) >= 8
    catalogue = (ENGINE / "locale/vi/LC_MESSAGES/clb.po").read_text(encoding="utf-8")
    sentences = [one for one in listed if not one.startswith("CLB-")]
    assert sentences
    for one in sentences:
        assert f'msgstr "{one.removesuffix(" …")}' in catalogue, one


def test_the_fields_listed_for_officers_are_fields_of_forms() -> None:
    known_fields = {field.path for step in STEPS for field in forms.fields(step.name)}
    listed = set()
    for page in (DOCS / "can-bo").glob("[0-9]*.md"):
        for part in re.split(r"^\| ô \|.*$", page.read_text(encoding="utf-8"), flags=re.M)[1:]:
            rows = part.partition("\n\n")[0]
            firsts = re.findall(r"^\| (`[^|]*`) \|", rows, flags=re.M)
            listed |= {name for first in firsts for name in re.findall(r"`([^`]+)`", first)}
    assert len(listed) >= 20
    assert listed - known_fields == set()


def test_every_part_of_the_engine_has_its_place_in_the_house() -> None:
    house = blocks(DOCS / "architecture.md")[0].text
    listed = set(re.findall(r"[a-z0-9_]+", house))
    assert sorted(engine_units() - listed - {"__main__"}) == []


def test_pages_are_of_a_readable_length() -> None:
    for page in pages():
        if page.parent.name not in ("reference", "tra-cuu") and page.name != "facts.md":
            assert len(page.read_text(encoding="utf-8").splitlines()) <= 500, Path(page).name
