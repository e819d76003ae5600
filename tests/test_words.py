"""Every closed code that an officer types has Vietnamese words, with their marks or without."""

from collections.abc import Iterator

import click
import pytest
from support.sources import ROOT

from engine import words
from engine.cli.main import COMMANDS, clb
from engine.cli.typed import Choice, step_named
from engine.documents.papers import paper, papers
from engine.errors import InputError
from engine.i18n import vietnamese
from engine.labels import STEPS
from engine.rules import forms
from engine.rules.forms import Field
from engine.vietnamese.text import bare

FORMATS = {"jsonl", "csv", "xes", "xlsx", "docx", "html", "json", "table", "mermaid", "svg", "bpmn"}
FORMATS |= {"utf-8", "utf-16", "tcvn3", "vni", "cp1252", "text"}
"""Names of file formats and encodings: they are called so in every language."""


def fields() -> Iterator[tuple[str, Field]]:
    """Yield every field of every form that holds one of a closed list of codes."""
    for path in sorted((ROOT / "schemas" / "forms").glob("*.schema.json")):
        step = path.name.partition(".")[0]
        for one in forms.fields(step):
            if one.choices or one.item_choices:
                yield step, one


def commands(group: click.Group, path: str = "clb") -> Iterator[tuple[str, click.Command]]:
    """Yield every command of the tree."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


CHOICES = [
    pytest.param(param.type, id=f"{path} {param.opts[0]}")
    for path, command in commands(clb)
    for param in command.params
    if isinstance(param.type, click.Choice) and not set(param.type.choices) <= FORMATS
]


def typed(word: str) -> set[str]:
    """Return the ways in which people type a word."""
    return {word, word.upper(), f" {word} ", bare(word), bare(word).upper()}


def test_there_are_commands_and_choices_to_try() -> None:
    assert len(COMMANDS) > 15
    assert len(CHOICES) > 5


@pytest.mark.parametrize(
    ("step", "one"), list(fields()), ids=lambda value: getattr(value, "path", value)
)
def test_every_choice_of_a_form_is_read_from_its_label(step: str, one: Field) -> None:
    for code, (label, *_more) in words.of(one.choices or one.item_choices).items():
        for text in typed(label):
            data: dict[str, object] = {}
            forms.assign(step, data, [(one.path, text)])
            found = forms.reach(data, one.path)
            assert found == ([code] if one.item_choices else code)
    for code in one.choices:
        assert forms.read_value(one, code) == code


@pytest.mark.parametrize("choice", CHOICES)
def test_every_choice_of_a_command_is_read_from_its_label(choice: click.Choice[str]) -> None:
    assert isinstance(choice, Choice)
    known = words.of(choice.choices)
    assert all(known.values()), known
    for code, own in known.items():
        for text in {*typed(own[0]), code}:
            assert choice.convert(text, None, None) == code


def test_a_choice_that_is_none_of_them_is_refused_with_those_there_are() -> None:
    with pytest.raises(click.UsageError, match="ngân sách"):
        Choice(["province_budget", "donor"]).convert("ngân sách nhà nước", None, None)


@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_read_from_its_name(step: str) -> None:
    for text in {*typed(vietnamese(STEPS[step])), step}:
        assert step_named(text) == step


@pytest.mark.parametrize("name", words.VOCABULARIES)
def test_no_word_of_a_vocabulary_means_two_codes_even_without_marks(name: str) -> None:
    for code, own in words.vocabulary(name).items():
        for word in own:
            for text in typed(word):
                assert words.read(words.vocabulary(name), text) == code


@pytest.mark.parametrize("kind", [one.id for one in papers()])
def test_every_paper_is_read_from_its_title(kind: str) -> None:
    title = next(one.title for one in papers() if one.id == kind)
    for text in {*typed(title), kind}:
        assert paper(text).id == kind


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("trình", "propose"),
        ("trình UBND xã", "propose"),
        ("duyệt", "approve"),
        ("tap huan", "train"),
        ("ra mắt", "launch"),
        ("giam sat", "supervise"),
    ],
)
def test_a_step_has_the_words_that_officers_say(text: str, code: str) -> None:
    assert step_named(text) == code


def test_a_word_that_is_only_a_part_of_a_steps_name_is_asked_about() -> None:
    with pytest.raises(InputError) as refused:
        step_named("Ban Chủ nhiệm")
    assert "change_board" in refused.value.help
