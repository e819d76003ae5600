"""What a message shows of a database's URL."""

import pytest

from engine.errors import InputError
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


SECRET = "mat-khau-SAI7"


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://clb:mat/{SECRET}@may-chu/clb",
        f"postgresql://clb:{SECRET}#x@may-chu/clb",
        f"postgresql://clb:{SECRET}?x@may-chu/clb",
        f"PostgreSQL://clb:{SECRET}/x@may-chu/clb",
        f"postgresql+psycopg://clb:{SECRET}@may-chu/clb",
        f"mysql://clb:{SECRET}@may-chu/clb",
        f"postgresql:/clb:{SECRET}@may-chu/clb",
        f"postgresql:clb:{SECRET}@may-chu/clb",
        f"postgres:/clb:{SECRET}@may-chu/clb",
        f"host=may-chu user=clb password={SECRET}",
        f"password={SECRET} dbname = clb",
        f"sqlite://clb:{SECRET}@may-chu/clb",
        f"file:clb?password={SECRET}",
    ],
)
def test_what_names_no_database_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(url)
    shown = f"{caught.value.message} {caught.value.help} {caught.value.code}"
    assert SECRET not in shown
    assert "mat" not in shown.replace("“", "")
    assert caught.value.code == "CLB-DATABASE-URL"
