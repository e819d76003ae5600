"""``clb policy show P KEY`` shows which other values of the document were not used, and when."""

import json

import pytest
from jsonschema import Draft202012Validator

import schemas
from engine.cli import run


def show(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert run(["policy", "show", *args, "--lang", "vi"]) == 0
    return capsys.readouterr().out


def asked(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, object]:
    answer: dict[str, object] = json.loads(show(capsys, *args, "--json"))
    Draft202012Validator(schemas.load("cli/policy-show")).validate(answer)
    return answer


def test_the_values_of_other_days_are_reported_next_to_the_one_in_force(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = asked(capsys, "ha_noi", "target.new_clubs", "--on", "2027-05-04")
    assert (answer["from"], answer["from_inferred"]) == ("2026-03-18", True)
    (other,) = answer["others"]
    assert (other["from"], other["to"]) == ("2031-01-01", "2035-12-31")
    assert other["source"].endswith("I.2.3.b")
    text = show(capsys, "ha_noi", "target.new_clubs", "--on", "2027-05-04")
    assert "18/03/2026 (suy ra) - 31/12/2030" in text
    assert "01/01/2031 - 31/12/2035" in text


def test_where_no_value_is_in_force_all_of_them_are_reported(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = asked(capsys, "hoa_binh", "target.named_communes", "--on", "2020-05-04")
    assert (answer["status"], answer["value"]) == ("not_in_force", None)
    assert [one["from"] for one in answer["others"]] == ["2018-04-11", "2019-01-01"]


@pytest.mark.parametrize("key", ["membership.size", "membership.women_share"])
def test_a_key_with_one_value_or_none_has_no_others(
    capsys: pytest.CaptureFixture[str], key: str
) -> None:
    assert "others" not in asked(capsys, "bac_ninh", key, "--on", "2022-03-01")
