"""Judging the events of a file: each as ``clb audit verify`` does, and whose club it is."""

from collections.abc import Sequence
from itertools import chain

from packaging.version import InvalidVersion, Version

from engine import codes
from engine.bundles import signing
from engine.bundles.cover import stream_name
from engine.bundles.form import Bundle, Line
from engine.errors import InputError, StorageError
from engine.i18n import _
from engine.lifecycle import receipts
from engine.lifecycle.registry import Registry
from engine.lifecycle.replay import Replay
from engine.model import COMMUNE_ROLES, Event, Receipt
from engine.rules.communes import one_place
from engine.store import facts, log, signatures, verify
from engine.store.database import Row
from engine.store.stream import Stream, read_stream


def keep(
    registry: Registry, bundle: Bundle, stream: str, new: Sequence[Line], judge: Replay | None
) -> Stream:
    """Judge a stream with its new events, put these into the log, and return it.

    Without a ``judge`` they are kept first: who is in office is in the province's own stream.
    Raises ``StorageError`` naming the first event that does not fit, ``InputError``. Call inside
    ``store.write``.
    """
    store, province = registry.store, bundle.province
    events = [line.event() for line in new]
    pairs = list(zip(events, new, strict=True))
    stored: list[Row] = verify.stored(store, stream)
    rows = [log.columns(event, line.body, province) for event, line in pairs]
    done = len(stored)
    found = read_stream(stream, chain(stored, rows), judge=judge, judged_after=done)
    name = stream_name(registry, bundle, stream)
    require_fit(found, name)
    _require_own(registry, bundle, found, events)
    for event, line in pairs:
        log.keep(store, event, line.body, province)
        if line.signature is not None:
            signatures.keep(store, stream, line.seq, province, line.signature)
    refused = next(signing.refusals(registry, province, name, new, events), None)
    if refused is not None:
        raise refused
    if judge is None:
        again = Replay(store, registry.province.clock)
        kept = verify.stored(store, stream)
        require_fit(read_stream(stream, kept, judge=again, judged_after=done), name)
    return found


def require_fit(found: Stream, name: str) -> None:
    """Raise ``StorageError`` for the first event of the stream ``name`` that does not fit."""
    fault = found.fault or found.doubt
    if fault is not None:
        raise signing.unfit(name, fault.seq, fault.reason)


def _require_own(
    registry: Registry, bundle: Bundle, found: Stream, events: Sequence[Event]
) -> None:
    """Refuse a club of another commune, and officers who act for none that the club was in."""
    if found.kind != "club":
        return
    units, today = registry.lifecycle.gather.units(bundle.province), registry.lifecycle.today()
    communes = communes_of(found.events)

    def is_there(commune: str | None) -> bool:
        return commune is not None and any(
            one_place(units, one, commune, today) for one in communes
        )

    where = ", ".join(sorted(communes))
    commune = bundle.sender.commune or bundle.receiver.commune
    if commune is not None and not is_there(commune):
        raise foreign(found.name, communes, commune)
    checked = set[tuple[str, object]]()
    for event in events:
        actor = (event.officer, event.role)
        if actor in checked or event.role not in COMMUNE_ROLES:
            continue
        checked.add(actor)
        offices = facts.officers(registry.store, event.officer)
        if not any(one.role is event.role and is_there(one.commune) for one in offices):
            reason = _("{officer} does not act for {commune}").format(
                officer=event.officer, commune=where
            )
            raise signing.unfit(stream_name(registry, bundle, event.stream), event.seq, reason)


def unknown_plugins(registry: Registry, bundle: Bundle) -> tuple[str, ...]:
    """Return sentences on other editions of the plugin that judged what comes.

    One of the same version is only named: what it decided is in the events. Raises
    ``StorageError`` for a newer plugin, or another one.
    """
    own, found = registry.provinces.receipt(bundle.province), dict[Receipt, Event]()
    for line in bundle.lines:
        event = line.event()
        if event.policy is not None:
            found.setdefault(event.policy, event)
    other = set[str]()
    for receipt, event in found.items():
        if receipt.plugin != own.plugin or _is_newer(receipt, own):
            raise StorageError(
                _(
                    "Event {seq} of {stream} was judged by {plugin} {version}, not known here."
                ).format(
                    seq=event.seq,
                    stream=stream_name(registry, bundle, event.stream),
                    plugin=receipt.plugin,
                    version=receipt.version,
                ),
                code=codes.BUNDLE_POLICY,
            )
        if receipt.version == own.version and not receipts.is_same(receipt, own):
            other.add(receipt.version)
    return tuple(
        _("Some of it was judged by another edition of {plugin} {version} than is here.").format(
            plugin=own.plugin, version=version
        )
        for version in sorted(other)
    )


def _is_newer(receipt: Receipt, own: Receipt) -> bool:
    try:
        return Version(receipt.version) > Version(own.version)
    except InvalidVersion:
        return receipt.version != own.version


def communes_of(events: Sequence[Event]) -> set[str]:
    """Return every commune that a club was in."""
    fields = (field for event in events for field in event.effects.fields)
    return {str(value) for name, value in fields if name == "commune"}


def foreign(stream: str, communes: set[str], commune: str) -> InputError:
    """Return the refusal of a club that is none of the commune's that a file is of."""
    club, other = stream.removeprefix("club:"), ", ".join(sorted(communes))
    return InputError(
        _("{club} is a club of {other}, not of {commune}.").format(
            club=club, other=other, commune=commune
        ),
        code=codes.BUNDLE_FOREIGN,
    )
