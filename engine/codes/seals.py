"""Codes about seals of the log."""

from engine.codes.code import Code
from engine.i18n import N_

SEAL_TEXT = Code(
    "CLB-SEAL-TEXT",
    N_("What was typed is not a seal."),
    N_("Type the line as it is printed, for example BN 2461 · 3f9a 77c2 01de 88b0."),
)
SEAL_NONE = Code(
    "CLB-SEAL-NONE",
    N_("Nothing of it is sealed yet."),
    N_("Make a seal: clb audit seal."),
)
SEAL_FILE = Code(
    "CLB-SEAL-FILE",
    N_("The file holds no seal."),
    N_("Name a report that was built with a seal, a checkpoint or a backup."),
)
SEAL_TABLES = Code(
    "CLB-SEAL-TABLES",
    N_("The tables about seals are not what the log says, so nothing more is sealed."),
    N_("Compute the tables again with clb db rebuild, then repeat."),
)
SEAL_OTHER = Code(
    "CLB-SEAL-OTHER",
    N_("The noted seal is not one of this log."),
    N_("See what does not fit: clb audit verify --seal with the same seal."),
)
