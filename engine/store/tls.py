"""Encrypted connections to a server (TLS): why none was made, and whether there is one."""

import re
from ipaddress import ip_address
from typing import Any

from engine.i18n import N_, _

COPY_IT = N_(
    "Copy the certificate (not its key) from the administrator of the server and name the file: "
    "sslrootcert=…"
)
REASONS = (
    (
        r'certificate for "([^"]+)".* does not match host name "([^"]+)"',
        N_("the certificate of the server is for {0}, the address names {1}"),
        N_(
            "Write the server's name as its certificate has it. If that is what you wrote, ask its "
            "administrator: another server may have answered."
        ),
    ),
    (r'certificate file "([^"]+)" does not exist', N_("there is no certificate {0}"), COPY_IT),
    (r'read root certificate file "([^"]+)"', N_("{0} is no certificate"), COPY_IT),
    (
        "certificate verify failed|certificate has expired",
        N_("the certificate of the server is not of whom sslrootcert trusts, or its days are over"),
        N_(
            "Ask the administrator of the server for its present certificate; another server may "
            "have answered."
        ),
    ),
    (
        "does not support SSL",
        N_("the server does not encrypt"),
        N_("Ask the administrator of the server to set ssl = on."),
    ),
    (
        "no encryption",
        N_("the server takes encrypted connections only"),
        N_("Take sslmode=disable out of the address, or write sslmode=verify-full."),
    ),
    (
        'sslmode value: "([^"]*)"',
        N_("there is no sslmode={0}"),
        N_("Write sslmode=verify-full."),
    ),
)
"""What libpq's messages contain, the reason as a sentence's part, and what to do."""
OTHERWISE = N_("Ask the administrator of the server for its settings of TLS.")


def reason(words: str) -> tuple[str, str]:
    """Return why no encrypted connection was made, and what to do."""
    for pattern, sentence, advice in REASONS:
        found = re.search(pattern, words)
        if found is not None:
            return _(sentence).format(*found.groups()), _(advice)
    own = words.strip().splitlines()[0] if words.strip() else "?"
    return own.rstrip("."), _(OTHERWISE)


def transport(connection: Any) -> tuple[bool, bool]:
    """Return whether a driver's connection is encrypted, and whether it stays on this computer.

    It is this computer's own connection: what is behind a pooler is not asked.
    """
    place = str(connection.info.hostaddr or "")
    stays = not place or place.startswith("/") or ip_address(place.partition("%")[0]).is_loopback
    return bool(connection.pgconn.ssl_in_use), stays
