"""The line and the checkpoint of a seal are read back as they were written, and nothing else is."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.cli import noted_seal
from engine.errors import InputError
from engine.seals.checkpoint import Noted, checkpoint, line, parse, printed

PREFIXES = st.from_regex(r"[A-Z]{2,4}", fullmatch=True)
SIZES = st.integers(1, 10**11)
ROOTS = st.binary(min_size=32, max_size=32).map(bytes.hex)
ORIGINS = st.from_regex(r"clb-lien-the-he/[a-z_]{1,20}/[0-9A-Z]{8}", fullmatch=True)


def test_the_line_is_the_prefix_the_size_and_the_first_64_bits() -> None:
    root = "3f9a77c201de88b0" + "0" * 48
    assert line("BN", 2461, root) == "BN 2461 · 3f9a 77c2 01de 88b0"


def test_a_checkpoint_has_origin_size_and_root_in_base64_a_line_each() -> None:
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    noted = parse(text)
    assert (noted.origin, noted.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint("example.com/behind-the-sofa", noted.size, noted.root) == text


@given(prefix=PREFIXES, size=SIZES, root=ROOTS, between=st.sampled_from([" · ", " ", "  - ", "\n"]))
def test_a_line_is_read_back_however_it_is_spaced(
    prefix: str, size: int, root: str, between: str
) -> None:
    noted = Noted(size, root[:16], prefix=prefix)
    written = line(prefix, size, root)
    assert parse(written) == noted
    assert parse(written.replace(" · ", between).lower()) == noted
    assert parse(f"{prefix} {size} {root}") == Noted(size, root, prefix=prefix)
    assert printed(f"xyz: {written}, {written}.") == [noted]
    assert noted.fits(root)
    assert not noted.fits("g" + root[1:])


@given(origin=ORIGINS, size=SIZES, root=ROOTS)
def test_a_checkpoint_is_read_back(origin: str, size: int, root: str) -> None:
    assert parse(checkpoint(origin, size, root)) == Noted(size, root, origin=origin)


@given(text=st.text(max_size=60))
def test_any_other_text_is_refused_and_nothing_else_raised(text: str) -> None:
    try:
        noted = parse(text)
    except InputError as error:
        assert error.code == "CLB-SEAL-TEXT"  # noqa: PT017  (any text may be a seal by chance)
    else:
        assert noted.size >= 0


PIECES = st.sampled_from(
    [b"PK\x03\x04", b"{", b'{"seal": ', b"[]", b"<p>", b"\xff", b"BN 1 \xc2\xb7 ", b"3f9a ", b"\n"]
)
DATA = st.lists(st.one_of(PIECES, st.binary(max_size=8)), max_size=12).map(b"".join)


@pytest.mark.parametrize("name", ["r.docx", "r.xlsx", "r.json", "r.html", "r"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=DATA)
def test_any_file_is_read_or_refused_in_a_sentence(tmp_path: Path, name: str, data: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    try:
        found = noted_seal.read(str(file))
    except InputError as error:
        assert str(file) in error.message  # noqa: PT017
    else:
        assert found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=DATA, part=st.sampled_from(["word/footer1.xml", "word/document.xml"]))
def test_any_part_of_a_word_file_is_read_or_refused(tmp_path: Path, data: bytes, part: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, data)
    file = tmp_path / "r.docx"
    file.write_bytes(out.getvalue())
    try:
        assert noted_seal.read(str(file))
    except InputError as error:
        assert error.code == "CLB-SEAL-FILE"  # noqa: PT017
