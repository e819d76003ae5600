"""The columns of a report: one table, which every kind of file and the report's JSON are made from.

A new column is one more entry of ``COLUMNS``: its name in JSON, its heading, how its value is
found and how it is written. A fund is such a column too: every ``FundKind`` has one, and
``club_columns`` and the like have one more for each fund of a province's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from engine.i18n import N_, _
from engine.labels import COUNT_COLUMNS, FUND_COLUMNS, FUND_SUMS, NO_ENTRY
from engine.model import FundKind
from engine.targets.query_parts import IN_KIND, IN_MONEY, by_book


class Format(StrEnum):
    """How a column's values are written."""

    TEXT = "text"
    COMMUNE = "commune"  # with what is above it, and its former name
    STATE = "state"
    CONCLUSION = "conclusion"  # of a supervision or a review
    YES_NO = "yes_no"
    DAY = "day"
    SENT = "sent"  # the day a report was sent, if it was
    COUNT = "count"
    MONEY = "money"  # đồng
    YEAR = "year"
    FUND = "fund"
    SOURCE = "source"  # of money
    ROLE = "role"
    TASK = "task"  # with its period
    REPORT = "report"  # with its period


NUMBERS = (Format.COUNT, Format.MONEY, Format.YEAR)


class Source(StrEnum):
    """What a column's SQL is about; all but ``CLUB`` are parts of the query, so called there."""

    CLUB = "club"  # an expression over the club ``c``, its last supervision ``s`` and review ``j``
    MEMBERS = "members"  # an aggregate over the club's members on the day
    LEDGER = "entries"  # an aggregate over the club's ledger entries up to the day
    LOANS = "loans"  # an aggregate over the club's loans to members as they are on the day
    GRANTS = "grants"  # an aggregate over the grants of the period that were not taken back


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. Labels are English, for the catalogues.

    ``sum_label`` is its heading where it is added up over a commune or a province; without one it
    is not shown there. ``summed`` columns are added up; an ``absent`` one is null where the club
    has no record of it, and so is its sum where no club has. ``on_page`` shows it in the page for
    a browser. ``width`` and ``sum_width`` are millimetres in a paper's list of clubs, which is on
    its side, and in its table of communes; they leave the column out at 0. ``sql`` is empty where
    the value is found otherwise. ``missing`` is what people read where there is no value.
    """

    name: str
    label: str
    format: Format = Format.COUNT
    sql: str = ""
    source: Source = Source.CLUB
    sum_label: str = ""
    summed: bool = False
    on_page: bool = False
    width: int = 0
    sum_width: int = 0
    absent: bool = False
    missing: str = ""

    @property
    def of_some(self) -> bool:
        """Return whether only some clubs keep a book that has it; every club has a fund or two."""
        return self.absent and self.source is not Source.LEDGER

    @property
    def heading(self) -> str:
        """Return its heading in the language in use."""
        return _(self.label)


def _members(
    name: str, condition: str = "", *, on_page: bool = False, width: int = 0, sum_width: int = 0
) -> Column:
    """Return the column that counts a club's members who meet a condition on the day."""
    return Column(
        name,
        COUNT_COLUMNS[name],
        sql=f"count(*) FILTER (WHERE {condition})" if condition else "count(*)",
        source=Source.MEMBERS,
        sum_label=COUNT_COLUMNS[name],
        summed=True,
        on_page=on_page,
        width=width,
        sum_width=sum_width,
    )


def fund_column(fund: str) -> str:
    """Return the name of the column of what a fund holds."""
    return f"{fund}_fund"


def _fund(fund: str, label: str, sum_label: str) -> Column:
    """Return the column of what a fund holds on the day, absent in a club without an entry of it.

    Papers show the income fund alone. An entry that was taken back does not count: each reversal is
    in the fund of its entry.
    """
    printed = fund == FundKind.INCOME
    here = f"CASE WHEN fund = '{fund}'"
    return Column(
        fund_column(fund),
        label,
        Format.MONEY,
        f"CASE WHEN sum({here} AND kind = 'reversal' THEN -1 {here[5:]} THEN 1 ELSE 0 END) > 0 "
        f"THEN sum({here} THEN delta ELSE 0 END) END",
        Source.LEDGER,
        sum_label=sum_label,
        summed=True,
        on_page=True,
        width=26 if printed else 0,
        sum_width=44 if printed else 0,
        absent=True,
        missing=NO_ENTRY,
    )


def _of_loans(name: str, label: str, sql: str, how: Format = Format.COUNT) -> Column:
    """Return the column of what a club's loan book has of the period; absent without a loan."""
    return Column(name, label, how, sql, Source.LOANS, sum_label=label, summed=True, absent=True)


