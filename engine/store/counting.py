"""What a step must know of all clubs of a province, as numbers: decisions, grants, money granted.

A login of a commune on a server does not see the other communes' clubs. There the same queries are
asked through functions of the owner of the tables (``engine.store.roles``).
"""

_GRANTS = (
    "FROM ledger l WHERE l.province = ? AND l.on_date >= ? AND l.on_date <= ? "
    "AND l.kind = 'grant' AND l.source = ? AND l.club <> ? AND NOT EXISTS "
    "(SELECT 1 FROM ledger r WHERE r.province = l.province AND r.club = l.club "
    "AND r.reverses = l.seq)"
)
QUERIES = {
    "decided": "SELECT count(*) FROM club WHERE province = ? AND decided_on >= ? "
    "AND decided_on <= ? AND id <> ?",
    "granted": f"SELECT count(DISTINCT l.club) {_GRANTS}",
    "spent": f"SELECT coalesce(sum(l.amount), 0) {_GRANTS}",
}
"""The province is each query's first parameter."""


def through_walls(name: str) -> str:
    """Return how a query is asked where the roles of a server were applied."""
    return f"SELECT clb_walls.{name}({', '.join('?' * QUERIES[name].count('?'))})"
