"""The tables, as peewee models. All but ``event``, ``personal`` and ``EXCHANGE`` fold the log.

Every table carries the province. Days are ISO texts, so that they compare and travel unchanged.
The tables themselves are made by ``migrations``; a test holds the two together.
"""

from engine.store.orm import (
    BigIntegerField,
    BooleanField,
    CompositeKey,
    DatabaseProxy,
    IntegerField,
    Model,
    TextField,
)

database = DatabaseProxy()


def _name(model: type[Model]) -> str:
    """Return the name of a model's table: ``club`` for ``ClubTable``."""
    return model.__name__.removesuffix("Table").lower()


class Table(Model):
    """What every table shares."""

    class Meta:
        database = database
        table_function = _name


class EventTable(Table):
    """The log. ``body`` is what happened; the other columns are copies for searching."""

    stream = TextField()
    seq = IntegerField()
    province = TextField()
    step = TextField()
    from_state = TextField(null=True)
    to_state = TextField(null=True)
    on_date = TextField()
    recorded_at = TextField()
    officer = TextField()
    body = TextField()
    hash = TextField()
    row_digest = TextField(null=True)

    class Meta:
        primary_key = CompositeKey("stream", "seq")


class StreamTable(Table):
    """The end of a province's own stream; a club's is in its row."""

    id = TextField(primary_key=True)
    province = TextField()
    seq = IntegerField()
    head = TextField()


class OfficerTable(Table):
    """Who may act, where and when. One row an office; ``seq`` is the event that gave it."""

    id = TextField()
    role = TextField()
    province = TextField()
    name = TextField()
    commune = TextField(null=True)
    commune_id = TextField(null=True)
    seq = IntegerField()
    since = TextField()
    until = TextField(null=True)
    login = TextField(null=True)

    class Meta:
        primary_key = CompositeKey("province", "seq")


class MergerTable(Table):
    """A province that became a part of another one, from which day on and by which document."""

    province = TextField()
    seq = IntegerField()
    successor = TextField()
    since = TextField()
    document = TextField()

    class Meta:
        primary_key = CompositeKey("province", "seq")


class ClubTable(Table):
    """A club as its stream has it."""

    id = TextField(primary_key=True)
    province = TextField()
    name = TextField()
    name_key = TextField()
    commune = TextField()
    commune_key = TextField()
    commune_id = TextField(null=True)
    village = TextField()
    village_key = TextField()
    state = TextField()
    seq = IntegerField()
    head = TextField()
    state_seq = IntegerField()
    state_on = TextField()
    opened_on = TextField()
    submission_number = TextField(null=True)
    submitted_on = TextField(null=True)
    lead_unit = TextField(null=True)
    decision_number = TextField(null=True)
    decided_on = TextField(null=True)
    trained_on = TextField(null=True)
    launched_on = TextField(null=True)
    supervised_on = TextField(null=True)
    reviewed_on = TextField(null=True)
    suspended_from = TextField(null=True)
    ended_on = TextField(null=True)
    charter = BooleanField(null=True)
    funds_opened = TextField(null=True)
    after = TextField(null=True)
    managing_unit = TextField(null=True)
    self_managed = BooleanField(null=True)


class MemberTable(Table):
    """A member without a name: what composition is counted from."""

    club = TextField()
    id = TextField()
    province = TextField()
    sex = TextField()
    born = TextField()
    circumstance = TextField(null=True)
    joined_on = TextField()
    left_on = TextField(null=True)
    commit = TextField()

    class Meta:
        primary_key = CompositeKey("club", "id")


class PersonalTable(Table):
    """Who a member or a board's outsider is. No fold: it can be erased, the log cannot."""

    club = TextField()
    member = TextField()
    province = TextField()
    name = TextField()
    name_key = TextField()
    id_number = TextField(null=True)
    phone = TextField(null=True)
    village = TextField(null=True)
    note = TextField(null=True)
    salt = TextField()

    class Meta:
        primary_key = CompositeKey("club", "member")


class PersonTable(Table):
    """The commitment to somebody on a board who is not a member."""

    club = TextField()
    id = TextField()
    province = TextField()
    commit = TextField()

    class Meta:
        primary_key = CompositeKey("club", "id")


class BoardTable(Table):
    """Who holds which post of a club's board now."""

    club = TextField()
    post = TextField()
    province = TextField()
    person = TextField()
    since = TextField()

    class Meta:
        primary_key = CompositeKey("club", "post")


