"""The fields of papers: what templates may ask for, each with its meaning.

A path names a value inside others; ``[]`` means each of a list. Templates of provinces and
offices use these names: one that is taken out breaks them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from engine.i18n import N_, _
from engine.labels import step_name

PERSON: Mapping[str, str] = {
    "name": N_("name"),
    "address": N_("how the person is addressed"),
    "sex": N_("sex"),
    "born": N_("birth date or year"),
}
"""The parts of somebody who is named."""
COUNTED: Mapping[str, str] = {
    "label": N_("what is counted"),
    "count": N_("how many"),
    "percent": N_("share"),
    "stated": N_("what the document states"),
    "source": N_("document and article"),
    "article": N_("article without the document"),
}
"""The parts of a count of members."""


def _each(path: str, parts: Mapping[str, str]) -> dict[str, str]:
    return {f"{path}.{name}": words for name, words in parts.items()}


FIELDS: Mapping[str, str] = {
    "agency.above[]": N_("lines of the agency above the issuer"),
    "agency.lines[]": N_("lines of the issuer's name"),
    "agency.name": N_("the issuer, in a sentence"),
    "number": N_("number and symbol of the paper"),
    "place_and_date": N_("place and date of the paper"),
    "date": N_("date of the paper"),
    "born_title": N_("heading of a column of births"),
    "club.name": N_("club's name"),
    "club.village": N_("club's village"),
    "club.commune": N_("club's commune on that day"),
    "club.address": N_("club's address"),
    "club.at": N_("club's name with its address"),
    "club.place": N_("place name before a date"),
    "committee": N_("commune People's Committee"),
    "association": N_("commune Association of the Elderly"),
    "proposer": N_("who submits the proposal"),
    "recipients[]": N_("recipients"),
    "own_fields[]": N_("a field of the province's own; own.NAME is its value alone"),
    "own_fields[].label": N_("what the field is called"),
    "own_fields[].text": N_("what is filled in"),
    "signature.lines[]": N_("authority and title of the signer"),
    "signature.name": N_("name of the signer"),
    "bases[]": N_("what the paper rests on"),
    "caption": N_("which paper it goes with"),
    "authority": N_("issuer in capitals"),
    "make_up.total": N_("number of members"),
    "make_up.elderly_age": N_("age from which a member is elderly"),
    "make_up.estimated": N_("elderly members of whom the year of birth alone is known"),
    "make_up.document": N_("document that states the composition, cited in full"),
    "make_up.again": N_("the same document as cited later"),
    **_each("make_up.rows[]", COUNTED),
    **_each("make_up.shares[]", COUNTED),
    "board[].no": N_("number of the row"),
    **_each("board[]", PERSON),
    "board[].post": N_("post on the board"),
    **_each("chair", PERSON),
    **_each("treasurer", PERSON),
    "participants[].no": N_("number of the row"),
    **_each("participants[]", PERSON),
    "participants[].post": N_("post on the board"),
    "changes[].no": N_("number of the row"),
    "changes[].post": N_("post on the board"),
    "changes[].vacant": N_("whether nobody held the post"),
    **_each("changes[].old", PERSON),
    **_each("changes[].new", PERSON),
    "members[].no": N_("number of the row"),
    "members[].group": N_("village or group that begins with this member, for a line of its own"),
    "members[].name": N_("name"),
    "members[].male_born": N_("birth of a man"),
    "members[].female_born": N_("birth of a woman"),
    "members[].village": N_("member's village"),
    "members[].circumstance": N_("circumstance"),
    "village": N_("village of all members, where it is one"),
    "grouped": N_("whether the list goes by villages or groups, each in a line of its own"),
    "proposed": N_("whether the list goes with the proposal"),
    "funds[]": N_("fund the club is to have"),
    "funds[].name": N_("fund"),
    "funds[].amount": N_("what it holds"),
    "funds[].in_words": N_("the amount in words"),
    "funds[].by": N_("what the amount is by, if not the books"),
    "funds_source": N_("article on the funds"),
    "funds_known": N_("whether the funds were recorded"),
    "own_charter": N_("whether the club makes its own charter"),
    "support": N_("whether a support is stated"),
    "support.amount": N_("support for a new club"),
    "support.in_words": N_("the amount in words"),
    "support.source": N_("article and terms of the support"),
    "support.fund": N_("fund the support is for"),
    "activities[]": N_("an activity of the club"),
    "activities_source": N_("article with the activities"),
    "activities_total": N_("how many activities the document lists"),
    "appraiser": N_("who appraised"),
    "aspects[].no": N_("number of the row"),
    "aspects[].name": N_("aspect of the appraisal"),
    "aspects[].conclusion": N_("conclusion on the aspect"),
    "aspects_source": N_("article on the appraisal"),
    "conclusion": N_("conclusion of the paper"),
    "submission.number": N_("number of the submission"),
    "submission.date": N_("date of the submission"),
    "reasons[]": N_("reason"),
    "supplement_by": N_("day to complete the dossier by"),
    "has_deadline": N_("whether there is such a day"),
    "establishment.number": N_("number of the decision that established the club"),
    "establishment.date": N_("its date"),
    "decision.number": N_("number of the decision"),
    "decision.date": N_("date of the decision"),
    "course.kind": N_("kind of course"),
    "course.days": N_("days of the course"),
    "course.first_day": N_("first day of the course"),
    "course.last_day": N_("last day of the course"),
    "course.topics": N_("topics"),
    "course.attendees": N_("how many take part"),
    "course.audience": N_("whom the document names"),
    "course.audience_source": N_("article on whom"),
    "held.place": N_("place of the ceremony"),
    "held.date": N_("day of the ceremony"),
    "held.attendance": N_("how many came"),
    "attendance": N_("how many came"),
    "signer": N_("who signed the decision"),
    "charter": N_("whether the charter was adopted"),
    "received[].date": N_("day the money came"),
    "received[].amount": N_("amount"),
    "received[].in_words": N_("the amount in words"),
    "received[].source": N_("from whom"),
    "received[].fund": N_("fund"),
    "received[].document": N_("voucher"),
    "received[]": N_("money received"),
    "inspector": N_("who supervised"),
    "since": N_("first day of what is supervised"),
    "figures[].label": N_("what is counted"),
    "figures[].text": N_("figure"),
    "figures[].stated": N_("what the document states"),
    "figures[].source": N_("document and article"),
    "figures[].article": N_("article without the document"),
    "figures_stated": N_("whether any figure is stated in a document"),
    "recommendations": N_("recommendations"),
    "notes": N_("remarks"),
    "result": N_("result"),
    "reason": N_("reason"),
    "year": N_("year"),
    "by_regulation": N_("whether it works by its charter"),
    "well_run": N_("whether it is well run"),
    "well_run_source": N_("article that asks it"),
    "standard": N_("whether it meets the standard"),
    "standard_asked": N_("whether the standard is asked for"),
    "supervisions[]": N_("days of the year's supervisions"),
    "of_club": N_("whether the club, not its board, is consolidated"),
    "training_source": N_("article that sends a new chair to training"),
    "changes[]": N_("post that changes hands"),
    "document": N_("document that the step rests on"),
    "fund_inventory": N_("result of the inventory"),
    "fund_disposal": N_("what becomes of the funds"),
    "payments[].no": N_("number of the row"),
    "slip.fund": N_("fund"),
    "slip.date": N_("day of the money"),
    "slip.document": N_("voucher"),
    "slip.person": N_("who pays or is paid"),
    "slip.reason": N_("what for"),
    "slip.amount": N_("amount"),
    "slip.in_words": N_("the amount in words"),
    "as_of": N_("last day of the book"),
    "books[].name": N_("fund"),
    "books[].before": N_("what was there at first"),
    "books[].opening": N_("the opening balance"),
    "books[].income": N_("all that came in"),
    "books[].spent": N_("all that went out"),
    "books[].left": N_("what is left"),
    "books[].entries[].date": N_("day of the entry"),
    "books[].entries[].document": N_("voucher"),
    "books[].entries[].what": N_("what the entry is"),
    "books[].entries[].income": N_("money in"),
    "books[].entries[].spent": N_("money out"),
    "books[].entries[].left": N_("what is left"),
    "loans[].date": N_("day of the entry"),
    "loans[].document": N_("voucher"),
    "loans[].person": N_("who borrows"),
    "loans[].lent": N_("lent"),
    "loans[].repaid": N_("paid back"),
    "loans[].interest": N_("interest"),
    "loans[].outstanding": N_("still lent out"),
    "cards[].no": N_("number of the loan"),
    "cards[].name": N_("who borrows"),
    "cards[].date": N_("day of the loan"),
    "cards[].due": N_("day by which it is to be repaid"),
    "cards[].months": N_("months until all is to be repaid"),
    "cards[].rate": N_("interest rate"),
    "cards[].purpose": N_("what it is for"),
    "cards[].document": N_("voucher"),
    "cards[].what": N_("whether money or goods were lent"),
    "cards[].amount": N_("amount"),
    "cards[].in_words": N_("the amount in words"),
    "cards[].left": N_("what is left"),
    "cards[].payments[].date": N_("day of the entry"),
    "cards[].payments[].what": N_("what the entry is"),
    "cards[].payments[].principal": N_("paid back"),
    "cards[].payments[].interest": N_("interest"),
    "cards[].payments[].left": N_("what is left"),
    "met.count": N_("meetings of the year"),
    "met.attendance": N_("members present on average"),
    "met.activities": N_("what the meetings were about"),
    "lending.count": N_("loans of the year"),
    "lending.lent": N_("lent"),
    "lending.repaid": N_("paid back"),
    "lending.interest": N_("interest"),
    "lending.borrowers": N_("members who owe something"),
    "lending.owed": N_("still lent out"),
    "lending.overdue": N_("owed after the due day"),
    "care.months": N_("months with home care"),
    "care.volunteers": N_("volunteers of the last month"),
    "care.cared_for": N_("people cared for in the last month"),
    "chart[].month": N_("month"),
    "chart[].bar": N_("bar of the chart"),
    "chart[].amount": N_("amount"),
    "outstanding.amount": N_("all that is lent out"),
    "outstanding.in_words": N_("the amount in words"),
}


def meaning(path: str) -> str:
    """Return what a field is; its path for one that only a province's own paper has."""
    found = FIELDS.get(path)
    return _(found) if found else path


WHYS: Mapping[str, str] = {
    "signature.name": N_("written when it is signed"),
    "signature.lines[]": N_("nobody recorded who signs"),
    "agency.name": N_("no document and no record names it"),
    "proposer": N_("nobody recorded which unit submits"),
    "recommendations": N_("nothing was recorded"),
}
"""Why a field is blank, where that is not for want of a record."""


def why(path: str, record: int | None, steps: Sequence[str]) -> str:
    """Return why a field was printed as a blank; ``record`` is the paper's own, if there is one."""
    if path in WHYS:
        return _(WHYS[path])
    if record is None and steps:
        awaited = _(" or ").join(f"“{step_name(step)}”" for step in steps)
        return _("the step {step} is not recorded yet").format(step=awaited)
    return _("nothing on record says it")


def paths(value: Any, path: str = "") -> Iterator[str]:
    """Yield the path of every value inside a paper's values, those of a list once for each."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from paths(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, Iterable) and not isinstance(value, str):
        listed = list(value)
        if not listed or not isinstance(listed[0], Mapping):
            yield f"{path}[]"
        for inner in listed:
            if isinstance(inner, Mapping):
                yield from paths(inner, f"{path}[]")
    else:
        yield path
