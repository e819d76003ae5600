"""Encrypted connections to a server (TLS): taken where all is right, else refused in a sentence."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from psycopg import OperationalError
from support.core import make_core
from support.keeper import Keeper
from support.needs import absent

from engine.errors import ClbError
from engine.store.database import connect
from engine.store.failures import failure
from engine.store.url import parse
from tools import postgresql

pytestmark = pytest.mark.postgresql

NEW_KEY = ("req", "-newkey", "rsa:2048", "-nodes")
NAMED = "subjectAltName=DNS:localhost"


def openssl(folder: Path, *words: str) -> None:
    done = subprocess.run(["openssl", *words], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def encrypting() -> Iterator[tuple[str, Path]]:
    """A server that takes encrypted connections only; its address, the folder of certificates."""
    found = postgresql.programs()
    absent([] if found else [f"a PostgreSQL server ({postgresql.PACKAGES})"])
    absent([] if shutil.which("openssl") else ["openssl (Debian: openssl)"])
    assert found is not None
    with tempfile.TemporaryDirectory() as name, socket.create_server(("127.0.0.1", 0)) as free:
        folder = Path(name)
        for ours in ("ca", "other"):  # as docs/quan-tri/07-postgresql.md has it
            made = ("-x509", "-days", "30", "-subj", f"/CN={ours}")
            openssl(folder, *NEW_KEY, *made, "-keyout", f"{ours}.key", "-out", f"{ours}.pem")
        asked = ("-subj", "/CN=localhost", "-addext", NAMED)
        openssl(folder, *NEW_KEY, *asked, "-keyout", "server.key", "-out", "server.csr")
        signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30")
        given = ("-in", "server.csr", "-out", "server.pem", "-copy_extensions", "copy")
        openssl(folder, "x509", "-req", *signed, *given)
        port = str(free.getsockname()[1])
        free.close()
        settings = {
            **postgresql.QUICK,
            "listen_addresses": "127.0.0.1",
            "port": port,
            "ssl": "on",
            **{f"ssl_{what}_file": str(folder / f"server.{end}") for what, end in FILES.items()},
        }
        server = postgresql.Server(folder, found, settings)
        if server.account is not None:
            os.chown(folder / "server.key", *server.account)
        server.start()
        try:
            server.create("clb_tls")
            rules = "local all all trust\nhostssl all all 127.0.0.1/32 trust\n"
            (folder / "data" / "pg_hba.conf").write_text(rules, encoding="ascii")
            server.execute("SELECT pg_reload_conf()")
            yield f"postgresql://clb@localhost:{port}/clb_tls", folder
        finally:
            server.stop()


FILES = {"cert": "pem", "key": "key"}


def test_a_certificate_and_its_name_are_checked(encrypting: tuple[str, Path]) -> None:
    url, folder = encrypting
    right = f"{url}?sslmode=verify-full&sslrootcert={folder}/ca.pem"
    make_core(right).store.close()
    with closing(connect(parse(right))) as store:
        assert store.transport() == (True, True)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (
            ("127.0.0.1", "verify-full", "ca.pem"),
            "chứng thư của máy chủ cấp cho localhost, còn địa chỉ ghi 127.0.0.1",
        ),
        (("localhost", "verify-full", "other.pem"), "không do nơi ghi trong “sslrootcert” cấp"),
        (("localhost", "verify-full", "nowhere.pem"), "không có tệp chứng thư"),
        (("localhost", "verify-full", "server.key"), "không phải là chứng thư"),
        (("localhost", "disable", "ca.pem"), "máy chủ chỉ nhận kết nối có mã hóa"),
        (("localhost", "verify", "ca.pem"), "không có sslmode=verify"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    encrypting: tuple[str, Path], address: tuple[str, str, str], reason: str
) -> None:
    url, folder = encrypting
    host, mode, file = address
    asked = f"{url.replace('localhost', host)}?sslmode={mode}&sslrootcert={folder}/{file}"
    with pytest.raises(ClbError) as refused:
        connect(parse(asked))
    assert refused.value.code == "CLB-DATABASE-TLS"
    assert reason in refused.value.message
    assert refused.value.help


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("server does not support SSL, but SSL was required", "CLB-DATABASE-TLS"),
        ("consuming input failed: SSL SYSCALL error: EOF detected", "CLB-DATABASE-UNREACHABLE"),
        ("SSL error: unexpected eof while reading", "CLB-DATABASE-UNREACHABLE"),
        ("SSL connection has been closed unexpectedly", "CLB-DATABASE-UNREACHABLE"),
    ],
)
def test_a_line_that_was_cut_is_not_one_that_was_refused(words: str, code: str) -> None:
    assert failure(parse("postgresql://clb@h/clb"), OperationalError(words)).code == code


def test_doctor_says_whether_it_is_encrypted(
    encrypting: tuple[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    url, folder = encrypting
    keeper = Keeper(tmp_path, monkeypatch, capsys)
    monkeypatch.setenv("CLB_DATABASE", f"{url}?sslmode=verify-full&sslrootcert={folder / 'ca.pem'}")
    keeper.run("db", "init")
    found = {one["check"]: one for one in keeper.run("doctor", "--json").data}
    assert found["tls"]["message"] == "The connection is encrypted (TLS)."
