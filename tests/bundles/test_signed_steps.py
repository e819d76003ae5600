"""A step is signed when it is taken; keys have days; a province may require signatures."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.core import (
    ADMIN,
    APPROVE,
    ASSOCIATION,
    COMMITTEE,
    PROPOSE,
    TODAY,
    TOWN,
    TRAIN,
    make_core,
)
from support.exchange import Office
from support.province_plugin import province_of, stated

from engine.bundles import keys, signing
from engine.bundles.form import read
from engine.bundles.keyring import Keyring
from engine.bundles.keys import Pair
from engine.errors import InputError, RefusedError, StorageError
from engine.scenario.world import open_world

PASSPHRASE = "mật khẩu dài"
LATER = timedelta(days=10)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLB_HOME", str(tmp_path / "home"))


def register(office: Office, officer: str, since: date | None = None) -> Pair:
    made = keys.make(officer, PASSPHRASE)
    office.core.registry.officers.add_key(
        office.core.province, officer, made.public, since, by=ADMIN
    )
    return made


def opened(office: Office, unlock: Callable[[str], Pair | None] | None = None) -> Keyring:
    """Return an office's ring, on which keys are opened with their passphrase."""
    ring = Keyring(office.core.registry, unlock or (lambda one: keys.load(one, PASSPHRASE)))
    office.store.signing = ring
    return ring


def signers(office: Office) -> dict[str, int]:
    found = signing.signed(office.core.registry)
    assert found.wrong == ()
    return dict(found.counts)


def test_each_officer_signs_what_they_record(there: Office) -> None:
    register(there, ASSOCIATION)
    register(there, COMMITTEE)
    opened(there)
    there.core.walk([PROPOSE, APPROVE])
    assert signers(there) == {ASSOCIATION: 4, COMMITTEE: 1}


def test_who_goes_on_without_is_not_signed_and_not_asked_again(there: Office) -> None:
    register(there, ASSOCIATION)
    asked = list[str]()
    opened(there, asked.append)
    there.core.walk([PROPOSE])
    assert (asked, signers(there)) == ([ASSOCIATION], {})


def test_nobody_is_asked_while_others_wait_for_the_lock(there: Office) -> None:
    register(there, ASSOCIATION)

    def unlock(officer: str) -> Pair:
        assert not there.store.database.in_transaction()
        return keys.load(officer, PASSPHRASE)

    opened(there, unlock)
    there.core.walk([PROPOSE])
    assert signers(there) == {ASSOCIATION: 4}


def test_a_wrong_passphrase_records_nothing(there: Office) -> None:
    register(there, ASSOCIATION)
    opened(there, lambda one: keys.load(one, "một mật khẩu khác"))
    before = there.heads()
    with pytest.raises(InputError):
        there.core.open()
    assert there.heads() == before


def test_what_the_administrator_records_is_signed_too(there: Office) -> None:
    register(there, ADMIN)
    opened(there)
    register(there, ASSOCIATION)
    assert signers(there) == {ADMIN: 1}


def test_who_signed_what_is_shown_with_days(there: Office) -> None:
    pair = register(there, ASSOCIATION)
    opened(there)
    club = there.core.walk([PROPOSE])
    (found,) = signing.signed(there.core.registry).by
    assert (found.officer, found.key.public, dict(found.events), found.first, found.last) == (
        *(ASSOCIATION, pair.public, {f"club:{club}": 4}),
        *(TODAY, TODAY),
    )


def test_what_was_signed_after_a_key_was_lost_counts_as_asserted(there: Office) -> None:
    register(there, ASSOCIATION)
    opened(there)
    there.core.walk([PROPOSE])
    there.core.clock.day += LATER
    province = there.core.province
    there.core.registry.officers.end_key(province, ASSOCIATION, TODAY, by=ADMIN)
    found = signing.signed(there.core.registry)
    assert (found.by, found.lapsed, found.wrong) == ((), {ASSOCIATION: 4}, ())
    assert found.unsigned == {}


def test_what_fits_no_event_is_wrong_under_a_lost_key_too(there: Office) -> None:
    register(there, ASSOCIATION)
    opened(there)
    there.core.walk([PROPOSE])
    there.core.clock.day += LATER
    province = there.core.province
    there.core.registry.officers.end_key(province, ASSOCIATION, TODAY, by=ADMIN)
    there.store.run("UPDATE signature SET signature = 'AAAA' WHERE seq = 2")
    found = signing.signed(there.core.registry)
    assert [one.seq for one in found.wrong] == [2]
    assert found.lapsed == {ASSOCIATION: 3}


