"""Codes about files that carry clubs between databases."""

from engine.codes.code import Code
from engine.i18n import N_

BUNDLE_FILE = Code(
    "CLB-BUNDLE-FILE",
    N_("The file is no whole file with clubs."),
    N_("Ask whoever sent it to send it once more. Nothing was taken in."),
)
BUNDLE_NEWER = Code(
    "CLB-BUNDLE-NEWER",
    N_("The file was made by a newer version of the program."),
    N_("Install the newer version: pip install --upgrade clb-lien-the-he."),
)
BUNDLE_SENDER = Code(
    "CLB-BUNDLE-SENDER",
    N_("It is not clear who sends to whom, or somebody may not send."),
    N_("See who acts for which commune: clb officer list."),
)
BUNDLE_FOREIGN = Code(
    "CLB-BUNDLE-FOREIGN",
    N_("The file holds what is not its sender's, or is for somebody else."),
    N_("Ask whoever sent it. Nothing was taken in."),
)
BUNDLE_GAP = Code(
    "CLB-BUNDLE-GAP",
    N_("A file that came before this one is missing here."),
    N_("Send your own file first: the next one from there then has the missing part."),
)
BUNDLE_FORK = Code(
    "CLB-BUNDLE-FORK",
    N_("Something was recorded at both sides after the same event."),
    N_("See both sides and take your own steps again: clb bundle rebase CLUB."),
)
BUNDLE_EVENT = Code(
    "CLB-BUNDLE-EVENT",
    N_("The file holds an event that no honest program could have recorded."),
    N_("Nothing was taken in. Ask whoever sent it to run clb audit verify."),
)
BUNDLE_NAMES = Code(
    "CLB-BUNDLE-NAMES",
    N_("Names of members in the file are not those that the log committed to."),
    N_("Ask whoever sent it to send it once more. Nothing was taken in."),
)
BUNDLE_SIGNATURE = Code(
    "CLB-BUNDLE-SIGNATURE",
    N_("The signature of the file is not that of the maker it names."),
    N_("Nothing was taken in. Ask the sender by telephone whether the file is theirs."),
)
BUNDLE_POLICY = Code(
    "CLB-BUNDLE-POLICY",
    N_("An event was judged by a province plugin that is not known here."),
    N_("Install the province's newest plugin: clb province install."),
)
BUNDLE_REBASE = Code(
    "CLB-BUNDLE-REBASE",
    N_("A club's own steps cannot be taken again on top of the other side's here."),
    N_("See how far both sides are: clb bundle status."),
)
BUNDLE_DOUBLE = Code(
    "CLB-BUNDLE-DOUBLE",
    N_("The other side has recorded the same: the same step on the same day with the same form."),
    N_("If both happened, give the reason; else leave it out."),
)
SIGNATURE_MISSING = Code(
    "CLB-SIGNATURE-MISSING",
    N_("The province asks for signed steps, and whoever records this one has no key open."),
    N_("Make a key with clb officer key, let it be registered, and type its passphrase."),
)
KEY_THERE = Code(
    "CLB-KEY-THERE",
    N_("There is a key of that officer already."),
    N_("See the keys there are: clb officer key --list."),
)
KEY_PASSPHRASE = Code(
    "CLB-KEY-PASSPHRASE",
    N_("The passphrase of a key is missing, wrong or too short."),
    N_("Type it again. Where it is forgotten, let it be ended, then make another."),
)
KEY_LINE = Code(
    "CLB-KEY-LINE",
    N_("What was given is no public line of a key."),
    N_("Copy the whole line, which begins with clb1-, as clb officer key prints it."),
)
KEY_NONE = Code(
    "CLB-KEY-NONE",
    N_("There is no such key."),
    N_("See the keys there are: clb officer key --list."),
)
