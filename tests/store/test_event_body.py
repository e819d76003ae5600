"""What an event is on disk: these keys, one spelling, a hash over it, a receipt, no person."""

import hashlib
import json
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.core import APPROVE, FITTING, PROVINCE, Core, codes, make_core, villagers
from support.province_plugin import province_of, stated

from engine import __version__
from engine.errors import InputError
from engine.store import codec, log, verify
from engine.store.canonical import digest, dumps, plain

KEYS = {
    "v",
    "stream",
    "seq",
    "step",
    "from",
    "to",
    "on",
    "recorded_at",
    "officer",
    "role",
    "form",
    "acknowledged",
    "effects",
    "policy",
    "engine",
    "prev",
}
COLUMNS = {
    "stream": "stream",
    "seq": "seq",
    "step": "step",
    "from_state": "from",
    "to_state": "to",
    "on_date": "on",
    "recorded_at": "recorded_at",
    "officer": "officer",
}
EFFECTS = {
    "fields",
    "opened",
    "closed",
    "reopened",
    "ledger",
    "roster",
    "board",
    "records",
    "voids",
    "amended",
}


def bodies(core: Core) -> list[tuple[dict[str, Any], str, str]]:
    rows = core.store.rows("SELECT body, hash FROM event ORDER BY stream, seq")
    return [(json.loads(body), body, hash_) for body, hash_ in rows]


def test_a_body_has_exactly_the_keys_of_the_design(busy: Core) -> None:
    assert {frozenset(body) for body, _text, _hash in bodies(busy)} == {frozenset(KEYS)}
    assert {body["v"] for body, _text, _hash in bodies(busy)} == {1}
    assert {body["engine"] for body, _text, _hash in bodies(busy)} == {__version__}


def test_every_kind_of_effect_is_in_these_logs_and_no_other(busy: Core) -> None:
    assert {name for body, _text, _hash in bodies(busy) for name in body["effects"]} == EFFECTS


def test_a_body_is_in_its_one_spelling(busy: Core) -> None:
    for body, text, _hash in bodies(busy):
        spelled = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert text == spelled
        assert text == unicodedata.normalize("NFC", text)


def test_a_body_holds_no_fraction(busy: Core) -> None:
    def refuse(number: str) -> Any:
        raise AssertionError(number)

    for _body, text, _hash in bodies(busy):
        json.loads(text, parse_float=refuse, parse_constant=refuse)


def test_the_hash_is_sha_256_over_the_text_and_binds_the_event_before(busy: Core) -> None:
    before: dict[str, str] = {}
    for body, text, hash_ in bodies(busy):
        assert hash_ == hashlib.sha256(text.encode()).hexdigest()
        assert body["prev"] == before.get(body["stream"], "")
        before[body["stream"]] = hash_
    assert len(before) == 5


def test_the_columns_next_to_a_body_are_copies_of_it(busy: Core) -> None:
    for column, key in COLUMNS.items():
        for value, text in busy.store.rows(f"SELECT {column}, body FROM event"):
            assert value == json.loads(text)[key]


def test_numbers_start_at_one_and_leave_none_out(busy: Core) -> None:
    streams: dict[str, list[int]] = {}
    for stream, seq in busy.store.rows("SELECT stream, seq FROM event ORDER BY stream, seq"):
        streams.setdefault(stream, []).append(seq)
    assert sorted(stream.partition(":")[0] for stream in streams) == [
        *["club"] * 3,
        "province",
        "seal",
    ]
    for numbers in streams.values():
        assert numbers == list(range(1, len(numbers) + 1))


def test_reading_a_body_back_gives_the_event_that_was_written(busy: Core) -> None:
    for body, text, hash_ in bodies(busy):
        event = codec.decode(text, hash_)
        assert codec.body(event) == body
        assert codec.seal(event) == (event, text)


def test_an_event_says_what_was_decided_by_whom_and_when(core: Core) -> None:
    club = core.bring("approved")
    found = json.loads(last_body(core, club))
    assert (found["step"], found["from"], found["to"]) == ("approve", "proposed", "approved")
    assert (found["officer"], found["role"]) == ("ubnd", "committee")
    assert found["on"] == APPROVE[1].isoformat()
    assert found["recorded_at"] == "2023-06-30T12:00:00Z"


def last_body(core: Core, club: str) -> str:
    sql = "SELECT body FROM event WHERE stream = ? ORDER BY seq DESC"
    row = core.store.row(sql, (f"club:{club}",))
    assert row is not None
    return str(row[0])


