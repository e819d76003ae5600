"""The names of members in a file: kept where they fit; whose are not here is noted."""

from collections.abc import Mapping

from engine import codes
from engine.bundles.form import Bundle
from engine.errors import StorageError
from engine.i18n import _
from engine.lifecycle.registry import Registry
from engine.store import personal, verify
from engine.store.database import Store
from engine.store.personal import FIELDS, Identity
from engine.store.stream import Stream, read_stream

SELECT_HEAD = "SELECT seq, head FROM club WHERE id = ?"
SELECT_PERSONAL = (
    f"SELECT member, {', '.join(FIELDS)}, salt FROM personal WHERE club = ? AND province = ?"
)
PUT_WITHHELD = "INSERT INTO withheld (club, member, province) VALUES (?, ?, ?)"


def take_names(
    registry: Registry, bundle: Bundle, stream: str, kept: Stream | None = None
) -> tuple[int, int]:
    """Keep the names of a club's people that came and fit, and note whose are not here.

    ``kept`` is the stream where it was just read. Return how many are new here and how many are
    missing. Raises ``StorageError`` for names that are not those of the club as the file has it.
    Call inside ``store.write``.
    """
    store, club = registry.store, stream.removeprefix("club:")
    row = store.row(SELECT_HEAD, (club,))
    if row is None:
        return 0, 0
    read = kept or read_stream(stream, verify.stored(store, stream))
    people = read.people
    last = bundle.have.get(stream)
    current = last is not None and row == (last.seq, last.head)
    fitting = list[tuple[str, Identity]]()
    for one in bundle.names or ():
        if one.club != club:
            continue
        name, id_number, phone, village, note, salt = one.values
        identity = Identity(str(name), id_number, phone, village, note, str(salt))
        if people.get(one.member) == identity.commit:
            fitting.append((one.member, identity))
        elif current and one.member in people:
            raise StorageError(
                _("The names of {member} in {club} are not what the log committed to.").format(
                    member=one.member, club=club
                ),
                code=codes.BUNDLE_NAMES,
            )
    here = {
        member: Identity(*values)
        for member, *values in store.rows(SELECT_PERSONAL, (club, bundle.province))
    }
    new = [(member, identity) for member, identity in fitting if here.get(member) != identity]
    personal.put(store, club, bundle.province, new)
    return len(new), _withhold(store, bundle.province, club, people)


def _withhold(store: Store, province: str, club: str, people: Mapping[str, str]) -> int:
    """Take out names that are no longer those of the log, and note whose are not here."""
    fitting = set()
    for member, *texts, salt in store.rows(SELECT_PERSONAL, (club, province)):
        if member in people and personal.is_committed(people[member], salt, texts):
            fitting.add(member)
        else:
            personal.remove(store, club, province, member)
    missing = sorted(people.keys() - fitting)
    store.run("DELETE FROM withheld WHERE club = ?", (club,))
    store.many(PUT_WITHHELD, [(club, one, province) for one in missing])
    return len(missing)
