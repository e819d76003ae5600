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


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://clb@a,b/clb?target_session_attrs=read-write",
        "postgresql://clb@a:5432,b/clb",
        "postgresql://clb@a:5432,b:5433/clb",
        "postgresql://clb@[::1]:5432,[::2]/clb",
        "postgresql:///clb?host=a,b&port=5432,5433",
    ],
)
def test_several_servers_may_be_named(url: str) -> None:
    assert parse(url).dsn == url


def test_a_port_of_several_servers_is_a_number_too() -> None:
    with pytest.raises(InputError):
        parse("postgresql://clb@a:5432,b:năm/clb")


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
        f"postgresql：//clb:{SECRET}@may-chu/clb",
        f"postgresql//clb:{SECRET}@may-chu/clb",
        f"x=postgresql://clb:{SECRET}@may-chu/clb",
        f"clb:{SECRET}@may-chu/clb",
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


@pytest.mark.parametrize(
    "around",
    ['"{}"', "'{}'", "“{}”", " {}", "{}\r\n", "\u200b{}", ' "{}" '],
    ids=["quotes", "single", "curly", "blank", "line end", "invisible", "both"],
)
def test_what_windows_keeps_around_a_value_is_left_out(around: str) -> None:
    """``set CLB_DATABASE="postgresql://…"`` keeps the quotes, and a blank after the sign."""
    found = parse(around.format("postgresql://clb:mat@may-chu/clb"))
    assert found.dsn == "postgresql://clb:mat@may-chu/clb"
    assert parse(around.format("/home/chi/clb.sqlite3")).file == "/home/chi/clb.sqlite3"


@pytest.mark.parametrize("path", ["/home/chi@xa/clb.sqlite3", "a:b.sqlite3", "C:\\Chi@Xa\\clb.db"])
def test_signs_of_an_address_alone_do_not_make_a_path_one(path: str) -> None:
    assert parse(path).file is not None