def test_a_signature_that_is_removed_is_counted(there: Office) -> None:
    register(there, ASSOCIATION)
    opened(there)
    there.core.walk([PROPOSE])
    there.store.run("DELETE FROM signature WHERE seq = 2")
    found = signing.signed(there.core.registry)
    assert (found.unsigned, found.asked, found.wrong) == ({ASSOCIATION: 1}, 0, ())


def test_a_signature_of_a_lost_key_stops_no_file_once_its_end_is_known(
    here: Office, there: Office
) -> None:
    register(there, ASSOCIATION)
    here.take(there.send())
    opened(here)
    here.core.walk([PROPOSE])
    there.core.registry.officers.end_key(there.core.province, ASSOCIATION, TODAY, by=ADMIN)
    with pytest.raises(StorageError) as refused:
        there.take(here.send())
    (club,) = here.store.rows("SELECT name, id FROM club")
    assert f"của {club[0]} ({club[1]}) không khớp" in refused.value.message
    assert refused.value.help.startswith("Khóa này đã ngừng ở đây. Hãy gửi tệp của mình trước")
    here.take(there.send())
    file = here.send()
    assert [line.signature for line in read(file).lines] == [None] * 4
    there.take(file)
    new = register(there, ASSOCIATION, TODAY)
    here.take(there.send())
    here.make(pair=new, sign=True)
    assert signers(here) == {ASSOCIATION: 4}
    there.take(here.files[-1])
    assert signers(there) == {ASSOCIATION: 4}


def test_what_the_province_signed_with_a_lapsed_key_arrives_unsigned_and_is_signed_anew(
    here: Office, there: Office
) -> None:
    register(there, TOWN)
    opened(there)
    club = there.core.walk([PROPOSE, APPROVE])
    there.core.take(club, *TRAIN)
    there.core.registry.officers.end_key(there.core.province, TOWN, TODAY, by=ADMIN)
    ring = opened(there)
    assert (ring.needs(TOWN), ring.ended(TOWN)) == (False, TODAY)
    here.take(there.send())
    assert (signers(here), signing.signed(there.core.registry).lapsed) == ({}, {TOWN: 1})
    new = register(there, TOWN, TODAY)
    there.make(pair=new, sign=True)
    assert here.take(there.files[-1]).signed == 1
    assert signers(here) == signers(there) == {TOWN: 1}


def test_the_cover_counts_signatures_of_events_that_were_sent_before(
    here: Office, there: Office
) -> None:
    pair = register(there, ASSOCIATION)
    here.take(there.send())
    here.core.walk([PROPOSE])
    there.take(here.send())
    here.take(there.send())
    assert "Chữ ký đến sau: 4" in here.make(pair=pair, sign=True).cover


@pytest.fixture
def strict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office of a province that asks for signed steps."""
    provinces = province_of(tmp_path, monkeypatch, stated("setting.signed_steps", "true"))
    core = make_core(str(tmp_path / "clb.sqlite3"), provinces, "tinh_thu")
    return Office(core, tmp_path)


def test_invented_officers_are_asked_for_no_key(strict: Office, tmp_path: Path) -> None:
    with open_world(tmp_path, "tinh_thu", TODAY, provinces=strict.core.registry.provinces) as world:
        assert world.open(TODAY)


def test_where_the_province_asks_for_it_an_unsigned_step_is_refused(strict: Office) -> None:
    with pytest.raises(RefusedError) as refused:
        strict.core.open()
    assert "CLB-SIGNATURE-MISSING" in {one.code for one in refused.value.findings}
    register(strict, ASSOCIATION)
    opened(strict, lambda _one: None)
    with pytest.raises(RefusedError):
        strict.core.open()
    opened(strict)
    assert strict.core.club(strict.core.open()).province == "tinh_thu"


def test_before_that_day_nothing_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = stated("setting.signed_steps", "true") + f"from = {TODAY + LATER}\n"
    provinces = province_of(tmp_path, monkeypatch, later)
    core = make_core(str(tmp_path / "clb.sqlite3"), provinces, "tinh_thu")
    core.open()
    core.clock.day = TODAY + LATER
    with pytest.raises(RefusedError):
        core.open()


def test_what_is_shown_and_not_recorded_needs_no_signature(strict: Office) -> None:
    register(strict, ASSOCIATION)
    opened(strict)
    club = strict.core.open()
    strict.core.life.require_may(club, "export", officer=COMMITTEE)


def test_whoever_has_a_key_sees_that_the_step_is_open(strict: Office) -> None:
    register(strict, ASSOCIATION)
    opened(strict)
    club = strict.core.open()
    codes = {
        who: {one.code for one in found.findings}
        for who in (ASSOCIATION, COMMITTEE)
        for found in strict.core.life.check(club, "meeting", officer=who)
    }
    assert "CLB-SIGNATURE-MISSING" not in codes[ASSOCIATION]
    assert "CLB-SIGNATURE-MISSING" in codes[COMMITTEE]
