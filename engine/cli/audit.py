"""``clb audit``: verify that the log holds what was recorded."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine import codes
from engine.cli.command import group
from engine.cli.context import Context, day, pass_context, sealed_row
from engine.cli.files import PATH
from engine.cli.typed import OF_PROVINCE, PROVINCE
from engine.errors import InputError, UnknownError
from engine.files import replacing, write_file
from engine.i18n import _
from engine.labels import role_name, step_name
from engine.model import Event
from engine.seals.checkpoint import line
from engine.vietnamese.text import dmy, number

if TYPE_CHECKING:
    from engine.bundles.signing import Signatures, Signed
    from engine.lifecycle.sealing import Sealed
    from engine.reports.seals import Held

BROKEN = 5
NOTED = _(
    "A seal noted elsewhere, or a report, checkpoint or backup that has one: is all of it still "
    "there word for word?"
)


@group(help=_("Check the event log."))
def audit() -> None:
    """Hold the commands about the log."""


@audit.command(
    help=_("Walk every chain and every seal, and name the first event that does not fit.")
)
@click.option("--seal", "noted", default=None, metavar="LINE|FILE", help=NOTED)
@pass_context
def verify(context: Context, noted: str | None) -> int:
    """Verify the log, its seals and the personal data."""
    from engine.lifecycle import upkeep
    from engine.reports.events import withheld

    store = context.registry.store
    found = [] if noted is None else _held(context, noted)
    health = upkeep.verify_log(store)
    signed = _signed(context) if health.ok else None
    first = next((one.fault for one in found if one.fault is not None), None)
    first = first or next(iter(health.faults), None) or (signed.fault if signed else None)
    answer: dict[str, Any] = {"ok": first is None}
    if first is None:
        answer["events"] = health.events
    else:
        answer |= {"stream": first.stream, "seq": first.seq or None, "reason": first.reason}
    nameless = withheld(store)
    if first is None and nameless:
        answer["withheld"] = nameless
    if signed is not None and (signed.by or signed.lapsed or signed.wrong):
        answer["signed"] = dict(signed.counts)
        answer["signatures"] = [_signatures_row(one) for one in signed.by]
        answer["lapsed"] = dict(signed.lapsed)
    if signed is not None and signed.unsigned:
        answer["unsigned"] = dict(signed.unsigned)
        answer["unsigned_though_asked"] = signed.asked
    if noted is not None:
        answer["seals"] = [_held_row(one) for one in found]

    def text() -> Iterator[str]:
        for one in found:
            yield from _held_text(one)
        named = {(one.fault.stream, one.fault.seq) for one in found if one.fault is not None}
        signatures = [signed.fault] if signed and signed.fault else []
        for fault in (*health.faults, *signatures)[:1]:
            if (fault.stream, fault.seq) in named:
                continue
            yield _("✗ {stream}, event {seq}: {reason}.").format(
                stream=fault.stream, seq=fault.seq or "-", reason=fault.reason
            )
        if health.faults or any(one.names_event for one in found):
            yield _("The log was changed outside this program.")
        elif signatures:
            yield _("The log is whole, but somebody signed what is not theirs.")
        elif first is not None:
            yield _(
                "The log agrees with its own seals. Either the line is not typed as it is printed, "
                "or it is of another database, or this log was written anew."
            )
        else:
            yield from _whole(health.events, noted is not None, nameless)
            if signed is not None:
                yield from _signed_text(signed, health.events)

    context.answer(answer, text)
    if first is None:
        return 0
    every = _("All faults: clb db check.")
    context.message(f"  → {every} {upkeep.advice(store)}")
    return BROKEN


def _signed(context: Context) -> "Signed | None":
    """Return what the signatures show, ``None`` where there are none: then nothing is loaded."""
    from engine.reports.events import has_signatures

    if not has_signatures(context.registry.store):
        return None
    from engine.bundles import signing

    return signing.signed(context.registry)


def _signatures_row(one: "Signatures") -> dict[str, Any]:
    return {
        "officer": one.officer,
        "key": one.key.public,
        "since": one.key.since.isoformat(),
        "until": one.key.until.isoformat() if one.key.until else None,
        "events": one.count,
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "streams": dict(one.events),
    }


def _signed_text(signed: "Signed", events: int) -> Iterator[str]:
    yield _("  Signed: {count} of {events} events; the rest is asserted.").format(
        count=number(sum(signed.counts.values())), events=number(events)
    )
    for one in signed.by:
        yield _("  {officer}: {events} events of {clubs} clubs, {first} – {last}").format(
            officer=one.officer,
            events=number(one.count),
            clubs=number(sum(stream.startswith("club:") for stream in one.events)),
            first=dmy(one.first),
            last=dmy(one.last),
        )
    for officer, count in signed.unsigned.items():
        yield _(
            "  {officer}: {events} events are not signed, though a key of theirs counted that day."
        ).format(officer=officer, events=number(count))
    if signed.asked:
        yield _(
            "  Of these the province asks for a signature of {events}: either it asks since later, "
            "or the signature was removed."
        ).format(events=number(signed.asked))
    for officer, count in signed.lapsed.items():
        yield _(
            "  {officer}: {events} events were signed with a key that did not count that day; "
            "who recorded them is asserted."
        ).format(officer=officer, events=number(count))


def _held(context: Context, noted: str) -> "list[Held]":
    """Return how the noted seal, or each seal of the named file, fits the log."""
    from engine.cli import noted_seal
    from engine.reports import seals

    store, backup = context.registry.store, noted_seal.backup(noted)
    if backup is not None:
        return seals.held_backup(store, backup)
    return [seals.held(store, one) for one in noted_seal.read(noted)]


def _held_row(one: "Held") -> dict[str, Any]:
    fault = one.fault
    return {
        "line": str(one.noted),
        "size": one.noted.size,
        "ok": fault is None,
        "stream": fault.stream if fault else None,
        "seq": (fault.seq or None) if fault else None,
        "reason": fault.reason if fault else None,
        "last_that_fits": one.last.line if one.last else None,
        "left_out": None if one.left_out is None else asdict(one.left_out),
        "superseded": None if one.superseded is None else asdict(one.superseded),
    }


def _held_text(one: "Held") -> Iterator[str]:
    if one.fault is None:
        headline = (
            _("✓ What {line} covers is there word for word. Events: {count}")
            if one.superseded is None
            else _(
                "✓ {line}: the seal fits, but not all that it covers is in force. Events: {count}"
            )
        )
        yield headline.format(line=one.noted, count=number(one.noted.size))
        if one.superseded is not None:
            yield _(
                "  Events under this seal that were taken again since and are no longer in the "
                "club's log: {count}. The first is {stream}, event {seq}. What they were is kept "
                "with the seals. Ask who settled two databases here; if nobody did, the log was "
                "changed."
            ).format(
                count=number(one.superseded.count),
                stream=one.superseded.stream,
                seq=one.superseded.seq,
            )
        if one.left_out is not None:
            yield _(
                "  Not covered, though recorded more than a day before by their own time: {count}. "
                "The first is {stream}, event {seq}, of {moment}. Either a computer's clock was "
                "wrong, or they were kept from the seal or put in after it."
            ).format(
                count=number(one.left_out.count),
                stream=one.left_out.stream,
                seq=one.left_out.seq,
                moment=one.left_out.recorded_at or "-",
            )
        return
    headline = (
        _("✗ What {line} covers is not what it was.")
        if one.names_event
        else _("✗ {line} does not fit this log.")
    )
    yield headline.format(line=one.noted)
    yield f"  {one.fault.stream}, {one.fault.seq or '-'}: {one.fault.reason}"
    if one.last is not None and one.last.line not in one.fault.reason:
        yield _("  The last seal that fits: {line}").format(line=one.last.line)


def _whole(events: int, compared: bool, nameless: int) -> list[str]:
    lines = [
        _("✓ The log is whole. Events: {count}").format(count=events),
        _(
            "  Each event was judged again without the policy of its day: what fell due, which of "
            "a step's roles it chose and which warnings it gave, only the policy shows."
        ),
    ]
    if nameless:
        lines.append(
            _(
                "  People whose names did not come with a file: {count}. Whether a name was here "
                "once and is gone, the log does not show."
            ).format(count=number(nameless))
        )
    if not compared:
        lines.append(
            _(
                "  Whether it was written anew as a whole, only a seal noted elsewhere shows: "
                'clb audit verify --seal "…".'
            )
        )
    return lines


@audit.command(help=_("Seal what was recorded since the last seal, and print the seal's line."))
@click.option(
    "--province", type=PROVINCE, default=None, help=_("Only this province; all if left out")
)
@click.option(
    "--out",
    type=PATH,
    default=None,
    help=_("Write the seal with its whole root to this file, as C2SP tlog-checkpoint"),
)
@pass_context
def seal(context: Context, province: str | None, out: Path | None) -> None:
    """Seal the log."""
    from engine.lifecycle import sealing

    registry, officer = context.registry, context.settings.officer
    sealing.require_officer(registry, officer)

    def sealed() -> "list[Sealed]":
        if province is None:
            made = sealing.seal_all(registry, officer)
        else:
            one = sealing.seal(registry, province, officer)
            made = [one] if one is not None else []
        if not made:
            raise InputError(
                _("There is nothing to seal: nothing is recorded yet."),
                code=codes.SEAL_NONE,
                help="clb club list",
            )
        return made

    if out is None:
        made = sealed()
    else:
        # A place that cannot be written to is found before anything is sealed.
        with replacing(out) as unfinished:
            made = sealed()
            unfinished.write_bytes("\n".join(one.seal.checkpoint for one in made).encode())

    def text() -> Iterator[str]:
        for one in made:
            yield one.seal.line
        yield _("Sealed now: {count}").format(count=number(sum(one.events for one in made)))
        yield _(
            "Note the line outside this computer, for example in the minutes. Later "
            'clb audit verify --seal "LINE" shows whether all of it is still there unchanged.'
        )
        if out is not None:
            yield _("Written: {path}").format(path=out)

    context.answer([sealed_row(one) for one in made], text)


@audit.command(help=_("Write the proof that an event is under a seal, to be checked elsewhere."))
@click.argument("named", metavar="CLUB")
@click.argument("seq", type=int)
@click.option(
    "--seal",
    "noted",
    default=None,
    metavar="LINE|FILE",
    help=_("Prove it against this seal, which somebody noted; else against the newest"),
)
@click.option(
    "--out",
    type=PATH,
    default=None,
    help=_("The file to write: .json, or else the text of C2SP tlog-proof"),
)
@pass_context
def proof(context: Context, named: str, seq: int, noted: str | None, out: Path | None) -> None:
    """Write an inclusion proof."""
    from engine.cli import noted_seal
    from engine.reports import seals

    store, stream = context.registry.store, _stream(context, named)
    given = () if noted is None else noted_seal.read(noted)
    with_body = seals.proof(store, stream, seq, given)
    if out is None:
        context.answer(with_body, lambda: seals.proof_text(with_body).splitlines())
        return
    as_json = json.dumps(with_body, ensure_ascii=False, indent=2) + "\n"
    text = as_json if out.suffix.lower() == ".json" else seals.proof_text(with_body)
    write_file(out, text.encode())
    answer = {"file": str(out), "leaf": with_body["leaf"], "seal": with_body["tree"]["line"]}
    context.answer(
        answer,
        lambda: [
            _("Written: {path}").format(path=out),
            _("Event {seq} of {stream} is leaf {leaf} of {line}.").format(
                seq=seq, stream=stream, leaf=answer["leaf"], line=answer["seal"]
            ),
        ],
    )


@audit.command(help=_("Every event of a club as it was recorded, with its hash."))
@click.argument("named", metavar="CLUB")
@pass_context
def show(context: Context, named: str) -> None:
    """Show a club's events; ``province:ID`` a province's own, ``seal:ID`` its seals."""
    from engine.reports import events as log

    stream = _stream(context, named)
    found = log.read(context.registry.store, stream)
    if not found:
        raise UnknownError(
            _("Nothing is recorded for {stream}.").format(stream=stream),
            code=codes.STREAM_UNKNOWN,
            help="clb province list",
        )
    keys = log.signatures(context.registry.store, stream)
    context.answer([log.sealed(one) for one in found], lambda: _show_text(found, keys))


@audit.command(help=_("Who took whole lists of members, with identity numbers, and what for."))
@OF_PROVINCE
@click.option("--from", "first", default=None, help=_("From this day on"))
@click.option("--until", "last", default=None, help=_("Up to this day"))
@pass_context
def readers(context: Context, province: str | None, first: str | None, last: str | None) -> None:
    """List who read whole identity numbers, from the log."""
    from engine.reports.readers import readings

    where = province or context.province_of_officer()
    since, until = day(first) or date.min, day(last) or date.max
    store = context.registry.store
    found = list(readings(store, where, since, until))
    names = {one.id: one.name for one in context.registry.officers.ever()}

    def text() -> Iterator[str]:
        if not found:
            yield _("Nobody took a whole list.")
            return
        for one in found:
            who = names.get(one.officer, one.officer)
            yield (
                _("{moment}  {officer}: {club} ({people} people). {reason}")
                .format(
                    moment=one.recorded_at,
                    officer=f"{who} [{one.officer}]",
                    club=one.name or one.club,
                    people=one.rows,
                    reason=one.reason or "",
                )
                .rstrip()
            )

    context.answer([{**asdict(one)} for one in found], text)


def _stream(context: Context, named: str) -> str:
    """Return the stream of a club, or ``province:ID`` and ``seal:ID`` as they are."""
    kind, found, province = named.partition(":")
    if found and kind in {"province", "seal"}:
        context.read_about(province)
        return named
    from engine.cli.meant_club import club_id

    return f"club:{club_id(context, named)}"


def _show_text(found: list[Event], keys: Mapping[int, str]) -> Iterator[str]:
    for one in found:
        who = _("by the program")
        if one.officer:
            who = f"{one.officer}, {role_name(one.role)}" if one.role else one.officer
        yield f"{one.seq:>3}  {dmy(one.on)}  {step_name(one.step)} ({who})"
        yield _("       recorded at {moment}").format(moment=one.recorded_at)
        if one.policy is not None:
            yield _("       decided by {plugin} {version}, policy {digest}").format(
                plugin=one.policy.plugin, version=one.policy.version, digest=one.policy.digest[:16]
            )
        yield _("       hash {hash}").format(hash=one.hash)
        yield _("       hash before it {hash}").format(hash=one.prev or "-")
        if one.seq in keys:
            yield _("       signed with the key {key}").format(key=keys[one.seq])
        for table, row in one.effects.records:
            if table == "seal":
                yield f"       {line(row['prefix'], row['size'], row['root'])}"


@audit.command(help=_("One line that vouches for the whole log, to be noted elsewhere."))
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
