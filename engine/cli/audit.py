"""``clb audit``: verify that the log holds what was recorded."""

from collections.abc import Iterator

import click

from engine import codes
from engine.cli.context import Context, pass_context
from engine.errors import UnknownError
from engine.i18n import _
from engine.labels import step_name
from engine.model import Event
from engine.vietnamese.text import dmy

BROKEN = 5


@click.group(help=_("Check the event log."))
def audit() -> None:
    """Hold the commands about the log."""


@audit.command(help=_("Walk every chain and name the first event that does not fit."))
@pass_context
def verify(context: Context) -> int:
    """Verify the log and the personal data."""
    from engine.lifecycle import upkeep

    health = upkeep.verify_log(context.registry.store)
    if health.ok:
        context.answer({"ok": True, "events": health.events}, lambda: _whole(health.events))
        return 0
    first = health.faults[0]
    context.answer(
        {
            "ok": False,
            "stream": first.stream,
            "seq": first.seq or None,
            "reason": first.reason,
        },
        lambda: [
            _("✗ {stream}, event {seq}: {reason}.").format(
                stream=first.stream, seq=first.seq or "-", reason=first.reason
            ),
            _("The log was changed outside this program."),
        ],
    )
    context.message(_("  → All faults: clb db check. Bring back a backup: clb db restore FILE."))
    return BROKEN


def _whole(events: int) -> list[str]:
    return [
        _("✓ The log is whole. Events: {count}").format(count=events),
        _(
            "  Whether events were cut off at the end or a whole club taken out, only a head "
            "noted elsewhere shows: clb audit head."
        ),
    ]


@audit.command(help=_("Every event of a club as it was sealed, with its hash."))
@click.argument("named", metavar="CLUB")
@pass_context
def show(context: Context, named: str) -> None:
    """Show a club's events; ``province:ID`` shows a province's own."""
    from engine.reports import events as log

    if named.startswith("province:"):
        found = log.read(context.registry.store, named)
        if not found:
            raise UnknownError(
                _("Nothing is recorded for {stream}.").format(stream=named),
                code=codes.STREAM_UNKNOWN,
                help="clb province list",
            )
    else:
        from engine.cli.club import club_id

        found = log.read(context.registry.store, f"club:{club_id(context, named)}")
    context.answer([log.sealed(one) for one in found], lambda: _show_text(found))


def _show_text(found: list[Event]) -> Iterator[str]:
    for one in found:
        yield f"{one.seq:>3}  {dmy(one.on)}  {step_name(one.step)} ({one.officer}, {one.role})"
        yield _("       recorded at {moment}").format(moment=one.recorded_at)
        if one.policy is not None:
            yield _("       decided by {plugin} {version}, policy {digest}").format(
                plugin=one.policy.plugin, version=one.policy.version, digest=one.policy.digest[:16]
            )
        yield f"       prev {one.prev or '-'}"
        yield f"       hash {one.hash}"


@audit.command(help=_("One line that stands for the whole log, to be noted elsewhere."))
@pass_context
def head(context: Context) -> None:
    """Show the head of the log."""
    from engine.reports import events as log

    digest, count = log.head(context.registry.store)
    context.answer(
        {"head": digest, "events": count},
        lambda: [
            digest,
            _("Events: {count}").format(count=count),
            _(
                "Note this line and the number outside this computer, for example in the "
                "minutes. Later, with the same number of events, another line means that the log "
                "was changed; fewer events mean that some were cut off."
            ),
        ],
    )
