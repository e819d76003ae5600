"""The log of clubs as XES (IEEE 1849), which programs that study processes read."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TextIO
from xml.sax.saxutils import quoteattr

from engine.labels import step_name
from engine.model import Event

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
  <classifier name="Step" keys="concept:name"/>
"""
MIDNIGHT = "T00:00:00.000+07:00"
"""When an event happened is known to the day; days are those of Viet Nam."""


def write(out: TextIO, events: Iterable[Event]) -> int:
    """Write events, those of a club together and in order; a club is a trace. Returns how many.

    What concerns no club is left out. Names of members are in no event.
    """
    count = 0
    out.write(HEAD)
    for stream, own in groupby(events, key=lambda one: one.stream):
        if not stream.startswith("club:"):
            continue
        out.write("  <trace>\n")
        out.writelines(f"    {one}\n" for one in _text("concept:name", stream[5:]))
        for event in own:
            count += 1
            out.write("    <event>\n")
            out.writelines(f"      {one}\n" for one in _event(event))
            out.write("    </event>\n")
        out.write("  </trace>\n")
    out.write("</log>\n")
    return count


def _event(event: Event) -> Iterator[str]:
    yield from _text("concept:name", event.step)
    yield from _text("clb:title", step_name(event.step))
    yield f'<date key="time:timestamp" value="{event.on.isoformat()}{MIDNIGHT}"/>'
    yield f'<date key="clb:recorded_at" value="{event.recorded_at.removesuffix("Z")}.000+00:00"/>'
    yield from _text("org:resource", event.officer)
    if event.role is not None:
        yield from _text("org:role", event.role.value)
    if event.to_state is not None:
        yield from _text("clb:state", event.to_state.value)
    yield f'<int key="clb:seq" value="{event.seq}"/>'


def _text(key: str, value: str) -> Iterator[str]:
    yield f"<string key={quoteattr(key)} value={quoteattr(value)}/>"
