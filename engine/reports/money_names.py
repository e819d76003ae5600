"""What people call the two funds, the sources of money and the kinds of entry."""

from engine.i18n import _
from engine.model import FundKind


def kind_name(kind: str) -> str:
    """Return what people call a kind of entry."""
    return {
        "grant": _("grant"),
        "contribution": _("contribution"),
        "loan": _("loan"),
        "repayment": _("repayment"),
        "expense": _("expense"),
        "reversal": _("reversal"),
    }.get(kind, kind)


def source_name(source: str) -> str:
    """Return what people call a source of money."""
    return {
        "province_budget": _("province's budget"),
        "district_budget": _("district's budget"),
        "commune_budget": _("commune's budget"),
        "donor": _("donor"),
        "socialised": _("raised from society"),
        "member": _("the members themselves"),
        "care_fund": _("care fund for the elderly"),
        "bank": _("bank"),
        "interest": _("interest"),
        "other": _("other source"),
    }.get(source, source)


def fund_name(fund: str) -> str:
    """Return what people call one of the two funds."""
    return _("income fund") if fund == FundKind.INCOME else _("operating fund")