def _of_care(name: str, label: str) -> Column:
    """Return the column of the last month of the period with home care on record.

    Of two records of a month the later one counts.
    """
    sql = f"""(SELECT k.{name} FROM care k WHERE k.club = c.id AND k.voided_by IS NULL
      AND k.on_date >= :from AND k.on_date <= :at ORDER BY k.month DESC, k.seq DESC LIMIT 1)"""
    return Column(name, label, sql=sql, sum_label=label, summed=True, absent=True)


def _day(name: str, label: str, *, on_page: bool = False, width: int = 0) -> Column:
    """Return the column of a club's own day, empty where that lies after the report's."""
    sql = f"CASE WHEN c.{name} <= :at THEN c.{name} END"
    return Column(name, label, Format.DAY, sql, on_page=on_page, width=width)


COLUMNS = (
    Column("name", N_("Club's name"), Format.TEXT, on_page=True, width=47),
    Column("club", N_("Club"), Format.TEXT),
    Column("commune", N_("Commune"), Format.COMMUNE, on_page=True, width=44),
    Column("village", N_("Village"), Format.TEXT, on_page=True),
    Column("state", N_("Stage"), Format.STATE, on_page=True, width=32),
    _day("decided_on", N_("Decided"), on_page=True, width=22),
    _day("trained_on", N_("Trained")),
    _day("launched_on", N_("Launched")),
    _day("ended_on", N_("Ended")),
    _members("members", on_page=True, width=17, sum_width=22),
    _members("women", "sex = 'F'", on_page=True, width=12),
    _members("elderly", "born <= :limit", on_page=True, width=17, sum_width=22),
    _members("elderly_women", "sex = 'F' AND born <= :limit"),
    replace(_members("estimated", "born = :limit_year OR born = :limit_month"), sum_label=""),
    _members("poor", "circumstance = 'poor'"),
    _members("near_poor", "circumstance = 'near_poor'"),
    _members("difficult", "circumstance = 'difficult'"),
    *(_fund(fund, FUND_COLUMNS[fund], FUND_SUMS[fund]) for fund in FundKind),
    Column(
        "grants",
        N_("Grants in the period (đồng)"),
        Format.MONEY,
        "sum(l.amount)",
        Source.GRANTS,
        sum_label=N_("Grants in the period (đồng)"),
        summed=True,
        on_page=True,
    ),
    Column(
        "loans_owed",
        N_("Owed by borrowers (đồng)"),
        Format.MONEY,
        "sum(owed)",
        Source.LOANS,
        sum_label=N_("Owed by borrowers (đồng)"),
        summed=True,
    ),
    Column(
        "loans_overdue",
        N_("Of it overdue (đồng)"),
        Format.MONEY,
        "sum(CASE WHEN due < :at THEN owed ELSE 0 END)",
        Source.LOANS,
        sum_label=N_("Of it overdue (đồng)"),
        summed=True,
    ),
    _of_loans(
        "loans_owed_before",
        N_("Owed by borrowers at the start of the period (đồng)"),
        "sum(CASE WHEN given_on < :from THEN amount - paid_before ELSE 0 END)",
        Format.MONEY,
    ),
    _of_loans(
        "loans_given",
        N_("Loans given in the period"),
        "sum(CASE WHEN given_on >= :from AND NOT opening THEN 1 ELSE 0 END)",
    ),
    _of_loans(
        "loans_lent",
        N_("Lent in the period (đồng)"),
        "sum(CASE WHEN given_on >= :from AND NOT opening THEN amount ELSE 0 END)",
        Format.MONEY,
    ),
    _of_loans(
        "loans_repaid",
        N_("Principal repaid in the period (đồng)"),
        "sum(repaid)",
        Format.MONEY,
    ),
    _of_loans(
        "loans_interest", N_("Interest paid in the period (đồng)"), "sum(interest)", Format.MONEY
    ),
    _of_loans(
        "loans_fallen_due",
        N_("Loans fallen due in the period"),
        "sum(CASE WHEN due >= :from AND due <= :at THEN 1 ELSE 0 END)",
    ),
    _of_loans(
        "loans_in_time",
        N_("Of them repaid in time"),
        "sum(CASE WHEN due >= :from AND due <= :at AND in_time >= amount THEN 1 ELSE 0 END)",
    ),
    Column(
        "loans_turnover_percent",
        N_("Turnover of what is lent in the period (%)"),
        sum_label=N_("Turnover of what is lent in the period (%)"),
        absent=True,
    ),
    Column("supervised_on", N_("Supervised"), Format.DAY, "s.on_date", on_page=True, width=22),
    Column("supervision", N_("Supervision"), Format.CONCLUSION, "s.conclusion"),
    Column(
        "borrowers",
        N_("Borrowers"),
        sql=f"coalesce({by_book(IN_MONEY)}, s.borrowers)",
        sum_label=N_("Borrowers"),
        summed=True,
        absent=True,
    ),
    Column(
        "borrowers_in_kind",
        N_("Borrowers in kind"),
        sql=f"coalesce({by_book(IN_KIND)}, s.borrowers_in_kind)",
        sum_label=N_("Borrowers in kind"),
        summed=True,
        absent=True,
    ),
    _of_care("volunteers", N_("Volunteers in the last month recorded")),
    _of_care("cared_for", N_("Cared for at home in the last month recorded")),
    Column("reviewed_year", N_("Year reviewed"), Format.YEAR, "j.year", on_page=True),
    Column("review", N_("Review"), Format.CONCLUSION, "j.result"),
    Column("well_run", N_("Run well"), Format.YES_NO, "j.well_run"),
    Column("recorded_late", N_("Recorded late"), on_page=True),
)
"""The columns of a club's row, in order."""