def test_text_typed_in_another_unicode_form_is_kept_in_nfc(core: Core) -> None:
    typed = unicodedata.normalize("NFD", "CLB Thôn Đoài")
    club = core.open(changes={"name": typed})
    assert "CLB Thôn Đoài" in last_body(core, club)
    assert core.club(club).name == "CLB Thôn Đoài"
    assert plain({typed: [typed]}) == {"CLB Thôn Đoài": ["CLB Thôn Đoài"]}


@pytest.mark.parametrize("fraction", [1.5, 1.0, 1e8])
def test_a_fraction_never_reaches_the_log(core: Core, fraction: float) -> None:
    club = core.bring("approved")
    error = core.refusal(club, "fund", date(2021, 11, 1), {"amount": fraction})
    assert error.exit_code == 2
    with pytest.raises(InputError):
        plain({"amount": fraction})


def test_a_receipt_names_the_plugin_its_version_and_the_digests_of_policy_and_code(
    core: Core,
) -> None:
    core.bring("approved")
    policy = core.registry.provinces.policy(PROVINCE)
    plugin = core.registry.provinces.plugin(PROVINCE)
    code = core.registry.provinces.receipt(PROVINCE).code
    assert code is not None
    receipts = {dumps(body["policy"]) for body, _text, _hash in bodies(core)}
    named = {"plugin": plugin.name, "version": plugin.version}
    assert receipts == {dumps({**named, "digest": policy.digest, "code": code})}


def test_a_receipt_distinguishes_one_policy_from_another_but_not_a_comment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = []
    texts = [
        stated("membership.size", "{ min = 50, max = 70 }"),
        "\n# một lời ghi chú\n" + stated("membership.size", "{ min = 50, max = 70 }"),
        stated("membership.size", "{ min = 50, max = 71 }"),
    ]
    for number, text in enumerate(texts):
        folder = tmp_path / str(number)
        folder.mkdir()
        core = make_core(
            str(folder / "a.sqlite3"), province_of(folder, monkeypatch, text), "tinh_thu"
        )
        core.open()
        digests.append(bodies(core)[0][0]["policy"]["digest"])
    assert digests[0] == digests[1] != digests[2]


def personal_words(core: Core) -> list[str]:
    """Return every name, number, phone, village and remark kept about anybody."""
    words = []
    for row in core.store.rows("SELECT name, id_number, phone, village, note FROM personal"):
        words += [word for word in row if word and word != "Khu phố Đông"]
    return words


def test_no_word_about_a_person_is_in_any_event(core: Core) -> None:
    core.people = villagers(70, 49, poor=20)
    club = core.bring("operating")
    outsider = {"chair": "Vũ Thị Ngoài Danh Sách", "treasurer": core.people[5].name}
    core.take(club, "change_board", date(2022, 6, 1), outsider)
    core.take(club, "erase", date(2022, 6, 2), {"member": core.people[8].name})
    words = [*personal_words(core), core.people[8].name]
    assert len(words) > 70
    assert "Vũ Thị Ngoài Danh Sách" in words
    log_text = "\n".join(text for _body, text, _hash in bodies(core))
    escaped = json.dumps(log_text)
    assert [word for word in words if word in log_text or json.dumps(word)[1:-1] in escaped] == []


def test_a_roster_change_holds_what_composition_needs_and_a_commitment(core: Core) -> None:
    club = core.bring("preparing")
    added = next(one for one in core.events(club) if one.step == "roster").effects.roster
    assert len(added) == len(FITTING)
    body = codec.effects_body(core.event(club, 2).effects)["roster"]
    allowed = {"op", "member", "sex", "born", "circumstance", "joined_on", "commit"}
    assert {name for one in body for name in one} <= allowed
    assert len({one["commit"] for one in body}) == len(FITTING)
    assert all(len(one["commit"]) == 64 for one in body)


def test_an_event_of_a_newer_format_is_not_read_as_if_it_were_known(core: Core) -> None:
    core.bring("preparing")
    body, _text, _hash = bodies(core)[0]
    text = dumps({**body, "v": 2})
    with pytest.raises(Exception, match="2") as caught:
        codec.decode(text, digest(text))
    assert getattr(caught.value, "code", "") == "CLB-EVENT-VERSION"
    assert getattr(caught.value, "exit_code", 0) == 5


def test_the_log_reads_back_in_order_of_streams(busy: Core) -> None:
    read = list(verify.streams(busy.store))
    names = [one.name for one in read]
    assert names == sorted(set(names))
    assert {one.province for one in read} == {PROVINCE}
    assert [one.head for one in read] == [log.read(busy.store, name)[-1].hash for name in names]


def test_a_refused_step_leaves_no_event(core: Core) -> None:
    club = core.bring("proposed")
    before = bodies(core)
    assert codes(core.refusal(club, "approve", date(2021, 9, 1), {"appraisal": None}))
    assert bodies(core) == before
