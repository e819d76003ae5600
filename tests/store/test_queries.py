"""A query is spelled in one way for both databases."""

from support.core import Core


def test_a_percent_sign_is_itself_with_and_without_parameters(core: Core) -> None:
    assert core.store.rows("SELECT '50%' LIKE '5%'")[0][0]
    assert core.store.rows("SELECT ? LIKE '5%'", ("50%",))[0][0]
    core.store.many("UPDATE officer SET name = ? WHERE name LIKE 'C%'", [("100% Việt Nam",)])
    assert core.store.rows("SELECT DISTINCT name FROM officer") == [("100% Việt Nam",)]
