"""Check a proof that ``clb audit proof`` wrote, without that program: Python's library is enough.

    python check_proof.py PROOF ["BN 2461 3f9a 77c2 01de 88b0"]

PROOF is the JSON or the text (C2SP tlog-proof). The line is a seal noted elsewhere: without it the
proof only agrees with itself. Exit code 0: proved. 1: not. The format: docs/seals.md.
"""

import base64
import hashlib
import json
import sys


def sha256(data):
    return hashlib.sha256(data).digest()


def node(left, right):
    return sha256(b"\x01" + left + right)


def climb(path, index, size, first, second=None):
    """Return the roots reached from one node, or from the same place in two trees (RFC 9162)."""
    place, last = index, size - 1
    for one in path:
        if last == 0:
            raise ValueError("the path is too long")
        if place & 1 or place == last:
            first, second = node(one, first), second and node(one, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        elif second:
            second = node(second, one)
        else:
            first = node(first, one)
        place, last = place >> 1, last >> 1
    if last:
        raise ValueError("the path is too short")
    return first, second


def is_beginning(old, old_root, new, new_root, path):
    """Return whether the tree of ``old`` leaves is the beginning of the one of ``new``."""
    if old == new:
        return not path and old_root == new_root
    if not 0 < old < new:
        return False
    path = [old_root, *path] if old & (old - 1) == 0 else path
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    return climb(path[1:], place, last + 1, path[0], path[0]) == (old_root, new_root)


def read(text):
    """Return body, leaf's number, path, the tree and, where there is one, the noted tree."""
    if text.lstrip().startswith("{"):
        found = json.loads(text)
        noted = found["noted"]
        if noted:
            noted["path"] = [bytes.fromhex(one) for one in noted["consistency"]]
        path = [bytes.fromhex(one) for one in found["inclusion"]]
        return found["event"]["body"].encode(), found["leaf"], path, found["tree"], noted
    proof, _blank, checkpoint = text.partition("\n\n")
    lines = proof.split("\n")
    if lines[0] != "c2sp.org/tlog-proof@v1":
        raise ValueError("this is not a proof")
    body = base64.b64decode(lines[1].removeprefix("extra "))
    path = [base64.b64decode(one) for one in lines[3:]]
    _origin, size, root = checkpoint.split("\n")[:3]
    tree = {"size": int(size), "root": base64.b64decode(root).hex()}
    return body, int(lines[2].removeprefix("index ")), path, tree, None


def check(text, line=None):
    """Return what the proof shows. Raises ``ValueError`` with the reason when it shows nothing."""
    body, leaf, path, tree, noted = read(text)
    size, root = tree["size"], bytes.fromhex(tree["root"])
    if not 0 <= leaf < size:
        raise ValueError("the leaf is not in the tree")
    # A leaf is the hash of the event's body, hashed once more after a zero byte.
    if climb(path, leaf, size, sha256(b"\x00" + sha256(body)))[0] != root:
        raise ValueError("the event is not under this root")
    if noted:
        old = bytes.fromhex(noted["root"])
        if not is_beginning(noted["size"], old, size, root, noted["path"]):
            raise ValueError("the noted tree is not a beginning of this one")
    event = json.loads(body)
    shown = f"event {event['seq']} of {event['stream']} is leaf {leaf} of {size}"
    if line is None:
        return f"{shown}; root {root.hex()}: compare it with a seal noted elsewhere"
    known = noted or tree
    _prefix, noted_size, *groups = line.replace("·", " ").split()
    digits = "".join(groups).lower()
    if len(digits) not in (16, 64):
        raise ValueError(f"{line} is not a whole seal: it ends in 16 digits and letters")
    if int(noted_size) != known["size"] or not known["root"].startswith(digits):
        raise ValueError(f"the proof is not about the seal {line}")
    return f"{shown}, and that fits the seal {line}"


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            print("proved:", check(file.read(), *sys.argv[2:]))
    except (ValueError, KeyError, TypeError, IndexError, OSError) as error:
        sys.exit(f"not proved: {error}")
