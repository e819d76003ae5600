"""What a province's plugin adds to a report: asked for, held against the promise, timed.

A section that fails costs itself, a hook that fails its own sections; the report names it.
"""

import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from engine.errors import PluginError
from engine.frozen import FrozenMap, freeze
from engine.i18n import _
from engine.policy.effective import Rules
from engine.provinces.hookcalls import isolated
from engine.provinces.hookspecs import ReportRequest, ReportSection, ReportSpec
from engine.reports import deadlines
from engine.reports.deadlines import ReportRule
from engine.rules.calendar import Period

if TYPE_CHECKING:
    from engine.provinces.discover import Plugin
    from engine.provinces.load import Provinces

SLOW_SECONDS = 2
"""A plugin that takes longer for its sections is named."""
LARGEST = 2**63
"""A section's whole numbers stay below it, as in every database and workbook."""


@dataclass(slots=True)
class Sections:
    """What the plugin added, section by section, and what failed."""

    good: list[dict[str, Any]] = field(default_factory=list)
    slow: list[dict[str, Any]] = field(default_factory=list)
    failed: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    seconds: float = 0.0


def added_by_plugin(
    provinces: "Provinces",
    province: str,
    rule: ReportRule,
    span: Period,
    rules: Rules,
    figures: dict[str, Any],
) -> Sections:
    """Ask the plugin for its sections; one that fails costs itself, a hook that fails its own."""
    spec = ReportSpec(
        rule.id,
        rule.title,
        rule.cycle,
        rule.source or "",
        rule.before,
        tuple(str(one) for one in deadlines.recipients(rules.policy, rule, span.end)),
    )
    frozen = freeze(figures)
    assert isinstance(frozen, FrozenMap)
    request = ReportRequest(province, spec, span.id, span.start, span.end, rules, frozen)
    found, plugin = Sections(), provinces.plugin(province)
    started = time.perf_counter()
    try:
        answers = provinces.build_report(province, request)
    except PluginError as error:
        found.failed.append(_failure(None, plugin, error))
        answers = ()
    for section in answers:
        try:
            found.good.append(isolated(plugin, "clb_build_report", partial(_section, section)))
        except PluginError as error:
            found.failed.append(_failure(section.title, plugin, error))
    found.seconds = time.perf_counter() - started
    found.warnings += [one["message"] for one in found.failed]
    if found.seconds > SLOW_SECONDS:
        found.slow.append({"plugin": str(plugin), "limit_seconds": SLOW_SECONDS})
        found.warnings.append(
            _("The plugin {plugin} took {seconds} seconds for its sections.").format(
                plugin=plugin, seconds=round(found.seconds, 1)
            )
        )
    return found


def _failure(title: object, plugin: "Plugin", error: PluginError) -> dict[str, Any]:
    """Return a failure as the report has it, in letters that can be written to a file."""
    named = _written(title) if isinstance(title, str) else None
    return {"title": named or None, "plugin": str(plugin), "message": _written(error.message)}


def _written(text: str) -> str:
    return text.encode(errors="replace").decode()


def _section(section: ReportSection) -> dict[str, Any]:
    """Return a plugin's section as a table. Raises ``ValueError`` where it is none."""
    headings = list(section.headings)
    rows = [list(row) for row in section.rows]
    texts = [section.title, *headings, *([] if section.source is None else [section.source])]
    if not all(isinstance(text, str) for text in texts) or not section.title.strip():
        raise ValueError(_("its title, headings and source must be texts"))
    for number, row in enumerate(rows, start=1):
        if len(row) != len(headings):
            raise ValueError(
                _("row {row} has {found} cells, not {expected}").format(
                    row=number, found=len(row), expected=len(headings)
                )
            )
        if any(isinstance(cell, bool) or not isinstance(cell, str | int | None) for cell in row):
            raise ValueError(_("row {row} holds neither text nor whole number").format(row=number))
        if any(isinstance(cell, int) and abs(cell) >= LARGEST for cell in row):
            raise ValueError(_("row {row} holds a number that is too large").format(row=number))
    # Half a character, which Python allows, can be written to no file.
    for text in (*texts, *(cell for row in rows for cell in row if isinstance(cell, str))):
        text.encode()
    return {
        "title": section.title,
        "headings": headings,
        "rows": rows,
        "source": section.source or None,
    }
