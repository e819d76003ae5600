"""A policy file taken whole.

``parse_policy`` is quick: it refuses what it cannot read and keys nobody knows, and imports no
schema library. ``read_policy`` checks everything first.
"""

from functools import cache

from engine.package_data import read_package_file
from engine.policy import read
from engine.policy.model import Policy
from engine.policy.problem import PolicyFileError, Problem


def read_policy(data: bytes, *, origin: str) -> Policy:
    """Read and check a policy file; ``origin`` names it in messages.

    Raises PolicyFileError (a PolicyError) listing every mistake.
    """
    problems = _problems(data, origin=origin)
    if problems:
        raise PolicyFileError(origin, problems)
    return parse_policy(data, origin=origin)


def parse_policy(data: bytes, *, origin: str) -> Policy:
    """Read a policy file that has been checked before.

    Raises PolicyFileError, with every mistake, when something in it cannot be understood.
    """
    raw = read.load(data, origin=origin)
    try:
        return read.build(raw, origin=origin)
    except (PolicyFileError, KeyError, TypeError, ValueError, AttributeError) as error:
        problems = _problems(data, origin=origin)
        if problems:
            raise PolicyFileError(origin, problems) from error
        raise


@cache
def general() -> Policy:
    """Return what comes from no province: the national law and the general procedure."""
    data = read_package_file("engine", "policy", "general.toml")
    assert data is not None
    return parse_policy(data, origin="engine/policy/general.toml")


def _problems(data: bytes, *, origin: str) -> tuple[Problem, ...]:
    from engine.policy.check import check_policy

    return check_policy(data, origin=origin)
