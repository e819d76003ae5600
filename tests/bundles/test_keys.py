"""Officers sign what they record and send; names are read by the receiver alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.core import ADMIN, APPROVE, ASSOCIATION, COMMITTEE, COMMUNE, PROPOSE, TODAY, TOWN
from support.exchange import Office

from engine.bundles import keys, making, signing
from engine.bundles.cover import summary
from engine.bundles.form import read, with_names
from engine.bundles.keyring import line_of, place
from engine.bundles.keys import Pair
from engine.bundles.making import Order
from engine.errors import InputError, NotPermittedError, StorageError
from engine.lifecycle.officers import Which

PASSPHRASE = "mật khẩu dài"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLB_HOME", str(tmp_path / "home"))


@pytest.fixture
def pair(here: Office, there: Office) -> Pair:
    """The key of the commune's association, registered by the province and known at both."""
    made = keys.make(ASSOCIATION, PASSPHRASE)
    register(there, ASSOCIATION, made.public)
    here.take(there.send())
    return made


def register(office: Office, officer: str, public: str) -> None:
    office.core.registry.officers.add_key(office.core.province, officer, public, None, by=ADMIN)


def signed(office: Office, pair: Pair, **wanted: object) -> Path:
    return office.send(pair=pair, sign=True, **wanted)


def test_a_key_is_opened_by_its_passphrase_only() -> None:
    made = keys.make(ASSOCIATION, PASSPHRASE)
    assert keys.load(ASSOCIATION, PASSPHRASE).public == made.public == line_of(ASSOCIATION)
    assert b"ENCRYPTED" in place(ASSOCIATION).read_bytes()
    with pytest.raises(InputError) as refused:
        keys.load(ASSOCIATION, "another one")
    assert refused.value.code == "CLB-KEY-PASSPHRASE"


def test_the_file_and_its_senders_own_steps_are_signed(
    here: Office, there: Office, pair: Pair
) -> None:
    here.core.walk([PROPOSE])
    taken = there.take(signed(here, pair))
    assert taken.warnings == ()
    found = signing.signed(there.core.registry)
    assert (found.counts, found.wrong) == ({ASSOCIATION: 4}, ())


def test_what_was_recorded_unsigned_is_signed_by_its_own_officer_who_has_seen_it(
    here: Office, pair: Pair
) -> None:
    here.core.walk([PROPOSE, APPROVE])
    order = Order(ASSOCIATION)
    found = making.pending(here.core.registry, order, pair)
    assert [(one.seq, one.step) for one in found] == [
        *((1, "open"), (2, "roster"), (3, "set_board"), (4, "propose"))
    ]
    assert here.make(pair=pair).signed == 0
    assert [here.make(pair=pair, sign=True).signed for _time in range(2)] == [4, 0]
    made = here.make()
    assert [one.signature is not None for one in made.bundle.lines] == [True] * 4 + [False]
    assert f"{COMMITTEE} 1" in made.cover


def test_a_signature_made_after_its_event_was_sent_follows_it(
    here: Office, there: Office, pair: Pair
) -> None:
    here.core.walk([PROPOSE])
    there.take(here.send())
    here.take(there.send())
    made = here.make(pair=pair, sign=True)
    taken = there.take(made.bundle)
    assert (taken.coming, taken.signed) == ((), 4)
    assert made.what == taken.what == "4 chữ ký đến sau"
    assert "Chữ ký đến sau: 4" in made.cover
    assert "trong 0 sự kiện" not in "".join(summary(made.bundle).values())
    assert signing.signed(there.core.registry).counts == {ASSOCIATION: 4}
    again = read(here.files[-1])
    assert (len(again.late), there.take(again).is_new) == (4, False)
    here.take(there.send())
    assert read(here.send()).late == ()


