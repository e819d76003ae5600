"""Keys are made, registered and ended at the desk."""

from pathlib import Path

import pytest
from support.core import ADMIN, ASSOCIATION, BAC_NINH, TODAY
from support.desk import Sitting, at_desk
from support.exchange import at_the_province

from engine.bundles import signing
from engine.bundles.keyring import line_of

pytestmark = pytest.mark.slow
PASSPHRASE = "mat khau dai"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLB_HOME", str(tmp_path / "home"))


def test_a_key_is_made_registered_and_ended(tmp_path: Path) -> None:
    there = at_the_province(tmp_path / "province")

    async def make(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f6")
        await me.sees("F7 Khóa ký")
        await me.press("f7")
        await me.sees("Máy này chưa có khóa của ông/bà")
        await me.press("f2")
        await me.sees("Khóa riêng của ông/bà")
        await me.type(PASSPHRASE)
        await me.press("enter")
        await me.type("khác")
        await me.press("enter", "enter")
        await me.sees("Hai lần gõ không giống nhau")
        await me.press("up")
        await me.press("end", "ctrl+u")
        await me.type(PASSPHRASE)
        await me.press("enter", "enter")
        await me.sees("Dòng gửi quản trị để đăng ký", f"{ASSOCIATION} clb1-")
        await me.press("enter")
        await me.sees("Khóa của ông/bà chưa đăng ký")

    at_desk(there.core, ASSOCIATION, make)
    sent = f"{ASSOCIATION} {line_of(ASSOCIATION)}"

    async def register(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f6")
        await me.sees("F7 Khóa ký")
        await me.press("f7")
        await me.sees("Khóa ký", "F4 Đăng ký khóa")
        await me.press("f4")
        await me.sees("Dòng cán bộ gửi")
        await me.type(sent)
        await me.press("enter", "enter", "enter")
        await me.sees("Đã ghi", f"({ASSOCIATION})")
        await me.press("f8")
        await me.sees(f"Ngừng khóa của {ASSOCIATION}")
        await me.press("enter", "enter")
        await me.sees("Đã ghi", f"({ASSOCIATION})")

    at_desk(there.core, ADMIN, register)
    (key,) = signing.registered(there.store, BAC_NINH)
    assert (key.officer, key.public, key.until) == (ASSOCIATION, line_of(ASSOCIATION), TODAY)
