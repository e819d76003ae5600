"""Passwords of logins on a server: drawn here, and sent as what a server keeps of one (SCRAM)."""

import secrets

from engine.store.database import Store

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that are not taken for one another when they are read from paper."""
GROUPS, EACH = 4, 4


def drawn() -> str:
    """Return a new password: four groups of four letters and digits, 79 bits."""
    return "-".join(
        "".join(secrets.choice(LETTERS) for _letter in range(EACH)) for _group in range(GROUPS)
    )


def give(store: Store, login: str, password: str) -> None:
    """Give a login a password, which neither the statement nor the server's log has.

    Raises ``StorageError``.
    """
    server = store.database.connection().pgconn
    secret = server.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()
    store.run(f"ALTER ROLE \"{login}\" PASSWORD '{secret}'")


def logins(store: Store) -> set[str]:
    """Return the roles that a server has."""
    return {str(name) for (name,) in store.rows("SELECT rolname FROM pg_roles")}
