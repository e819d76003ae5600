"""What an officer answered once about words for households (diện hộ), kept for the province.

They are in a file of this user's own folder: words and their meanings, nothing about people.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from engine.files import replacing
from engine.roster.doubts import HOUSEHOLD, household_choices
from engine.user_dir import PRIVATE_FOLDER, user_dir

FILE = "household-words.json"


def known(province: str) -> dict[str, str]:
    """Return the answers there are for a province, by the key of their question."""
    kept = _read().get(province)
    allowed = dict(household_choices())
    return {
        key: value
        for key, value in (kept if isinstance(kept, dict) else {}).items()
        if isinstance(key, str) and key.startswith(HOUSEHOLD) and value in allowed
    }


def keep(province: str, answers: Mapping[str, str]) -> None:
    """Keep the answers about households for a province. Raises ``ClbError``."""
    found = {key: value for key, value in answers.items() if key.startswith(HOUSEHOLD)}
    if not found or found.items() <= known(province).items():
        return
    kept = {**_read(), province: {**known(province), **found}}
    os.makedirs(user_dir(), PRIVATE_FOLDER, exist_ok=True)
    with replacing(Path(user_dir(), FILE)) as new:
        new.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")


def _read() -> dict[str, object]:
    """Return the file's content; a file that is not there or no such file is empty."""
    try:
        kept = json.loads(Path(user_dir(), FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
