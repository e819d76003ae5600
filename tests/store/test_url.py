"""What a message shows of a database's URL."""

import pytest

from engine.store.url import parse


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://chi:bi-mat@may-chu/clb", "postgresql://chi:…@may-chu/clb"),
        ("postgresql://chi:bi@mat@may-chu/clb", "postgresql://chi:…@may-chu/clb"),
        ("postgresql://may-chu/clb?user=chi&password=bi", "postgresql://may-chu/clb?user=chi&…"),
        (
            "postgresql://may-chu/clb?connect_timeout=5",
            "postgresql://may-chu/clb?connect_timeout=5",
        ),
    ],
)
def test_a_message_about_the_database_shows_no_password(url: str, shown: str) -> None:
    assert str(parse(url)) == shown
