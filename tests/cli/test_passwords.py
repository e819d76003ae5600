"""No message of a command shows a password, and none is taken from the command line."""

import pytest
from support.keeper import Keeper

SECRET = "mat-khau-SAI7"


URLS = (
    f"postgresql://clb:{SECRET}@127.0.0.1:1/clb",
    f"PostgreSQL://clb:{SECRET}@127.0.0.1:1/clb",
    f"postgresql://127.0.0.1:1/clb?user=clb&password={SECRET}",
    f"postgresql://clb:{SECRET}/x@127.0.0.1:1/clb",
    f"postgresql://clb:{SECRET}#x@127.0.0.1:1/clb",
    f"postgresql+psycopg://clb:{SECRET}@127.0.0.1:1/clb",
    f"mysql://clb:{SECRET}@127.0.0.1:1/clb",
    f"postgresql:/clb:{SECRET}@127.0.0.1:1/clb",
    f"host=127.0.0.1 port=1 user=clb password={SECRET}",
)


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("command", [("db", "init"), ("doctor",), ("club", "list")])
def test_a_command_shows_no_password(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch, url: str, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("CLB_DATABASE", url)
    monkeypatch.chdir(keeper.folder)
    for options in ((), ("--json",)):
        done = keeper.run(*command, *options)
        assert done.code in (2, 5)
        assert SECRET not in done.out + done.err
        assert "Traceback" not in done.err
    assert list(keeper.folder.iterdir()) == []


@pytest.mark.parametrize("url", URLS)
def test_a_password_on_the_command_line_is_refused(keeper: Keeper, url: str) -> None:
    done = keeper.run("db", "init", "--database", url)
    assert done.code == 2
    assert SECRET not in done.out + done.err
    assert "CLB-DATABASE-" in done.err


def test_a_url_without_a_password_is_not_refused_for_one(keeper: Keeper) -> None:
    done = keeper.run("db", "init", "--database", "postgresql://clb@127.0.0.1:1/clb")
    assert "CLB-DATABASE-PASSWORD-SHOWN" not in done.err


def test_a_url_typed_in_the_wrong_place_is_shown_without_its_password(keeper: Keeper) -> None:
    for args in ((URLS[0],), ("db", URLS[0]), ("db", "init", URLS[0]), ("club", f"--db={URLS[0]}")):
        done = keeper.run(*args)
        assert done.code == 2
        assert SECRET not in done.out + done.err