def club_columns(own: Mapping[str, str]) -> tuple[Column, ...]:
    """Return the columns of a club's row, where ``own`` are the labels of the province's funds."""
    place = 1 + max(n for n, one in enumerate(COLUMNS) if one.source is Source.LEDGER)
    labels = ((fund, f"{label} (đồng)") for fund, label in own.items())
    return (*COLUMNS[:place], *(_fund(fund, one, one) for fund, one in labels), *COLUMNS[place:])


def commune_columns(own: Mapping[str, str]) -> tuple[Column, ...]:
    """Return the columns of a commune's row, in order."""
    return (
        Column("commune", N_("Commune"), Format.COMMUNE, width=55),
        Column("clubs", N_("Clubs alive"), width=22),
        Column("villages", N_("Villages with a club")),
        *(
            replace(one, label=one.sum_label, width=one.sum_width)
            for one in club_columns(own)
            if one.sum_label
        ),
    )


RECEIVED_COLUMNS = (
    Column("year", N_("Year"), Format.TEXT, width=25),
    Column("fund", N_("Fund"), Format.FUND, width=45),
    Column("source", N_("Source"), Format.SOURCE, width=55),
    Column("amount", N_("Received (đồng)"), Format.MONEY, width=40),
)
"""The columns of what came into one kind of fund from one source in one year."""
OVERDUE_COLUMNS = (
    Column("title", N_("What"), Format.TASK, width=26),
    Column("club_name", N_("Club's name"), Format.TEXT, width=46),
    Column("commune", N_("Commune"), Format.COMMUNE, width=30),
    Column("due_on", N_("Due"), Format.DAY, width=22),
    Column("overdue_days", N_("Days late"), width=14),
    Column("role", N_("Who"), Format.ROLE),
    Column("source", N_("Ground"), Format.TEXT, width=27),
)
"""The columns of what is overdue."""
DURATION_COLUMNS = (
    Column("state", N_("Stage"), Format.STATE),
    Column("ended", N_("Finished")),
    Column("median_days", N_("Median (days)")),
    Column("slowest_days", N_("Slowest (days)")),
    Column("slowest_name", N_("Slowest club"), Format.TEXT),
    Column("waiting", N_("Clubs in it now")),
    Column("longest_days", N_("Longest wait (days)")),
    Column("longest_name", N_("Club that waits longest"), Format.TEXT),
)
"""The columns of how long each state lasts."""
EARLIER_COLUMNS = (
    Column("title", N_("Report"), Format.REPORT, width=55),
    Column("due_on", N_("Due"), Format.DAY, width=25),
    Column("sent_on", N_("Sent"), Format.SENT, width=25),
    Column("days_late", N_("Days late"), width=18),
    Column("source", N_("Ground"), Format.TEXT, width=42),
)
"""The columns of the reports that were due before."""


@dataclass(frozen=True, slots=True)
class Record:
    """A kind of record that is counted over a period; ``condition`` leaves some of it out."""

    name: str
    label: str
    table: str
    condition: str = ""


RECORDS = (
    Record("supervisions", N_("Supervisions in the period"), "supervision"),
    Record("reviews", N_("Reviews in the period"), "review"),
    Record("trainings", N_("Trainings in the period"), "training", "AND kind <> 'support'"),
    Record("meetings", N_("Meetings in the period"), "meeting"),
)


def figure_labels(own: Mapping[str, str]) -> dict[str, str]:
    """Return the figures of a whole province that are shown, in order, with their headings."""
    return {
        "clubs": N_("Clubs alive"),
        "clubs_decided": N_("Clubs ever established"),
        "clubs_decided_in_period": N_("Established in the period"),
        "clubs_dissolved_in_period": N_("Dissolved in the period"),
        "communes_with_clubs": N_("Communes with a club"),
        "villages_with_clubs": N_("Villages with a club"),
        **{one.name: one.sum_label for one in club_columns(own) if one.sum_label},
        **{one.name: one.label for one in RECORDS},
    }
