"""A folder that installs the program without a network: ``python -m tools.offline FOLDER``.

For a commune whose computer has no internet: every wheel for one version of Python and one system,
with the digests it must have, a list of checksums, and a script to double-click (``cai-dat.bat``)
or to run (``cai-dat.sh``). Made on a computer with a network, carried over on a USB stick.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCKED = "requirements-locked.txt"
SYSTEMS = {
    "windows": ("win_amd64",),
    "linux": ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
    "mac": ("macosx_11_0_arm64",),
}
OWN = (".", "plugins/bac_ninh", "plugins/hai_phong", "plugins/ha_noi", "plugins/hoa_binh")

WINDOWS = """\
@echo off
chcp 65001 > nul
cd /d "%~dp0"
set "NOI=%~1"
if "%NOI%"=="" set "NOI=%LOCALAPPDATA%\\clb"
set "PIP_NO_INDEX=1"
set "PIP_FIND_LINKS=wheels"
py -{python} -m venv "%NOI%" || goto python
"%NOI%\\Scripts\\python" -m pip install --require-hashes -r {locked} || goto loi
"%NOI%\\Scripts\\python" -m pip install --no-deps {own} || goto loi
"%NOI%\\Scripts\\clb" --version || goto loi
echo Đã cài xong. Chạy: "%NOI%\\Scripts\\clb"
pause
exit /b 0
:python
echo Chưa có Python {python}. Cài Python (python.org, bản 64 bit) rồi chạy lại.
pause
exit /b 1
:loi
echo Chưa cài được. Chép lại thư mục này rồi chạy lại.
echo Nếu vẫn lỗi, gửi nội dung cửa sổ này cho quản trị.
pause
exit /b 1
"""
POSIX = """\
#!/bin/sh
# Cài chương trình từ thư mục này, không cần mạng: sh cai-dat.sh [THƯ-MỤC]
set -eu
cd "$(dirname "$0")"
noi=${{1:-$HOME/clb}}
python{python} -m venv "$noi"
export PIP_NO_INDEX=1 PIP_FIND_LINKS=wheels
"$noi/bin/python" -m pip install --require-hashes -r {locked}
"$noi/bin/python" -m pip install --no-deps {own}
"$noi/bin/clb" --version
echo "Đã cài xong. Chạy: $noi/bin/clb"
"""
READ_FIRST = """\
Thư mục này cài chương trình quản lý câu lạc bộ liên thế hệ mà không cần mạng.

1. Máy cần có Python {python} (python.org, bản 64 bit).
2. Windows: bấm đúp cai-dat.bat. Máy khác: sh cai-dat.sh
3. Tệp SHA256SUMS ghi mã kiểm tra của từng tệp: chép qua USB mà hỏng thì lúc cài máy báo ngay.
"""


def main(arguments: list[str] | None = None) -> int:
    """Write the folder that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tools.offline", description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder that is not there yet")
    parser.add_argument("--python", default=f"{sys.version_info.major}.{sys.version_info.minor}")
    parser.add_argument("--system", choices=sorted(SYSTEMS), default="windows")
    given = parser.parse_args(arguments)
    if given.folder.exists():
        parser.error(f"{given.folder} is there already")
    make(given.folder, given.python, given.system)
    print(f"written: {given.folder}")
    return 0


def make(folder: Path, python: str, system: str) -> None:
    """Write the folder for a version of Python and a system. Raises CalledProcessError."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="clb-offline-") as built:
        for place in OWN:
            pip("wheel", "--no-deps", "--wheel-dir", built, str(ROOT / place))
        own = sorted(shutil.copy(one, wheels) for one in Path(built).glob("*.whl"))
    platforms = [word for one in SYSTEMS[system] for word in ("--platform", one)]
    pip(
        *("download", "--no-deps", "--only-binary", ":all:", "--require-hashes"),
        *("--python-version", python, "--implementation", "cp", *platforms),
        *("--dest", str(wheels), "-r", str(ROOT / LOCKED)),
    )
    shutil.copy(ROOT / LOCKED, folder)
    names = [f"wheels/{Path(one).name}" for one in own]
    write(
        folder / "cai-dat.bat", WINDOWS, python, [one.replace("/", "\\") for one in names], "\r\n"
    )
    write(folder / "cai-dat.sh", POSIX, python, names, "\n")
    write(folder / "DOC-TRUOC.txt", READ_FIRST, python, names, "\r\n")
    files = sorted(one for one in folder.rglob("*") if one.is_file())
    sums = (
        f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.relative_to(folder).as_posix()}\n"
        for one in files
    )
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")


def write(path: Path, text: str, python: str, own: list[str], newline: str) -> None:
    """Write a file of the folder in the line ends of the system that reads it."""
    filled = text.format(python=python, own=" ".join(own), locked=LOCKED)
    path.write_text(filled, encoding="utf-8", newline=newline)


def pip(*arguments: str) -> None:
    """Run pip of this environment. Raises CalledProcessError."""
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *arguments], check=True)


if __name__ == "__main__":
    sys.exit(main())