@pytest.mark.parametrize("change", ["signature", "officer"])
def test_a_forged_signature_of_what_is_here_is_refused_with_the_whole_file(
    here: Office, there: Office, pair: Pair, change: str
) -> None:
    here.core.walk([PROPOSE])
    there.take(here.send())
    here.take(there.send())
    here.core.walk([PROPOSE])
    bundle = read(signed(here, pair))
    first, *rest = bundle.late
    forged = {**first.signature, change: {"signature": "AAAA", "officer": COMMITTEE}[change]}
    before = there.heads()
    with pytest.raises(StorageError) as refused:
        there.take(replace(bundle, late=(replace(first, signature=forged), *rest)))
    assert refused.value.code == "CLB-BUNDLE-EVENT"
    assert there.heads() == before
    assert signing.signed(there.core.registry).counts == {}


def test_without_a_key_it_is_marked_as_asserted(here: Office, there: Office) -> None:
    here.core.walk([PROPOSE])
    (warning,) = there.take(here.send()).warnings
    assert "asserted" in warning or "tự khai" in warning


@pytest.mark.parametrize("what", ["file", "event"])
def test_a_signature_of_somebody_else_is_refused(
    here: Office, there: Office, pair: Pair, what: str
) -> None:
    here.core.walk([PROPOSE])
    bundle = read(signed(here, pair))
    stranger = replace(pair, signing=keys.make("x", PASSPHRASE).signing)
    if what == "file":
        forged = {**stranger.sign(keys.FILE, bundle.id), "key": pair.public}
        bundle = replace(bundle, signature=forged)
    else:
        first, *rest = bundle.lines
        forged = {**stranger.sign(keys.EVENT, first.hash), "key": pair.public}
        bundle = replace(bundle, lines=(replace(first, signature=forged), *rest))
    before = there.heads()
    with pytest.raises(StorageError):
        there.take(bundle)
    assert there.heads() == before


def test_a_key_that_was_ended_signs_nothing_from_that_day(
    here: Office, there: Office, pair: Pair
) -> None:
    there.core.registry.officers.end_key(there.core.province, ASSOCIATION, TODAY, by=ADMIN)
    here.core.walk([PROPOSE])
    with pytest.raises(StorageError) as refused:
        there.take(signed(here, pair))
    assert refused.value.code == "CLB-BUNDLE-EVENT"


def test_a_key_ends_with_its_officers_last_office_and_signs_for_no_later_one(
    there: Office, pair: Pair
) -> None:
    officers = there.core.registry.officers
    (held,) = (one for one in officers.everybody() if one.id == ASSOCIATION)
    officers.end(ASSOCIATION, Which(), TODAY, by=ADMIN, step="officer_remove")
    officers.add(replace(held, name="Người Khác", since=TODAY), by=ADMIN)
    (key,) = signing.registered(there.store, there.core.province)
    assert (key.public, key.until) == (pair.public, TODAY)
    assert not signing.counts([key], pair.sign_event("00"), TODAY)


def test_names_are_read_with_the_receivers_key_alone(
    here: Office, there: Office, pair: Pair
) -> None:
    club = here.core.walk([PROPOSE])
    town, other = keys.make(TOWN, PASSPHRASE), keys.make("other", PASSPHRASE)
    register(there, TOWN, town.public)
    here.take(there.send())
    file = here.send(names=True)
    bundle, data = read(file), file.read_bytes()
    assert bundle.names is None
    assert here.core.people[0].name.encode() not in data
    assert with_names(bundle, other).names is None
    assert there.take(bundle, dry_run=True).names == 0
    assert there.take(with_names(bundle, town)).names == len(here.core.people)
    assert there.core.club(club).commune == COMMUNE


def test_what_was_signed_is_checked_with_the_log(here: Office, pair: Pair) -> None:
    here.core.walk([PROPOSE])
    signed(here, pair)
    here.store.run("UPDATE signature SET seq = seq + 100 WHERE seq = 1")
    (fault,) = signing.signed(here.core.registry).wrong
    assert fault.seq == 101


def test_names_are_sent_by_those_alone_who_may_export_them(here: Office, there: Office) -> None:
    here.core.walk([PROPOSE])
    there.take(here.send(names=True))
    with pytest.raises(NotPermittedError):
        there.send(names=True, whole=True, officer=ADMIN)
