"""A schema's errors as sentences, and the vocabulary of keys: every form, with literals."""

from typing import Any

import pytest

from engine import codes
from engine.policy import vocabulary, wording
from engine.policy.lines import Lines
from engine.policy.problem import Problem

pytestmark = pytest.mark.usefixtures("english")

LINES = Lines("[province]\n\n[[membership.size]]\n\n[[membership.size]]\n")
SIZE = ("membership", "size", 1, "value")
KEY = "membership.size[2].value"


def found(
    keyword: str,
    expected: Any,
    value: Any,
    path: tuple[str | int, ...] = SIZE,
    schema: dict[str, Any] | None = None,
) -> list[Problem]:
    return wording.problems(
        keyword, path, expected=expected, found=value, schema=schema or {}, lines=LINES
    )


@pytest.mark.parametrize(
    ("keyword", "expected", "value", "code", "wanted"),
    [
        ("type", "integer", "a", codes.POLICY_TYPE, "a whole number"),
        ("type", "string", 1, codes.POLICY_TYPE, "text in quotation marks"),
        ("type", "boolean", 1, codes.POLICY_TYPE, "true or false"),
        ("type", "array", 1, codes.POLICY_TYPE, "a list"),
        ("type", "object", 1, codes.POLICY_TYPE, "a table"),
        ("type", ["integer", "object"], "a", codes.POLICY_TYPE, "a whole number or a table"),
        (
            "format",
            "date",
            "28/7",
            codes.POLICY_DATE,
            "a date written year-month-day, such as 2021-07-28",
        ),
        ("enum", ["a", 2], 7, codes.POLICY_VALUE, "one of a, 2"),
        ("const", "percent", "clubs", codes.POLICY_VALUE, "percent"),
        ("minimum", 1, 0, codes.POLICY_VALUE, "at least 1"),
        ("maximum", 100, 170, codes.POLICY_VALUE, "at most 100"),
        ("minItems", 1, [], codes.POLICY_VALUE, "a list of at least 1"),
        ("minLength", 1, "", codes.POLICY_VALUE, "text that is not empty"),
        ("minProperties", 1, {}, codes.POLICY_VALUE, "a table with at least 1 value"),
        ("uniqueItems", True, [1, 1], codes.POLICY_VALUE, "a list without repetitions"),
        (None, False, 1, codes.POLICY_VALUE, "absent here"),
    ],
)
def test_what_a_keyword_asks_for_is_in_the_sentence(
    keyword: str, expected: Any, value: Any, code: str, wanted: str
) -> None:
    shown = wording.show(value)
    message = f'{KEY} is "{shown}", but it should be {wanted}.'
    assert found(keyword, expected, value) == [Problem(code, KEY, shown, wanted, message, 5)]


def test_a_pattern_is_shown_by_its_examples() -> None:
    schema = {"examples": ["06-20", "12-31"]}
    assert found("pattern", "^[0-9]", "20/12", schema=schema) == [
        Problem(
            codes.POLICY_VALUE,
            KEY,
            "20/12",
            "text such as 06-20, 12-31",
            f'{KEY} is "20/12", but it should be text such as 06-20, 12-31.',
            5,
        )
    ]


def test_a_word_that_is_nearly_one_of_several_gets_the_suggestion() -> None:
    (near,) = found("enum", ["finance", "personnel"], "personel")
    assert near.message == (
        f'{KEY} is "personel", but it should be one of finance, personnel. Did you mean personnel?'
    )
    (far,) = found("enum", ["finance", "personnel"], "xyz")
    assert far.message == f'{KEY} is "xyz", but it should be one of finance, personnel.'
    (number,) = found("enum", ["1", "12"], 1)
    assert number.message == f'{KEY} is "1", but it should be one of 1, 12.'
    (text,) = found("enum", [12, 13], "12")
    assert text.message.endswith("Did you mean 12?")


def test_a_list_of_dated_values_written_once_asks_for_two_brackets() -> None:
    key = "membership.size"
    assert found("type", "array", {"value": 1}, ("membership", "size")) == [
        Problem(
            codes.POLICY_BRACKETS,
            key,
            f"[{key}]",
            f"[[{key}]]",
            f"{key} is written once only: put two brackets around it, [[{key}]].",
            3,
        )
    ]
    assert [one.code for one in found("type", "array", 1, ("document",))] == [codes.POLICY_TYPE]
    assert [one.code for one in found("type", "object", 1, ("membership", "size"))] == [
        codes.POLICY_TYPE
    ]


def test_each_thing_that_is_lacking_is_a_mistake_of_its_own() -> None:
    path = ("membership", "size", 0)
    assert found("required", ["value", "source", "from"], {"from": 1}, path) == [
        Problem(
            codes.POLICY_MISSING,
            "membership.size[1].value",
            "",
            "value",
            "membership.size[1] lacks value.",
            3,
        ),
        Problem(
            codes.POLICY_SOURCE,
            "membership.size[1]",
            "",
            "source",
            "membership.size[1] has no source: every value names the document and the section.",
            3,
        ),
    ]
    assert found("required", ["document"], {}, ()) == [
        Problem(codes.POLICY_MISSING, "document", "", "document", "The file lacks document.")
    ]


