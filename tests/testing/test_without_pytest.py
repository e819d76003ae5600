"""The engine does not need pytest; only who asks for the kit is asked to install it."""

import subprocess
import sys

WITHOUT = """
import sys
sys.modules["pytest"] = None
import engine.testing
import engine.plugin_checks.checks
try:
    from engine.testing import ProvinceConformance
except ImportError as error:
    print(error)
"""


def test_the_kit_without_pytest_says_what_to_install() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().endswith("pip install 'clb-lien-the-he[testing]'.")
