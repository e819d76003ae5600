"""What people type, read: days, amounts, yes and no, report periods, words that mean a code.

Vietnamese is read with its marks or with none at all, in any case. What cannot be read, or can be
read in two ways, is refused with a sentence and an example; nothing is guessed.
"""

from engine.vietnamese.reading.choice import read_choice
from engine.vietnamese.reading.day import read_day
from engine.vietnamese.reading.money import read_money
from engine.vietnamese.reading.period import read_period
from engine.vietnamese.reading.rate import read_rate
from engine.vietnamese.reading.yes_no import read_yes_no

__all__ = ["read_choice", "read_day", "read_money", "read_period", "read_rate", "read_yes_no"]
