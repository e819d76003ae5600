"""What a long life of one club costs when it is read again."""

import pytest

from engine.store.rows import Rows


class Counted(dict):  # type: ignore[type-arg]
    """A table that counts how often its rows are gone through."""

    walks = 0

    def items(self):  # type: ignore[no-untyped-def]
        Counted.walks += 1
        return super().items()


def task(seq: int, closed: int | None = None) -> dict[str, object]:
    return {"club": "X", "kind": "supervision", "opened_seq": seq, "closed_seq": closed}


@pytest.fixture
def rows() -> Rows:
    found = Rows()
    for seq in range(50):
        found.insert("task", task(seq, seq + 1))
    found.insert("task", task(50))
    found.tables["task"] = Counted(found.tables["task"])
    Counted.walks = 0
    return found


OPEN = {"club": "X", "kind": "supervision", "closed_seq": None}


def test_an_open_task_is_found_without_going_through_the_closed_ones(rows: Rows) -> None:
    rows.update("task", {"closed_seq": 51}, OPEN)
    assert Counted.walks == 0
    assert [one for one in rows.of("task") if one["closed_seq"] is None] == []


def test_a_task_that_was_reopened_is_found_again(rows: Rows) -> None:
    rows.update("task", {"closed_seq": 51}, OPEN)
    whole = {"club": "X", "kind": "supervision", "opened_seq": 7}
    rows.update("task", {"closed_seq": None}, whole)
    rows.update("task", {"closed_seq": 60}, OPEN)
    assert [one["opened_seq"] for one in rows.of("task") if one["closed_seq"] == 60] == [7]
    assert Counted.walks == 0
