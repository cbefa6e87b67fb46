"""The light reading of when a month is due says what the profile says."""

from villagedesk.village.monthrules import due_days
from villagedesk.village.profile import load


def test_the_first_page_reads_the_same_day_as_the_profile() -> None:
    assert due_days() == load().closing.due_days
