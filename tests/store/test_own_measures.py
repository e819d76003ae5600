"""The queries of a province's own measures run on every kind of database."""

import pytest
from support.core import Core

from engine.reports.queries import bound
from engine.targets.own import CLUBS, FIGURES, MONEY, own_measure

DAY = "2024-06-30"
VALUES = {
    "province": "thu",
    "from": "2021-01-01",
    "at": DAY,
    "stated_from": "2021-01-01",
    "limit": "1964-06-30",
}


@pytest.mark.parametrize("figure", FIGURES)
def test_a_query_of_each_figure_runs(core: Core, figure: str) -> None:
    filters = {"sources": ("donor",), "funds": ("income",)} if figure == MONEY else {}
    adds = {"figure": figure, **filters}
    for clubs in CLUBS:
        value = {
            "label": "x",
            "count": "total",
            "clubs": clubs,
            "adds": adds,
            "out_of": {"figure": "members"},
            "where": ({**adds, "over": 1, "max": 5}, {"figure": "members"}),
        }
        for given in (value, {**value, "count": "clubs"}):
            sql = own_measure("own_x", given, True).sql or ""
            query, values = bound(core.store, sql, VALUES)
            assert core.store.rows(query, values) == []
            assert core.store.row(f"SELECT sum(part), sum(whole) FROM ({query}) AS x", values)


def test_a_word_that_is_no_id_never_enters_a_query() -> None:
    value = {"label": "x", "count": "total", "adds": {"figure": MONEY, "sources": ("a' --",)}}
    with pytest.raises(ValueError, match="a'"):
        own_measure("own_x", value, False)
