"""Which answers fit what is typed, and in which order."""

from engine.desk.finder import fitting
from engine.vietnamese.text import bare

NAMES = [bare(one) for one in ("Đặng Thanh Bích", "Đinh Thị Ánh", "Lê Công Thành", "Ánh Vân")]


def test_a_word_that_begins_so_comes_before_one_that_only_holds_it() -> None:
    assert fitting(NAMES, ["anh"]) == [1, 3, 0, 2]


def test_all_words_have_to_fit_in_any_order() -> None:
    assert fitting(NAMES, ["anh", "dinh"]) == [1]
    assert fitting(NAMES, ["xuan"]) == []


def test_all_answers_are_there_while_nothing_is_typed() -> None:
    assert fitting(NAMES, []) == [0, 1, 2, 3]
