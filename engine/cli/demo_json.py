"""``clb demo --json``: one document, its parts shaped as the commands that show them do."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from engine.cli.context import findings
from engine.cli.due import as_json
from engine.scenario.played import Refusal
from engine.scenario.questions import Answer
from engine.scenario.reading import ClubFacts, GroupFacts, ProvinceFacts
from engine.scenario.tour import Failure, Tour

if TYPE_CHECKING:
    from engine.cli.demo_files import Written


def document(done: Tour, written: "Written | None") -> dict[str, Any]:
    """Return everything that was played, as the command line's schema has it."""
    return {
        "database": str(done.database),
        "provinces": [
            *(_province(one) for one in done.provinces),
            *(_failed(one) for one in done.failures),
        ],
        "silent": list(done.silent),
        "refusals": [_refusal(one) for facts in done.provinces for one in facts.refusals],
        "acknowledged": [
            one for facts in done.provinces for club in facts.clubs for one in _acknowledged(club)
        ],
        "answers": [_answer(one) for facts in done.provinces for one in facts.answers],
        "files": _files(written),
        "warnings": [*done.warnings, *(written.warnings if written else ())],
        "audit": {"ok": done.log.ok, "events": done.log.events, "head": done.log.head},
    }


def nothing() -> dict[str, Any]:
    """Return the document for a machine without any province."""
    lists = ("provinces", "silent", "refusals", "acknowledged", "answers", "files", "warnings")
    return {"database": None, **{name: [] for name in lists}, "audit": None}


def _files(written: "Written | None") -> list[dict[str, Any]]:
    return [
        {
            "province": one.province,
            "kind": one.kind,
            "id": one.id,
            "period": one.period,
            "format": one.format,
            "file": str(one.path),
        }
        for one in (written.files if written else ())
    ]


def _province(facts: ProvinceFacts) -> dict[str, Any]:
    received = facts.received
    return {
        "province": facts.province,
        "name": facts.name,
        "plugin": facts.plugin.name,
        "version": facts.plugin.version,
        "status": "ok",
        "error": None,
        "asked_on": facts.asked_on,
        "notes": list(facts.notes),
        "groups": [_group(one) for one in facts.groups],
        "money": {
            "total": received.total,
            "grants": received.grants,
            "by_year": received.by_year,
            "by_source": received.by_source,
            "by_donor": received.by_donor,
        },
        "progress": [row.data() for row in facts.progress],
        "due": [as_json(one, facts.asked_on) for one in facts.due],
    }


def _failed(one: Failure) -> dict[str, Any]:
    error = one.error
    return {
        "province": one.province,
        "name": one.name,
        "plugin": one.plugin,
        "version": one.version,
        "status": "error",
        "error": {"code": error.code, "message": error.message, "help": error.help},
    }


def _group(group: GroupFacts) -> dict[str, Any]:
    return {"title": group.title, "clubs": [_club(one) for one in group.clubs]}


def _club(one: ClubFacts) -> dict[str, Any]:
    return {
        "club": one.club,
        "name": one.name,
        "commune": one.commune,
        "village": one.village,
        "state": one.state,
        "opened_on": one.opened_on,
        "decided_on": one.decided_on,
        "launched_on": one.launched_on,
        "members": one.members,
        "women": one.women,
        "elderly": one.elderly,
        "young": one.young,
        "poor": one.poor,
        "funds": one.funds,
        "granted": one.granted,
        "steps": one.steps,
    }


def _refusal(one: Refusal) -> dict[str, Any]:
    return {
        "province": one.province,
        "club": one.club,
        "step": one.step,
        "on": one.on,
        "officer": one.officer.id,
        "exit_code": one.exit_code,
        "code": one.code,
        "message": one.message,
        "findings": findings(one.findings),
    }


def _acknowledged(club: ClubFacts) -> Iterator[dict[str, Any]]:
    for moment in club.history:
        for one in moment.acknowledged:
            said = [finding for finding in moment.findings if finding.code == one.code]
            yield {
                "club": club.club,
                "seq": moment.seq,
                "step": moment.step,
                "on": moment.on,
                "code": one.code,
                "reason": one.reason,
                "findings": findings(said),
            }


def _answer(one: Answer) -> dict[str, Any]:
    return {
        "question": one.question,
        "province": one.province,
        "key": one.key,
        "value": one.value,
        "text": one.text,
        "status": one.status,
        "source": one.source,
        "from": one.start,
        "to": one.end,
        "general": one.general,
    }
