"""No form carries a member's data into the log: each text field says whether it is personal."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from support.core import Core, board_of
from support.step_forms import form

import schemas
from engine.frozen import FrozenMap
from engine.lifecycle.prepare import PersonalDataError, Prepared
from engine.reports import clubs
from engine.rules import forms
from engine.states import STEPS
from engine.states.stage import Step

NAMES = tuple(step.name for step in STEPS)


def texts(schema: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the fields that hold whatever is typed: texts, lists of texts and open objects."""
    for name, inner in schema["properties"].items():
        one = inner.get("items", inner)
        if one["type"] == "object" and "properties" in one:
            yield from texts(one, f"{prefix}{name}.")
        elif one["type"] in ("string", "object") and "enum" not in one and "format" not in one:
            yield f"{prefix}{name}", inner


def unmarked(schema: Mapping[str, Any]) -> list[str]:
    return [path for path, field in texts(schema) if not isinstance(field.get("x-personal"), bool)]


@pytest.mark.parametrize("step", NAMES)
def test_every_text_field_says_whether_it_is_personal(step: str) -> None:
    assert unmarked(schemas.load(f"forms/{step}")) == []


@pytest.mark.parametrize("field", [{"type": "string"}, {"type": "string", "pattern": "^[0-9]+$"}])
def test_a_field_that_does_not_say_it_is_found(field: dict[str, Any]) -> None:
    schema = deepcopy(dict(schemas.load("forms/approve")))
    schema["properties"]["decision"]["properties"]["signer_phone"] = field
    assert unmarked(schema) == ["decision.signer_phone"]


def test_the_fields_that_name_members_are_those_of_boards_and_of_erasing() -> None:
    posts = ("chair", "vice", "secretary", "treasurer")
    assert {step: forms.personal(step) for step in NAMES if forms.personal(step)} == {
        "set_board": (*posts, "members"),
        "change_board": posts,
        "erase": ("member",),
        "lend": ("member",),
        "meeting": ("present",),
        "care": ("pairs",),
    }


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_step_whose_preparer_names_members_is_never_corrected(step: Step) -> None:
    """Where there is no preparer the fields are filled with ids, those of a correction too."""
    assert not forms.personal(step.name) or step.prepare is None or not step.corrected


@pytest.mark.parametrize(
    ("step", "path", "typed"),
    [("meeting", "present", "{chair}"), ("care", "pairs", "{chair} – {vice}")],
)
def test_names_typed_or_corrected_are_in_the_log_only_as_ids(
    core: Core, step: str, path: str, typed: str
) -> None:
    club, names = core.bring("operating"), board_of(core.people)
    text = typed.format(**names)
    core.take(club, step, date(2022, 5, 2), {path: [text]})
    seq = clubs.history(core.store, core.club(club))[-1].seq
    core.take(club, "correct", date(2022, 5, 2), {"seq": seq, "changes": {path: [text]}})
    bodies = core.store.rows("SELECT body FROM event WHERE stream = ?", (f"club:{club}",))
    assert [name for name in names.values() if name in str(bodies)] == []
    (event, fixed) = clubs.history(core.store, core.club(club))[-2:]
    assert event.form[path] == fixed.form["changes"][path]


@pytest.mark.parametrize("step", ["set_board", "change_board"])
def test_what_is_typed_for_a_board_is_in_the_log_only_as_ids(core: Core, step: str) -> None:
    club = core.bring("proposed" if step == "set_board" else "operating")
    names = board_of(core.people)
    core.take(club, step, date(2022, 5, 2), dict(names))
    bodies = core.store.rows("SELECT body FROM event WHERE step = ?", (step,))
    assert bodies
    assert [name for name in names.values() if name in str(bodies)] == []


def test_a_preparer_that_leaves_a_name_in_the_form_is_stopped_and_nothing_is_written(
    core: Core,
) -> None:
    def careless(store: Any, club: Any, form: FrozenMap, on: date) -> Prepared:
        del store, club, on
        return Prepared(form)

    club = core.bring("proposed")
    before = core.club(club)
    with pytest.raises(PersonalDataError, match="set_board: personal data in chair, vice") as error:
        core.take(club, "set_board", date(2021, 9, 1), prepare=careless)
    assert form("set_board", None)["chair"] not in str(error.value)
    assert core.club(club) == before
