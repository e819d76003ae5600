"""Roles on the run's server, which all its databases share: one process's logins are its own."""

import os

from filelock import FileLock
from support.core import PROVINCES, Core
from support.databases import RUN, server

from engine.lifecycle import upkeep
from engine.store.url import parse

PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "one")


def own(name: str) -> str:
    """Return the name of a login or a database of this test process."""
    return f"{name}_{PROCESS}"


def apply(core: Core, url: str) -> None:
    """Apply the roles twice, which changes nothing the second time."""
    with FileLock(os.path.join(os.environ[RUN], "roles")):
        for _twice in range(2):
            upkeep.roles(parse(url), PROVINCES, apply=True, clock=core.clock)


def make_login(login: str, role: str | None) -> None:
    """Make a login anew, in a role."""
    here = server()
    here.execute(f"DROP ROLE IF EXISTS {login}")
    here.execute(f"CREATE ROLE {login} LOGIN" + (f" IN ROLE {role}" if role else ""))
