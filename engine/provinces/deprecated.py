"""What plugins may still use and will lose: hooks and policy keys, with their last version.

A minor version of the interface (``API_VERSION``) adds and deprecates; only a major one removes.
The check of a plugin names what it uses of these, and the upgrade guide lists them.
"""

from dataclasses import dataclass

from engine.i18n import N_

Version = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Deprecated:
    """A hook or a policy key on its way out.

    ``since`` is the version of the interface that deprecated it, ``removed`` the one without it,
    ``instead`` what to do before that.
    """

    name: str
    since: Version
    removed: Version
    instead: str


DEPRECATED = (
    Deprecated(
        "clb_after_step",
        (1, 1),
        (2, 0),
        N_("delete it, and read what was recorded with clb export events"),
    ),
)


def shown(version: Version) -> str:
    """Return a version as a policy file has it."""
    return ".".join(map(str, version))
