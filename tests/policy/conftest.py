"""The four provinces' policies, read from their plugins with every check."""

from pathlib import Path

import pytest

from engine.policy import Policy, read_policy

ROOT = Path(__file__).parents[2]


def province(name: str) -> Policy:
    path = ROOT / "plugins" / name / f"clb_{name}" / "policy.toml"
    return read_policy(path.read_bytes(), origin=path.name)


@pytest.fixture(scope="session")
def bac_ninh() -> Policy:
    return province("bac_ninh")


@pytest.fixture(scope="session")
def hoa_binh() -> Policy:
    return province("hoa_binh")


@pytest.fixture(scope="session")
def hai_phong() -> Policy:
    return province("hai_phong")


@pytest.fixture(scope="session")
def ha_noi() -> Policy:
    return province("ha_noi")
