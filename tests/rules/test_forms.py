"""A step's form: read from text, tidied, checked and frozen."""

from typing import Any

import pytest

from engine.errors import InputError
from engine.frozen import FrozenMap
from engine.rules import forms
from engine.rules.forms import Field
from engine.vietnamese.text import iso_day, key

pytestmark = pytest.mark.usefixtures("english")

MEETING = {"date": "2022-03-01", "attendance": 60, "activities": ["health_care"]}


@pytest.fixture(autouse=True)
def _read_anew() -> None:
    """Read each form's schema in the test itself: what was read stays known to the process."""
    for remembered in ("schema", "_fields", "_field", "_validator"):
        getattr(forms, remembered).cache_clear()


def of(kind: str, **parts: Any) -> Field:
    return Field("path", "Title", kind, True, **parts)


def refused(function: Any, *given: Any) -> InputError:
    with pytest.raises(InputError) as failure:
        function(*given)
    return failure.value


def test_a_form_s_fields_are_read_off_its_schema_nested_ones_by_dotted_path() -> None:
    fields = {one.path: one for one in forms.fields("train")}
    assert fields["course.start"].kind == "date"
    assert fields["course.days"].kind == "integer"
    assert fields["course.kind"].choices == ("initial", "supplementary", "refresher", "support")
    assert fields["course.kind"].required
    assert not fields["course.form"].required
    assert "course" not in fields


def test_a_list_of_ids_may_be_typed_with_commas() -> None:
    fields = {one.path: one for one in forms.fields("launch")}
    assert fields["funds_opened"].kind == "array"
    assert fields["funds_opened"].of_ids
    assert set(fields["funds_opened"].item_choices) == {"income", "operating"}
    assert not fields["place"].of_ids
    reasons = next(one for one in forms.fields("return") if one.path == "reasons")
    assert (reasons.kind, reasons.of_ids, reasons.item_choices) == ("array", False, ())


def test_a_field_s_title_is_in_the_language_in_use() -> None:
    english = forms.field("meeting", "attendance").title
    from engine import i18n

    i18n.use("vi")
    vietnamese = forms.field("meeting", "attendance").title
    assert english == forms.schema("meeting")["properties"]["attendance"]["x-en"]
    assert vietnamese == forms.schema("meeting")["properties"]["attendance"]["title"]
    assert forms.title({}) == ""


def test_an_unknown_field_names_the_nearest_ones() -> None:
    error = refused(forms.field, "meeting", "attendence")
    assert str(error) == "The form of “meeting” has no field “attendence”."
    assert (error.code, error.help) == ("CLB-FORM-FIELD", "Did you mean: attendance (Attendance)?")
    error = refused(forms.field, "meeting", "xyz")
    assert error.help is not None
    assert error.help.startswith("Its fields are: date (Date), ")
    assert error.help.count(", ") == len(forms.fields("meeting")) - 1


def test_a_title_is_compared_with_the_fields_once() -> None:
    found = forms.field("meeting", "Số người dự")
    compared = key.cache_info()
    assert forms.field("meeting", "Số người dự") is found
    assert key.cache_info() == compared


def test_a_path_into_an_object_whose_fields_are_another_step_s_is_that_object() -> None:
    assert forms.field("correct", "changes.date").path == "changes"
    assert refused(forms.field, "meeting", "attendance.deep").code == "CLB-FORM-FIELD"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-12", -12),
        ("100.000.000", 100_000_000),
        ("100.000 đồng", 100_000),
        ("1_000", 1000),
        ("1 000", 1000),
    ],
)
def test_a_whole_number_may_have_points_between_thousands(text: str, value: int) -> None:
    assert forms.read_value(of("integer"), text) == value


@pytest.mark.parametrize("text", ["", "mười", "1.5", "1000.000", "1,5", "٣", "--1", "1.00", "-"])
def test_what_is_no_whole_number_is_refused_with_what_to_type(text: str) -> None:
    error = refused(forms.read_value, of("integer"), text)
    assert str(error) == f"Title (path): “{text}” is not a whole number."
    assert (error.code, error.help) == ("CLB-FORM-VALUE", "Type a whole number.")


@pytest.mark.parametrize("text", ["true", "YES", "có", "co", "1", "x"])
def test_yes_in_two_languages_is_true(text: str) -> None:
    assert forms.read_value(of("boolean"), text) is True