class TaskTable(Table):
    """What falls or fell due. ``source`` is null where only the general procedure asks for it."""

    club = TextField()
    kind = TextField()
    opened_seq = IntegerField()
    province = TextField()
    due_on = TextField(null=True)
    role = TextField()
    source = TextField(null=True)
    closed_seq = IntegerField(null=True)
    closed_on = TextField(null=True)
    outcome = TextField(null=True)
    days_late = IntegerField(null=True)

    class Meta:
        primary_key = CompositeKey("club", "kind", "opened_seq")


class LedgerTable(Table):
    """Money of a club's funds, in đồng. ``delta`` is what the entry adds to its fund."""

    club = TextField()
    seq = IntegerField()
    province = TextField()
    on_date = TextField()
    kind = TextField()
    fund = TextField()
    source = TextField()
    amount = BigIntegerField()
    delta = BigIntegerField()
    document = TextField()
    donor = TextField(null=True)
    resolution = TextField(null=True)
    reverses = IntegerField(null=True)
    of = TextField(null=True)

    class Meta:
        primary_key = CompositeKey("club", "seq")


class RecordTable(Table):
    """What every record of a club's history shares. ``voided_by`` took it back."""

    club = TextField()
    seq = IntegerField()
    province = TextField()
    on_date = TextField()
    voided_by = IntegerField(null=True)

    class Meta:
        primary_key = CompositeKey("club", "seq")


class TrainingTable(RecordTable):
    """A course for a club's board. ``form`` is null where it was not recorded."""

    kind = TextField()
    start = TextField()
    days = IntegerField()
    attendees = IntegerField()
    form = TextField(null=True)


class SupervisionTable(RecordTable):
    """A supervision with its figures. ``activities`` are ids joined by commas."""

    members = IntegerField()
    meetings_held = IntegerField()
    activities = TextField()
    borrowers = IntegerField()
    borrowers_in_kind = IntegerField(null=True)
    borrowers_improved = IntegerField(null=True)
    members_with_need = IntegerField(null=True)
    members_served = IntegerField(null=True)
    conclusion = TextField()


class SupervisionBalanceTable(Table):
    """What a supervision counted in one of the club's funds, in đồng.

    ``supervision`` is the number of its event; one that was taken back keeps its rows.
    """

    club = TextField()
    supervision = IntegerField()
    province = TextField()
    fund = TextField()
    balance = BigIntegerField()

    class Meta:
        table_name = "supervision_balance"
        primary_key = CompositeKey("club", "supervision", "fund")


class ReviewTable(RecordTable):
    """A yearly review. ``standard`` is null where it is not known."""

    year = IntegerField()
    result = TextField()
    by_regulation = BooleanField()
    well_run = BooleanField()
    members = IntegerField()
    standard = TextField(null=True)
    standard_document = TextField(null=True)


class MeetingTable(RecordTable):
    """A meeting of a club. ``present`` are the ids of the members ticked, joined by commas."""

    attendance = IntegerField()
    activities = TextField()
    present = TextField(null=True)


class LoanTable(RecordTable):
    """Money lent to a member, in đồng; ``rate`` is hundredths of a percent a month."""

    member = TextField()
    amount = BigIntegerField()
    months = IntegerField()
    rate = IntegerField()
    purpose = TextField()
    in_kind = BooleanField()
    opening = BooleanField()
    due_on = TextField()


class LoanChangeTable(RecordTable):
    """A repayment, an extension or a write-off of the loan that the event ``loan`` gave."""

    loan = IntegerField()
    principal = BigIntegerField()
    interest = BigIntegerField()
    due_on = TextField(null=True)
    written_off = BooleanField()

    class Meta:
        table_name = "loan_change"


class LendingTable(RecordTable):
    """What a club's own charter says of its loans from a day on."""

    document = TextField()
    most = BigIntegerField(null=True)
    months = IntegerField(null=True)
    rate = IntegerField(null=True)


class CareTable(RecordTable):
    """Home care in a month (``2026-03``): how many volunteers cared for how many people.

    ``pairs`` are two ids each, joined by commas. A later record of a month takes the place of
    an earlier one.
    """

    month = TextField()
    volunteers = IntegerField()
    cared_for = IntegerField()
    pairs = TextField(null=True)


class KeyTable(Table):
    """The public key that an officer signs with. One row a key; ``seq`` is its event's number."""

    province = TextField()
    seq = IntegerField()
    officer = TextField()
    key = TextField()
    since = TextField()
    until = TextField(null=True)

    class Meta:
        primary_key = CompositeKey("province", "seq")