def unknown(key: str, name: str, suggestion: str, line: int | None) -> Problem:
    message = f"{key} is not a key of a policy file. {suggestion}"
    return Problem(codes.POLICY_KEY, key, name, "a known key", message, line)


@pytest.mark.parametrize("keyword", ["additionalProperties", "unevaluatedProperties"])
def test_each_field_nobody_knows_is_a_mistake_with_the_nearest_or_all_known(keyword: str) -> None:
    schema = {"properties": {"min": {}, "max": {}}, "patternProperties": {"^own_": {}}}
    value = {"min": 1, "own_x": 2, "mim": 3, "zzz": 4}
    assert found(keyword, False, value, SIZE, schema) == [
        unknown(f"{KEY}.mim", "mim", "Did you mean min?", 5),
        unknown(f"{KEY}.zzz", "zzz", "Known here: max, min, own_….", 5),
    ]
    assert found(keyword, False, {"x": 1}, ("province",)) == [
        unknown("province.x", "x", "Known here: .", 1)
    ]


def test_a_dated_value_may_have_the_fields_every_one_has_and_its_own() -> None:
    schema = {"properties": {"once_a_club": {}}, "unevaluatedProperties": False}
    value = {"value": 1, "source": "QD1", "once_a_club": True, "once_per_club": True}
    assert found("unevaluatedProperties", False, value, ("membership", "size", 0), schema) == [
        unknown("membership.size[1].once_per_club", "once_per_club", "Did you mean once_a_club?", 3)
    ]


def test_a_key_nobody_knows_in_a_group_gets_the_nearest_key_of_all() -> None:
    schema = {"properties": {"size": {}}}
    assert found("additionalProperties", False, {"sise": []}, ("membership",), schema) == [
        unknown("membership.sise", "sise", "Did you mean membership.size?", 3)
    ]
    assert found("additionalProperties", False, {"zzzzzzzz": []}, ("lead",), schema) == [
        unknown("lead.zzzzzzzz", "zzzzzzzz", "All keys: clb policy keys.", None)
    ]
    assert found("additionalProperties", False, {"sise": []}, ("lead", "unit"), schema) == [
        unknown("lead.unit.sise", "sise", "Did you mean size?", None)
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("province",), "province"),
        (("target", "new_clubs", 1, "value", "from"), "target.new_clubs[2].value.from"),
        (("a", 0, 9), "a[1][10]"),
    ],
)
def test_a_path_is_written_as_people_write_it(path: tuple[str | int, ...], text: str) -> None:
    assert wording.dotted(path) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Thử", "Thử"),
        (True, "true"),
        (["Thử", 1], '["Thử", 1]'),
        ("a" * 60, "a" * 60),
        ("a" * 61, "a" * 57 + "..."),
    ],
)
def test_a_value_is_shown_as_the_file_has_it_and_shortened(value: Any, text: str) -> None:
    assert wording.show(value) == text


def test_the_groups_of_keys_are_those_of_the_schema_and_no_head() -> None:
    groups = vocabulary.groups()
    assert groups[:3] == ("roles", "lead", "membership")
    assert {"target", "phase", "duty", "setting"} <= set(groups)
    assert not {"province", "document", "left_out"} & set(groups)


def test_the_fixed_keys_are_of_a_group_and_an_id() -> None:
    keys = vocabulary.keys()
    assert {"membership.size", "roles.open", "target.new_clubs"} <= keys
    assert "membership" not in keys
    assert vocabulary.ids("membership")[:2] == ("size", "elderly_age")
    assert vocabulary.ids("phase") == ()
    assert vocabulary.ids("nothing") == ()


@pytest.mark.parametrize(
    ("key", "known"),
    [
        ("membership.size", True),
        ("membership.sise", False),
        ("membership", False),
        ("membership.", False),
        ("nothing.size", False),
        ("target.own_trees", True),
        ("target.trees", False),
        ("duty.planning", True),
        ("duty.Planning", False),
        ("membership.size.min", False),
        ("phase", False),
    ],
)
def test_a_policy_may_have_a_key_of_the_schema_or_one_named_by_its_patterns(
    key: str, known: bool
) -> None:
    assert vocabulary.is_known(key) is known


def test_the_nearest_word_is_one_that_is_alike_enough() -> None:
    assert vocabulary.closest("sise", ["share", "size"]) == "size"
    assert vocabulary.closest("abcde", ["abcxx"]) == "abcxx"
    assert vocabulary.closest("abcdefg", ["abcxxxx", "abcdxxx"]) is None
    assert vocabulary.closest("abc", []) is None


def test_an_unknown_key_gets_the_nearest_or_the_command_that_lists_all() -> None:
    assert vocabulary.suggestion("membership.sise") == "Did you mean membership.size?"
    assert vocabulary.suggestion("zzzzzzzzzzzz") == "All keys: clb policy keys."


def test_every_dated_value_may_have_these_fields() -> None:
    fields = {"value", "from", "to", "phase", "source", "force", "note"}
    assert fields <= vocabulary.entry_fields()


def test_a_name_fits_when_one_of_the_patterns_matches() -> None:
    assert vocabulary.fits("own_x", ["^never$", "^own_"])
    assert not vocabulary.fits("my_own_x", ["^own_"])
    assert not vocabulary.fits("own_x", [])