@pytest.mark.parametrize("text", ["false", "No", "không", "khong", "0"])
def test_no_in_two_languages_is_false(text: str) -> None:
    assert forms.read_value(of("boolean"), text) is False


def test_what_is_neither_yes_nor_no_is_refused() -> None:
    error = refused(forms.read_value, of("boolean"), "2")
    assert str(error) == "Title (path): “2” is neither yes nor no."


def test_a_day_is_read_as_people_write_it() -> None:
    assert forms.read_value(of("date"), "1/3/2022") == "2022-03-01"


def test_a_list_is_json_or_ids_with_commas_or_one_text() -> None:
    ids, texts = of("array", of_ids=True), of("array")
    assert forms.read_value(ids, "a, b") == ["a", "b"]
    assert forms.read_value(texts, "a, b") == ["a, b"]
    assert forms.read_value(texts, '["a", "b"]') == ["a", "b"]
    assert refused(forms.read_value, texts, "[a").code == "CLB-FORM-JSON"


def test_a_text_is_cleaned_and_an_object_is_json() -> None:
    assert forms.read_value(of("string"), "  a   b ") == "a b"
    assert forms.read_value(of("object"), '{"a": 1}') == {"a": 1}


@pytest.mark.parametrize("text", ['{"a": 1.5}', '{"a": NaN}'])
def test_json_with_a_fraction_is_refused(text: str) -> None:
    error = refused(forms.load_json, text)
    assert "is not a whole number" in str(error)
    assert error.code == "CLB-FORM-VALUE"


def test_json_with_a_field_twice_is_refused() -> None:
    error = refused(forms.load_json, '{"a": 1, "a": 2}')
    assert (str(error), error.code) == ("A field is given twice.", "CLB-FORM-VALUE")


def test_what_is_no_json_is_refused() -> None:
    error = refused(forms.load_json, "{")
    assert str(error).startswith("This is not JSON: ")
    assert error.code == "CLB-FORM-JSON"


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "[" * 900 + "]" * 900, '{"a":' * 30 + "1" + "}" * 30]
)
def test_groups_inside_each_other_without_end_are_refused(text: str) -> None:
    error = refused(forms.load_json, text)
    assert str(error) == "Groups of fields are inside each other more than 20 deep."
    assert error.code == "CLB-FORM-JSON"


@pytest.mark.parametrize("text", ["9" * 5_000, "-" + "1" * 19, '{"a": 12345678901234567890}'])
def test_a_number_that_no_database_holds_is_refused(text: str) -> None:
    assert refused(forms.load_json, text).code == "CLB-FORM-VALUE"


def test_half_of_a_letter_is_refused() -> None:
    assert refused(forms.load_json, '{"reason": "\\ud800"}').code == "CLB-FORM-VALUE"


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "20210728", "2021-W01-1", "hôm nay"])
def test_what_is_no_day_of_this_calendar_is_none(text: str) -> None:
    assert iso_day(text) is None


def test_fields_are_assigned_each_as_its_schema_reads_it_and_lists_grow() -> None:
    data: dict[str, Any] = {}
    pairs = [("attendance", "60"), ("activities", "a,b"), ("activities", "c"), ("date", "1/3/2022")]
    forms.assign("meeting", data, pairs)
    assert data == {"attendance": 60, "activities": ["a", "b", "c"], "date": "2022-03-01"}


def test_nested_fields_are_assigned_below_their_objects() -> None:
    data: dict[str, Any] = {"course": {"days": 2}}
    forms.assign("train", data, [("course.kind", "initial"), ("course.attendees", "5")])
    assert data == {"course": {"days": 2, "kind": "initial", "attendees": 5}}


def test_a_field_of_another_step_is_read_as_json_where_it_is_json_else_as_text() -> None:
    data: dict[str, Any] = {}
    forms.assign("correct", data, [("changes.borrowers", "41"), ("changes.place", " Nhà  A ")])
    assert data == {"changes": {"borrowers": 41, "place": "Nhà A"}}


def test_a_tidy_form_has_no_empty_answer_and_clean_texts() -> None:
    given = {"a": " x  y ", "b": None, "c": "", "d": {"e": None}, "f": [" z ", ""], "g": 0}
    assert forms.tidy(given) == {"a": "x y", "f": ["z", ""], "g": 0}
    assert forms.tidy((" a ",)) == ["a"]


