"""Province plugins written into a folder, as pip would have installed them."""

from pathlib import Path

POLICY = """
[province]
id = "{province}"
name = "Tỉnh thử {province}"
prefix = "{prefix}"
kind = "province"

[[document]]
id = "KH1"
number = "1/KH-UBND"
short = "KH 1/KH-UBND"
title = "Kế hoạch thử"
issuer = "UBND tỉnh thử"
issued = 2021-01-05
from = 2021-01-05
to = 2025-12-31

[[membership.size]]
value = {{ min = 2, max = 90 }}
source = "KH1, I.1"
"""


def write_plugin(
    folder: Path,
    province: str,
    *,
    init: str = '"""A province of data alone."""\n',
    policy: str | None = None,
    package: str | None = None,
    entry: str | None = None,
    name: str | None = None,
    version: str = "1.2.3",
    prefix: str = "TT",
) -> str:
    """Write a plugin's package and its metadata; return the package's name.

    ``policy=""`` leaves the policy file out.
    """
    package = package or f"clb_{province}"
    name = name or f"clb-{province.replace('_', '-')}"
    home = folder / package
    home.mkdir(parents=True)
    (home / "__init__.py").write_text(init, encoding="utf-8")
    text = POLICY.format(province=province, prefix=prefix) if policy is None else policy
    if text:
        (home / "policy.toml").write_text(text, encoding="utf-8")
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8"
    )
    (info / "entry_points.txt").write_text(
        f"[clb.provinces]\n{province} = {entry or package}\n", encoding="utf-8"
    )
    return package
