"""The province's value, else the general procedure's, and how each is cited: with literals."""

import pytest
from support.literals import Dated, day, rules

pytestmark = pytest.mark.usefixtures("english")

ON = day("2022-03-01")
KEY = "activities.count"


@pytest.mark.parametrize(
    ("extra", "cited"),
    [
        ({"force": "norm"}, "QD 1, II"),
        ({"force": "history"}, "QD 1, II, as this system reads it"),
        ({"reading": True}, "QD 1, II, as this system reads it"),
    ],
)
def test_what_a_document_only_reports_is_cited_as_this_systems_reading(
    extra: dict[str, object], cited: str
) -> None:
    found = rules({KEY: Dated(8, source="QD1, II", extra=extra)}).rule(KEY, ON)
    assert found is not None
    assert (found.value, found.citation) == (8, cited)


def test_what_is_for_new_clubs_only_is_not_stipulated_for_an_older_one() -> None:
    asked = rules({KEY: Dated(8, extra={"new_clubs_only": True})})
    assert asked.stated(KEY, ON).status == "value"
    assert asked.for_club(day("2021-01-01")).stated(KEY, ON).status == "value"
    assert asked.for_club(day("2020-12-31")).stated(KEY, ON).status == "not_stipulated"
    assert asked.for_club(day("2020-12-31")).rule(KEY, ON) is None
