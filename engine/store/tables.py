"""The tables, as peewee models. All but ``event`` and ``personal`` are folds of the log.

Every table carries the province. Days are ISO texts, so that they compare and travel unchanged.
The tables themselves are made by ``migrations``; a test holds the two together.
"""

from engine.model import FundKind
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
    """Money of a club's two funds, in đồng. ``delta`` is what the entry adds to its fund."""

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
    """A supervision with its figures. ``activities`` are ids joined by commas.

    What is in each fund is a column of its own, added below.
    """

    members = IntegerField()
    meetings_held = IntegerField()
    activities = TextField()
    borrowers = IntegerField()
    borrowers_in_kind = IntegerField(null=True)
    members_with_need = IntegerField(null=True)
    members_served = IntegerField(null=True)
    conclusion = TextField()


for _fund in FundKind:
    SupervisionTable._meta.add_field(_fund.balance_field, BigIntegerField())


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
    """A meeting of a club."""

    attendance = IntegerField()
    activities = TextField()


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
    """An administrative unit in the days it was valid. Codes are used again: never one alone."""

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


FOLDS: tuple[type[Table], ...] = (
    StreamTable,
    OfficerTable,
    ClubTable,
    MemberTable,
    PersonTable,
    BoardTable,
    TaskTable,
    LedgerTable,
    TrainingTable,
    SupervisionTable,
    ReviewTable,
    MeetingTable,
    DeliveryTable,
    UnitTable,
    SealTable,
    SealedTable,
)
"""What can be emptied and computed again from the log."""

ALL: tuple[type[Table], ...] = (EventTable, PersonalTable, *FOLDS)
