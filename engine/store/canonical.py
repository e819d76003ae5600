"""One spelling for every value, so that one body has one hash.

Keys sorted, no blanks, NFC, integers only, UTF-8.
"""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from json.encoder import encode_basestring
from typing import Any

from engine import codes
from engine.errors import InputError
from engine.i18n import _

GENESIS = ""
"""The previous hash of a stream's first event."""


def plain(value: Any) -> Any:
    """Return ``value`` as JSON knows it; text in NFC, dates in ISO.

    Raises ``InputError`` for a fraction: money and counts are whole.
    """
    kind = type(value)
    if kind is str:
        return unicodedata.normalize("NFC", value)
    if value is None or kind is int or kind is bool:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    raise InputError(
        _("“{value}” cannot be kept in the log.").format(value=value), code=codes.FORM_VALUE
    )


def dumps(value: Any) -> str:
    """Return the canonical JSON of a value that is plain already."""
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


quoted: Callable[[str], str] = encode_basestring
"""A text as it is spelled in canonical JSON."""


def digest(text: str) -> str:
    """Return the SHA-256 of a text, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
