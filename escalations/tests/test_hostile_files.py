"""Whatever file is sent, it is read right or refused in words, soon and in little memory."""

import pytest

from escalations.tests.hostile import BOOKS, TEXTS, measured

SECONDS, MIB = 2.0, 150
PATIENCE = 10
"""How much slower than by itself a machine may be that runs all tests at once."""


@pytest.mark.parametrize("sheet", [*BOOKS, *TEXTS], ids=lambda sheet: sheet.name)
def test_a_file_is_read_right_or_refused_in_words(sheet):
    outcome = measured(sheet)
    if sheet.refused:
        assert sheet.refused in outcome.refused
        assert outcome.refused.endswith(".")
        assert outcome.seconds < SECONDS * PATIENCE
    else:
        assert not outcome.refused
        assert sheet.reads in outcome.reads
    is_short = sheet.refused or sheet in BOOKS
    assert outcome.mib < (MIB if is_short else 2 * MIB)
