"""Administrative units by name: what makes two spellings one commune."""

from engine.text import key

KINDS = ("xã", "phường", "thị trấn", "đặc khu", "x.", "p.", "tt.", "ubnd")


def commune_key(name: str) -> str:
    """Return a commune's comparison key: its name without xã, phường, thị trấn or UBND before it."""
    folded = key(name)
    trimmed = True
    while trimmed:
        trimmed = False
        for kind in KINDS:
            prefix = key(kind)
            if folded.startswith(prefix) and folded[len(prefix) :].strip():
                rest = folded[len(prefix) :]
                if rest[0] == " " or prefix.endswith("."):
                    folded, trimmed = rest.strip(), True
    return folded
