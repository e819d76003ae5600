"""Checks of the policy file as a text: its form, its sources, whether its values agree."""

import unicodedata

from engine import codes
from engine.testing.base import Checks
from engine.testing.subject import Subject

GROUPS = {
    "text": (codes.POLICY_ENCODING, codes.POLICY_TOML),
    "keys": (codes.POLICY_KEY, codes.POLICY_BRACKETS),
    "numbers": (codes.POLICY_NUMBER,),
    "sources": (codes.POLICY_SOURCE, codes.POLICY_DOCUMENT),
    "overlaps": (codes.POLICY_OVERLAP,),
    "dates": (codes.POLICY_PERIOD, codes.POLICY_DATE, codes.POLICY_TARGET_PERIOD),
    "sums": (codes.POLICY_SUM,),
    "ranges": (codes.POLICY_RANGE,),
    "twice": (codes.POLICY_DUPLICATE,),
    "references": (codes.POLICY_PHASE, codes.POLICY_AGENCY, codes.POLICY_NEEDS),
}
"""The codes of the engine's own check of a policy file, by what they are about."""
NAMED = frozenset(code for codes in GROUPS.values() for code in codes)


def _none(subject: Subject, codes: frozenset[str]) -> None:
    """Fail with the problems of those codes, each with its line, key and what is expected."""
    found = [one for one in subject.problems if one.code in codes]
    if found:
        lines = "\n".join(
            f"line {one.line or '?'}: {one.message} [{one.code}] Expected: {one.expected}."
            for one in found
        )
        subject.fail(lines, mend="Mend these lines.", key=found[0].key)


class PolicyFileChecks(Checks):
    """The policy file, as it lies there."""

    def test_the_policy_is_a_toml_text(self, subject: Subject) -> None:
        """The file is TOML in UTF-8, and no key stands in it twice."""
        _none(subject, frozenset(GROUPS["text"]))

    def test_the_policy_is_in_nfc(self, subject: Subject) -> None:
        """Vietnamese letters are written as one character each (Unicode NFC)."""
        text = subject.data.decode("utf-8-sig", errors="replace")
        for number, line in enumerate(text.splitlines(), start=1):
            subject.require(
                unicodedata.is_normalized("NFC", line),
                f"line {number} is not in NFC: {line.strip()[:60]}",
                mend="Save the file in NFC; most editors do when the line is typed anew.",
            )

    def test_the_policy_has_only_known_keys(self, subject: Subject) -> None:
        """Every key is one the engine knows: a misspelt one would never be asked for."""
        _none(subject, frozenset(GROUPS["keys"]))

    def test_every_value_has_the_form_of_its_key(self, subject: Subject) -> None:
        """Every value has the type and the bounds that the schema gives its key."""
        _none(subject, frozenset({one.code for one in subject.problems} - NAMED))

    def test_numbers_are_whole(self, subject: Subject) -> None:
        """Money and counts are whole numbers; a decimal point would not be exact."""
        _none(subject, frozenset(GROUPS["numbers"]))

    def test_every_value_has_its_source(self, subject: Subject) -> None:
        """Every value names a document that the file declares, and the section."""
        _none(subject, frozenset(GROUPS["sources"]))

    def test_values_of_a_key_do_not_overlap(self, subject: Subject) -> None:
        """No day has two values of one key."""
        _none(subject, frozenset(GROUPS["overlaps"]))

    def test_dates_are_in_order(self, subject: Subject) -> None:
        """Nothing ends before it starts, and a target counts inside its document's years."""
        _none(subject, frozenset(GROUPS["dates"]))

    def test_sums_agree(self, subject: Subject) -> None:
        """A sum is what its parts make: named communes, clubs times grant, years of a budget."""
        _none(subject, frozenset(GROUPS["sums"]))

    def test_ranges_are_not_upside_down(self, subject: Subject) -> None:
        """The smallest of a range is not above its largest."""
        _none(subject, frozenset(GROUPS["ranges"]))

    def test_nothing_is_declared_twice(self, subject: Subject) -> None:
        """A document or an activity is declared once."""
        _none(subject, frozenset(GROUPS["twice"]))

    def test_what_is_referred_to_is_there(self, subject: Subject) -> None:
        """A phase, a recipient or another value that is referred to is in the file."""
        _none(subject, frozenset(GROUPS["references"]))
