"""A file that was damaged, made up or sent to the wrong place is refused whole."""

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from support.core import ELSEWHERE, NEIGHBOUR_ASSOCIATION, PROPOSE
from support.exchange import Office, commune

from engine.bundles import form
from engine.bundles.form import Line, decode, encode, read
from engine.errors import ClbError
from engine.store.canonical import digest, dumps

pytestmark = pytest.mark.slow
Parts = dict[str, bytes]


@pytest.fixture
def file(here: Office) -> Path:
    """A file with one proposed club."""
    here.core.walk([PROPOSE])
    return here.send(names=True)


def refused(office: Office, data: bytes) -> str:
    """Return the code that a file is refused with, having seen that nothing changed."""
    before = office.heads(), office.store.rows("SELECT count(*) FROM personal")
    with pytest.raises(ClbError) as found:
        office.take(decode(data, "x.clbz"))
    assert (office.heads(), office.store.rows("SELECT count(*) FROM personal")) == before
    return str(found.value.code)


def packed(parts: Mapping[str, bytes]) -> bytes:
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return whole.getvalue()


def parts_of(file: Path) -> Parts:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_file_cut_off_anywhere_is_refused(there: Office, file: Path) -> None:
    data = file.read_bytes()
    for length in range(0, len(data) - 1, 97):
        assert refused(there, data[:length]) == "CLB-BUNDLE-FILE"


def test_a_changed_byte_is_refused_or_changes_nothing_that_counts(
    there: Office, file: Path
) -> None:
    data, whole = file.read_bytes(), read(file)
    for place in range(0, len(data), 41):
        changed = data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :]
        try:
            found = decode(changed, "x.clbz")
        except ClbError as error:
            assert error.code == "CLB-BUNDLE-FILE"  # noqa: PT017
        else:
            assert found == whole


def _path(parts: Parts) -> Parts:
    return {**parts, "../../evil": b"x"}


def _twice(parts: Parts) -> Parts:
    return {name: data.replace(b"}\n", b"}\n" * 2) for name, data in parts.items()}


def _event(parts: Parts) -> Parts:
    return {**parts, "events.jsonl": parts["events.jsonl"].replace(b"Khu", b"Xom")}


def _newer(parts: Parts) -> Parts:
    return {**parts, "bundle.json": parts["bundle.json"].replace(b'"v":1', b'"v":2')}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_path, "CLB-BUNDLE-FILE"),
        (_twice, "CLB-BUNDLE-FILE"),
        (_event, "CLB-BUNDLE-FILE"),
        (_newer, "CLB-BUNDLE-NEWER"),
    ],
    ids=["path", "twice", "event", "newer"],
)
def test_what_does_not_belong_there_is_refused(
    there: Office, file: Path, change: Callable[[Parts], Parts], code: str
) -> None:
    assert refused(there, packed(change(parts_of(file)))) == code


def test_a_bomb_is_refused_before_it_unpacks(
    there: Office, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form, "MOST_UNPACKED", 1_000_000)
    bomb = packed({**parts_of(file), "events.jsonl": bytes(50_000_000)})
    assert len(bomb) < 100_000
    assert refused(there, bomb) == "CLB-BUNDLE-FILE"


def rewritten(file: Path, change: Callable[[dict[str, Any]], None]) -> bytes:
    """Return a file in which somebody changed the club's last event, and made all digests anew."""
    bundle = read(file)
    *lines, last = bundle.lines
    body = json.loads(last.body)
    change(body)
    text = dumps(body)
    lines.append(Line(last.stream, last.seq, text, digest(text)))
    return encode(replace(bundle, lines=tuple(lines)), "")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("officer", "nobody", "CLB-BUNDLE-EVENT"),
        ("officer", NEIGHBOUR_ASSOCIATION, "CLB-BUNDLE-EVENT"),
        ("role", "admin", "CLB-BUNDLE-EVENT"),
        ("to", "launched", "CLB-BUNDLE-EVENT"),
        ("prev", "0" * 64, "CLB-BUNDLE-EVENT"),
        ("recorded_at", "2099-01-01T00:00:00Z", "CLB-BUNDLE-EVENT"),
    ],
)
def test_an_event_that_no_honest_program_records_is_refused(
    there: Office, file: Path, field: str, value: str, code: str
) -> None:
    assert refused(there, rewritten(file, lambda body: body.update({field: value}))) == code


def test_a_newer_plugin_is_refused_and_named(there: Office, file: Path) -> None:
    data = rewritten(file, lambda body: body["policy"].update(version="99.0"))
    assert refused(there, data) == "CLB-BUNDLE-POLICY"


def test_names_that_the_log_did_not_commit_to_are_refused(there: Office, file: Path) -> None:
    bundle = read(file)
    assert bundle.names is not None
    first, *rest = bundle.names
    other = replace(first, values=("Tên Khác", *first.values[1:]))
    data = encode(replace(bundle, names=(other, *rest)), "")
    assert refused(there, data) == "CLB-BUNDLE-NAMES"


def test_a_file_for_another_commune_is_refused(tmp_path: Path, there: Office, here: Office) -> None:
    club = here.core.walk([PROPOSE])
    there.take(here.send())
    other = commune(tmp_path / "other", there, ELSEWHERE)
    assert refused(other, there.send().read_bytes()) == "CLB-BUNDLE-FOREIGN"
    assert club not in str(other.heads())


def test_a_club_of_another_commune_is_refused(there: Office, file: Path) -> None:
    bundle = read(file)
    claimed = replace(bundle, sender=replace(bundle.sender, commune=ELSEWHERE))
    assert refused(there, encode(claimed, "")) == "CLB-BUNDLE-FOREIGN"


def test_another_commune_is_refused_even_where_nothing_is_new(there: Office, file: Path) -> None:
    bundle = read(file)
    there.take(bundle)
    before = there.store.rows("SELECT * FROM partner ORDER BY id")
    other = replace(bundle, sender=replace(bundle.sender, commune=ELSEWHERE))
    assert refused(there, encode(other, "")) == "CLB-BUNDLE-FOREIGN"
    assert there.store.rows("SELECT * FROM partner ORDER BY id") == before


def test_a_missing_part_is_named(here: Office, there: Office, file: Path) -> None:
    club = here.core.walk([PROPOSE])
    later = here.send(since=read(file), clubs=())
    lost = here.send(since=read(later))
    with pytest.raises(ClbError) as found:
        there.take(lost)
    assert found.value.code == "CLB-BUNDLE-GAP"
    assert club in found.value.message
