"""The tree of RFC 6962: published roots and paths, and what a proof must and must not do."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.proofs import consistent, included

from engine.seals import merkle

INPUTS = [
    bytes.fromhex(one)
    for one in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The leaves of the tests of Certificate Transparency (google/certificate-transparency)."""

ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}

SIZES = st.integers(1, 70)


def leaves(count: int) -> list[bytes]:
    return [merkle.leaf(str(one).encode()) for one in range(count)]


def other(hashed: bytes) -> bytes:
    return sha256(hashed).digest()


def by_definition(hashes: list[bytes]) -> bytes:
    """The root as RFC 6962 defines it, word for word."""
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    left, right = by_definition(hashes[:half]), by_definition(hashes[half:])
    return sha256(b"\x01" + left + right).digest()


def test_the_roots_are_the_published_ones() -> None:
    for size, expected in enumerate(ROOTS):
        assert merkle.root(map(merkle.leaf, INPUTS[:size])).hex() == expected


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_the_audit_paths_are_the_published_ones(index: int, size: int) -> None:
    hashes = [merkle.leaf(one) for one in INPUTS[:size]]
    assert [one.hex() for one in merkle.inclusion(hashes, index)] == INCLUSION[index, size]


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_the_consistency_proofs_are_the_published_ones(old: int, new: int) -> None:
    hashes = [merkle.leaf(one) for one in INPUTS[:new]]
    assert [one.hex() for one in merkle.consistency(hashes, old)] == CONSISTENCY[old, new]


@given(size=st.integers(0, 140))
def test_a_tree_that_grew_leaf_by_leaf_has_the_root_of_the_definition(size: int) -> None:
    assert merkle.root(leaves(size)) == by_definition(leaves(size))


@given(size=SIZES, cut=st.integers(0, 70))
def test_a_tree_goes_on_from_what_it_remembers(size: int, cut: int) -> None:
    hashes = leaves(size)
    before = merkle.Frontier()
    for one in hashes[:cut]:
        before.append(one)
    after = merkle.Frontier(before.size, before.nodes)
    for one in hashes[cut:]:
        after.append(one)
    assert after.root() == by_definition(hashes)


def test_a_tree_does_not_go_on_from_another_number_of_nodes() -> None:
    with pytest.raises(ValueError, match="2 nodes for a tree of 4 leaves"):
        merkle.Frontier(4, leaves(2))


@given(size=SIZES, data=st.data())
def test_every_leaf_is_proved_and_no_other_in_its_place(size: int, data: st.DataObject) -> None:
    hashes = leaves(size)
    index = data.draw(st.integers(0, size - 1))
    top, path = merkle.root(hashes), merkle.inclusion(hashes, index)
    assert included(hashes[index], index, size, path, top)
    assert not included(other(hashes[index]), index, size, path, top)
    assert not included(hashes[index], index, size, path, other(top))
    assert not included(hashes[index], index, size, [*path, top], top)
    if path:
        assert not included(hashes[index], index, size, path[:-1], top)
        at = data.draw(st.integers(0, len(path) - 1))
        wrong = [*path[:at], other(path[at]), *path[at + 1 :]]
        assert not included(hashes[index], index, size, wrong, top)
        elsewhere = data.draw(st.integers(0, size - 1).filter(lambda one: one != index))
        assert not included(hashes[index], elsewhere, size, path, top)


@given(new=SIZES, data=st.data())
def test_every_beginning_is_proved_and_no_changed_one(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new))
    hashes = leaves(new)
    before, after = merkle.root(hashes[:old]), merkle.root(hashes)
    path = merkle.consistency(hashes, old)
    assert consistent(old, new, before, after, path)
    assert not consistent(old, new, other(before), after, path)
    assert not consistent(old, new, before, other(after), path)
    assert not consistent(old, new, before, after, [*path, after])
    assert not consistent(0, new, before, after, path)
    assert not consistent(new + 1, new, before, after, path)
    changed = data.draw(st.integers(0, old - 1))
    rewritten = [*hashes[:changed], other(hashes[changed]), *hashes[changed + 1 :]]
    top, forged = merkle.root(rewritten), merkle.consistency(rewritten, old)
    assert not consistent(old, new, before, top, forged)
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        wrong = [*path[:at], other(path[at]), *path[at + 1 :]]
        assert not consistent(old, new, before, after, wrong)


@given(size=SIZES, data=st.data())
def test_one_changed_leaf_changes_the_root(size: int, data: st.DataObject) -> None:
    hashes = leaves(size)
    at = data.draw(st.integers(0, size - 1))
    changed = [*hashes[:at], other(hashes[at]), *hashes[at + 1 :]]
    assert merkle.root(changed) != merkle.root(hashes)


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_path_of_a_leaf_that_is_not_there(index: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion(leaves(3), index)


@pytest.mark.parametrize("old", [0, 4])
def test_there_is_no_proof_of_a_beginning_that_is_none(old: int) -> None:
    with pytest.raises(ValueError, match="no beginning"):
        merkle.consistency(leaves(3), old)