def test_every_missing_field_is_named_at_once() -> None:
    error = refused(forms.check, "meeting", {"date": "2022-03-01"})
    assert error.code == "CLB-FORM-MISSING"
    assert str(error).startswith("Missing from the form of “meeting”: attendance (")
    assert ", activities (" in str(error)
    assert error.help == "--set attendance=… --set activities=…"
    assert [one.path for one in forms.missing("meeting", {})] == [
        "date",
        "attendance",
        "activities",
    ]


def test_a_complete_form_is_frozen() -> None:
    checked = forms.check("meeting", {**MEETING, "note": "  "})
    assert isinstance(checked, FrozenMap)
    assert checked == FrozenMap({**MEETING, "activities": ("health_care",)})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"attendance": "sixty"}, "expected a whole number, found “sixty”."),
        ({"attendance": -1}, "expected at least 0, found “-1”."),
        ({"date": "2022-02-30"}, "expected a day that exists (YYYY-MM-DD), found “2022-02-30”."),
        ({"activities": ["a", "a"]}, "expected no item twice, found “['a', 'a']”."),
        ({"activities": ["A b"]}, "expected an id of small letters, digits and _, found “A b”."),
        ({"activities": "a"}, "expected a list, found “a”."),
        ({"attendance": 100_001}, "expected at most 100000, found “100001”."),
        ({"colour": "red"}, "there is no field “colour”."),
    ],
)
def test_a_wrong_answer_says_what_was_expected_and_found(
    changes: dict[str, Any], sentence: str
) -> None:
    error = refused(forms.check, "meeting", {**MEETING, **changes})
    assert error.code == "CLB-FORM-VALUE"
    assert str(error).endswith(sentence)
    assert error.help == "Correct the fields named and try again."


def test_a_list_that_must_not_be_empty_says_how_many_it_wants() -> None:
    form = {"date": "2022-03-01", "reasons": []}
    assert "expected at least 1 item, found “[]”." in str(refused(forms.checked, "return", form))


def test_a_wrong_answer_is_shown_with_its_title_and_path_and_cut_when_long() -> None:
    error = refused(forms.check, "meeting", {**MEETING, "attendance": "x" * 100})
    title = forms.field("meeting", "attendance").title
    assert str(error) == f"{title} (attendance): expected a whole number, found “{'x' * 80}”."


def test_several_wrong_answers_are_named_together_in_order() -> None:
    wrong = {**MEETING, "attendance": -1, "date": "2022-02-30"}
    first, second = str(refused(forms.check, "meeting", wrong)).split("”. ")
    assert first < second


def test_a_choice_that_is_none_names_the_choices() -> None:
    form = {
        "date": "2022-03-01",
        "course": {"kind": "evening", "start": "2022-02-28", "days": 2, "attendees": 5},
    }
    error = refused(forms.check, "train", form)
    assert "(course.kind): expected one of initial, supplementary, refresher, support" in str(error)


@pytest.mark.parametrize(
    ("text", "there"), [("2022-03-01", True), ("2022-02-30", False), (None, False), (5, False)]
)
def test_an_iso_day_is_a_day_of_the_calendar_or_none(text: Any, there: bool) -> None:
    assert (iso_day(text) is not None) is there


@pytest.mark.parametrize(
    ("step", "paths"),
    [
        ("change_board", ("chair", "vice", "secretary", "treasurer")),
        ("erase", ("member",)),
        ("meeting", ("present",)),
        ("care", ("pairs",)),
    ],
)
def test_the_fields_that_name_a_member_are_known(step: str, paths: tuple[str, ...]) -> None:
    assert forms.personal(step) == paths


def test_a_field_within_a_wrong_object_is_named_with_what_it_lacks() -> None:
    course = {"kind": "initial", "start": "2022-02-28", "attendees": 5}
    form = {"date": "2022-03-01", "course": course}
    error = refused(forms.checked, "train", form)
    title = forms.title(forms.schema("train")["properties"]["course"])
    assert str(error) == f"{title} (course): missing days."


def test_two_unknown_fields_are_named_together_in_order() -> None:
    error = refused(forms.check, "meeting", {**MEETING, "size": 1, "colour": "red"})
    assert str(error).endswith("there is no field “colour, size”.")
