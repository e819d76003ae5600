"""Cases: text files that say which clubs there are and what must then be answered on a day.

``read_case`` reads one, ``play`` lets its clubs live on a real file and asks its questions.
"""

from engine.testing.cases.format import Case, CaseError, read_case
from engine.testing.cases.playing import play

__all__ = ["Case", "CaseError", "play", "read_case"]
