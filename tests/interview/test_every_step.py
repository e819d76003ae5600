"""Every step of every province is filled in by answering questions, without a terminal."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.interview.question import Kind, Question
from engine.interview.step import StepInterview
from engine.lifecycle.situation import opening, situation
from engine.provinces.load import Provinces
from engine.scenario.play import FOUNDED, OPERATING, Turn
from engine.scenario.world import World, acknowledging, open_world

PROVINCES = sorted(Provinces().found())
ANSWERS = {
    Kind.TEXT: "Theo hồ sơ",
    Kind.NUMBER: "5",
    Kind.MONEY: "6 triệu",
    Kind.YES_NO: "có",
    Kind.CHOICE: "1",
    Kind.CHOICES: "tất cả",
    Kind.LINES: "Thiếu danh sách",
}
