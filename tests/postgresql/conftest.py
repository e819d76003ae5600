"""A database of one's own for every test, on the server that ``CLB_TEST_POSTGRESQL`` names."""

import os
from collections.abc import Iterator
from contextlib import closing
from uuid import uuid4

import psycopg
import pytest
from support.core import Core, make_core

SERVER = "CLB_TEST_POSTGRESQL"


def by_hand(url: str, statement: str) -> None:
    with closing(psycopg.connect(url, autocommit=True)) as server:
        server.execute(statement)  # type: ignore[arg-type]


@pytest.fixture
def url() -> Iterator[str]:
    """The URL of an empty database, dropped afterwards."""
    server = os.environ[SERVER]
    name = f"clb_{uuid4().hex}"
    by_hand(server, f"CREATE DATABASE {name}")
    yield f"{server.rpartition('/')[0]}/{name}"
    by_hand(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def core(url: str) -> Iterator[Core]:
    core = make_core(url)
    yield core
    core.store.close()
