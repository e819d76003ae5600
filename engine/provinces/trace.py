"""What ``CLB_TRACE_HOOKS`` shows: a line when a hook is called, and one with its answer and time.

Texts that a person typed into a form are left out of the line: a form about the board holds names.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from engine.errors import PluginError

if TYPE_CHECKING:
    from engine.provinces.discover import Plugin
    from engine.provinces.hookcalls import HookCall

LONGEST = 2000
REQUEST_ROOM = 800
PARTS: Mapping[str, tuple[str, ...]] = {
    "StepRequest": ("step", "on", "asking", "club", "officer", "form", "composition"),
    "StepDone": ("step", "seq", "on", "club", "findings"),
    "ReportsRequest": ("province", "on"),
    "ReportRequest": ("province", "report", "period"),
}
"""Which fields of a request are worth a line; the policy and the figures are not."""
_HARMLESS = re.compile(r"[0-9]{4}(H[12]|Q[1-4]|-[0-9]{2}-[0-9]{2})?|[a-z]+(_[a-z]+)*")
"""Days, periods and the ids of the schemas; anything else may be what somebody typed."""
_NAMED = re.compile(r"chair|vice|secretary|treasurer|member|signer|inspector|appraiser|donor")


def show(call: "HookCall", request: object, answer: "list[Any] | PluginError") -> None:
    """Write one line about a call to standard error."""
    print(line(call, request, answer), file=sys.stderr)


def show_begun(plugin: "Plugin", hook: str, request: object) -> None:
    """Write one line to standard error before a call: if it never ends, this is what is seen."""
    asked = _cut(_request(request), REQUEST_ROOM)
    begun = f"[hook] {plugin.province} {plugin} {hook} begins {asked}"
    print(_cut(" ".join(begun.split()), LONGEST), file=sys.stderr, flush=True)


def line(call: "HookCall", request: object, answer: "list[Any] | PluginError") -> str:
    """Return the line: province, plugin and version, hook, time, request, answer or failure."""
    head = f"{call.plugin.province} {call.plugin} {call.hook} {call.seconds * 1000:.1f} ms"
    if call.is_slow:
        head += " SLOW"
    if isinstance(answer, PluginError):
        cause = answer.__cause__
        outcome = f"! {type(cause).__name__}: {cause}" if cause else f"! {answer.message}"
    else:
        outcome = f"-> {_answer(answer)}"
    asked = _cut(_request(request), REQUEST_ROOM)
    return _cut(" ".join(f"[hook] {head} {asked} {outcome}".split()), LONGEST)


def _request(request: object) -> str:
    name = next(one.__name__ for one in type(request).__mro__ if not one.__name__.startswith("_"))
    fields = ", ".join(
        f"{part}={_value(getattr(request, part))}"
        for part in PARTS.get(name, ())
        if getattr(request, part) is not None
    )
    return f"{name}({fields})"


def _value(value: Any, name: str = "") -> str:
    """Return a value shortly: clubs, officers and reports by their ids."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key}: {_value(one, str(key))}" for key, one in value.items())
        return f"{{{inner}}}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(_value(one, name) for one in value)}]"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, str):
        harmless = _HARMLESS.fullmatch(value) and not _NAMED.search(name)
        return value if harmless else f"<{len(value)} characters>"
    if isinstance(value, date | int) or value is None:
        return str(value)
    if hasattr(value, "state"):
        return f"{value.id} {value.state.value} #{value.seq}"
    if hasattr(value, "members"):
        return f"{value.members} members"
    if hasattr(value, "level"):
        return str(value.code)
    return f"{value.id}" if hasattr(value, "id") else type(value).__name__


def _answer(answer: Iterable[Any]) -> str:
    """Return a hook's answers in the plugin's own words."""
    return f"[{', '.join(_fields(one) for one in answer)}]"


def _fields(one: Any) -> str:
    fields = [
        f"{name}={_own(getattr(one, name))}"
        for name in getattr(type(one), "__slots__", ())
        if getattr(one, name) not in (None, False)
    ]
    return f"{type(one).__name__}({', '.join(fields)})"


def _own(value: Any) -> str:
    return str(value.value) if isinstance(value, Enum) else repr(value)


def _cut(text: str, room: int) -> str:
    """Return a text of at most ``room`` signs, without those that would command a terminal."""
    text = "".join(filter(str.isprintable, text))
    return text if len(text) <= room else f"{text[: room - 1]}…"