class DeliveryTable(Table):
    """A report that was sent."""

    province = TextField()
    seq = IntegerField()
    report = TextField()
    period = TextField()
    sent_on = TextField()

    class Meta:
        primary_key = CompositeKey("province", "seq")


class UnitTable(Table):
    """An administrative unit in the days it was valid. Codes are used again: never one alone.

    ``classes`` are ids joined by commas, null where the list has none.
    """

    province = TextField()
    id = TextField()
    valid_from = TextField()
    valid_to = TextField(null=True)
    name = TextField()
    kind = TextField()
    parent = TextField(null=True)
    successor = TextField(null=True)
    source = TextField()
    confirmed = BooleanField()
    classes = TextField(null=True)

    class Meta:
        primary_key = CompositeKey("province", "id", "valid_from")


class SealTable(Table):
    """A seal made: the tree's size, root and what it must remember to grow (``frontier``)."""

    province = TextField()
    seq = IntegerField()
    prefix = TextField()
    origin = TextField()
    size = BigIntegerField()
    root = TextField()
    frontier = TextField()

    class Meta:
        primary_key = CompositeKey("province", "seq")


class SealedTable(Table):
    """Up to which event a stream is sealed."""

    stream = TextField(primary_key=True)
    province = TextField()
    seq = IntegerField()


class PartnerTable(Table):
    """A database that clubs are exchanged with; ``own`` is this one. No fold: nobody else knows it.

    ``commune`` is empty for the province's own database. ``made_at`` is when the newest file from
    it was made, ``received_at`` when it was taken in, ``sent_at`` when one was made for it.
    """

    id = TextField(primary_key=True)
    province = TextField()
    own = BooleanField()
    commune = TextField(null=True)
    made_at = TextField(null=True)
    received_at = TextField(null=True)
    sent_at = TextField(null=True)


class KnownTable(Table):
    """What another database had of a stream, by the newest file that came from it. No fold.

    ``nameless`` is how many people of the club it has no names of, ``signed`` a digest of the
    signatures that it had.
    """

    partner = TextField()
    stream = TextField()
    province = TextField()
    seq = IntegerField()
    head = TextField()
    nameless = IntegerField()
    signed = TextField(default="")

    class Meta:
        primary_key = CompositeKey("partner", "stream")


class SentTable(Table):
    """Up to which event a stream was written into a file for others. No fold."""

    stream = TextField(primary_key=True)
    province = TextField()
    seq = IntegerField()


class WithheldTable(Table):
    """Somebody whose names did not come with the club. No fold: it is about this database."""

    club = TextField()
    member = TextField()
    province = TextField()

    class Meta:
        primary_key = CompositeKey("club", "member")


class SupersededTable(Table):
    """An event that was taken again on top of others', here or elsewhere. No fold."""

    stream = TextField()
    seq = IntegerField()
    hash = TextField()
    province = TextField()

    class Meta:
        primary_key = CompositeKey("stream", "seq", "hash")


class SignatureTable(Table):
    """Who signed an event, with which keys: next to the log, since the hash comes first. No fold.

    A row is never changed: what a lost key signed is signed anew in another row.
    """

    stream = TextField()
    seq = IntegerField()
    province = TextField()
    officer = TextField()
    key = TextField()
    signature = TextField()

    class Meta:
        primary_key = CompositeKey("stream", "seq", "key")


FOLDS: tuple[type[Table], ...] = (
    StreamTable,
    OfficerTable,
    MergerTable,
    KeyTable,
    ClubTable,
    MemberTable,
    PersonTable,
    BoardTable,
    TaskTable,
    LedgerTable,
    TrainingTable,
    SupervisionTable,
    SupervisionBalanceTable,
    ReviewTable,
    MeetingTable,
    LoanTable,
    LoanChangeTable,
    LendingTable,
    CareTable,
    DeliveryTable,
    UnitTable,
    SealTable,
    SealedTable,
)
"""What can be emptied and computed again from the log."""

EXCHANGE: tuple[type[Table], ...] = (
    PartnerTable,
    KnownTable,
    SentTable,
    WithheldTable,
    SupersededTable,
    SignatureTable,
)
"""What this database knows of others; lost, the next files are only longer."""

ALL: tuple[type[Table], ...] = (EventTable, PersonalTable, *EXCHANGE, *FOLDS)
