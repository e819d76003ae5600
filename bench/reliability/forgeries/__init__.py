"""What somebody with the database and time can forge: the list, for the tests and for the trials.

Of each that changes one event the list has what a log without seals shows when it is judged
again; the others are found otherwise, or by the seals alone, or by nothing.
"""

from bench.reliability.forgeries import club, province, spelling, streams, tables

FORGERIES = (
    *club.FORGERIES,
    *province.FORGERIES,
    *spelling.FORGERIES,
    *streams.FORGERIES,
    *tables.FORGERIES,
)
