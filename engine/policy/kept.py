"""A policy that has been read and checked, kept so that it need not be read and checked again."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.policy.make import policy_of
from engine.policy.model import Policy

DAY = "$day"


def pack(raw: Mapping[str, Any], digest: str) -> bytes:
    """Return the tables of a checked policy and its digest as bytes, with a sum over them."""
    body = json.dumps([digest, raw], default=_named, ensure_ascii=False, separators=(",", ":"))
    return f"{hashlib.sha256(body.encode()).hexdigest()}\n{body}".encode()


def unpack(data: bytes, *, origin: str) -> Policy | None:
    """Return the policy that was packed, ``None`` when the bytes are not what was packed."""
    total, _newline, body = data.partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != total:
        return None
    digest, raw = json.loads(body, object_hook=_restored)
    return policy_of(raw, digest=digest, origin=origin)


def _named(value: object) -> dict[str, str]:
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    raise TypeError(f"{type(value).__name__} cannot be kept")


def _restored(table: dict[str, Any]) -> Any:
    return date.fromisoformat(table[DAY]) if DAY in table else table
