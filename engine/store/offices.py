"""The query for who is in office where, the provinces that were merged into others included."""

COLUMNS = 'id, name, role, province, commune, commune_id, since, "until", seq, login'
OWN = f"SELECT {COLUMNS}, '' AS through FROM officer"
BY_MERGER = (
    "SELECT o.id, o.name, o.role, m.province, o.commune, o.commune_id, "
    'CASE WHEN o.since < m.since THEN m.since ELSE o.since END AS since, o."until", o.seq, '
    "o.login, o.province AS through FROM officer o JOIN merger m ON m.successor = o.province "
    'WHERE (o."until" IS NULL OR o."until" > m.since)'
)
"""The offices of a province are offices in each one that was merged into it, from that day on."""
EVERYBODY = f"{OWN} UNION ALL {BY_MERGER} ORDER BY province, id, through, role, since, seq"
OF_ONE = f"{OWN} WHERE id = ? UNION ALL {BY_MERGER} AND o.id = ? ORDER BY through, role, since, seq"
MERGED = "SELECT DISTINCT province FROM merger WHERE successor = ? AND since <= ? ORDER BY province"
"""The provinces that became a part of one by a day."""
