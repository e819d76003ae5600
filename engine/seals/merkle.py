"""The Merkle tree of RFC 6962, section 2.1, over SHA-256: roots, and proofs of two kinds.

An inclusion proof shows that a leaf is at its place in a tree. A consistency proof shows that a
tree is the beginning of a larger one. A leaf is given here by its hash: see ``leaf``.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

Hash = bytes
EMPTY = sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf(data: bytes) -> Hash:
    """Return the hash of a leaf; the zero byte keeps it apart from an inner node."""
    return sha256(b"\x00" + data).digest()


def node(left: Hash, right: Hash) -> Hash:
    """Return the hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """What a growing tree must remember: the roots of its full subtrees, the largest first.

    There is one for each bit set in ``size``, so a tree of a million leaves keeps twenty at most.
    """

    def __init__(self, size: int = 0, nodes: Iterable[Hash] = ()) -> None:
        """Go on with a tree of ``size`` leaves. Raises ``ValueError`` for too few or many nodes."""
        self.size = size
        self.nodes = list(nodes)
        if len(self.nodes) != size.bit_count():
            raise ValueError(f"{len(self.nodes)} nodes for a tree of {size} leaves")

    def append(self, hashed: Hash) -> None:
        """Add a leaf's hash at the end."""
        rest = self.size
        while rest & 1:
            hashed = node(self.nodes.pop(), hashed)
            rest >>= 1
        self.nodes.append(hashed)
        self.size += 1

    def root(self) -> Hash:
        """Return the root of the tree as it is now."""
        if not self.nodes:
            return EMPTY
        *rest, found = self.nodes
        for left in reversed(rest):
            found = node(left, found)
        return found


def root(leaves: Iterable[Hash]) -> Hash:
    """Return the root of the tree over these leaves."""
    tree = Frontier()
    for one in leaves:
        tree.append(one)
    return tree.root()


def inclusion(leaves: Sequence[Hash], index: int) -> list[Hash]:
    """Return the audit path of the leaf at ``index``, from the leaf's side up (2.1.1)."""
    if not 0 <= index < len(leaves):
        raise ValueError(f"no leaf {index} in a tree of {len(leaves)}")
    path: list[Hash] = []
    low, high = 0, len(leaves)
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(root(leaves[middle:high]))
            high = middle
        else:
            path.append(root(leaves[low:middle]))
            low = middle
    return path[::-1]


def consistency(leaves: Sequence[Hash], old: int) -> list[Hash]:
    """Return the proof that the first ``old`` leaves are a beginning of all (2.1.2)."""
    if not 0 < old <= len(leaves):
        raise ValueError(f"no beginning of {old} leaves in a tree of {len(leaves)}")
    path: list[Hash] = []
    low, high, whole = 0, len(leaves), True
    while old != high - low:
        half = _split(high - low)
        if old <= half:
            path.append(root(leaves[low + half : high]))
            high = low + half
        else:
            path.append(root(leaves[low : low + half]))
            low, old, whole = low + half, old - half, False
    if not whole:
        path.append(root(leaves[low:high]))
    return path[::-1]


def _split(size: int) -> int:
    """Return the largest power of two below ``size``, which is at least two."""
    return 1 << (size - 1).bit_length() - 1
