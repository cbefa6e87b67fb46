"""What households wish, as it is asked for."""

from datetime import date

from villagedesk.projects.figures import Coverage, WishCount
from villagedesk.projects.model import Wish
from villagedesk.storage.desk import Desk


def wish_ranking(desk: Desk, year: int, village_id: str = "") -> list[WishCount]:
    """Return what households wish for a year, the most wished first; equal numbers by first and second wishes."""
    rows = desk.rows(
        """SELECT item, sum(place = 1) AS first, sum(place = 2) AS second, sum(place = 3) AS third,
                  max(signed_on) AS last_day
             FROM wishes WHERE village_id = ? AND year = ?
            GROUP BY item ORDER BY count(*) DESC, first DESC, second DESC, item""",
        [village_id or desk.office_id, year],
    )
    return [
        WishCount(row["item"], row["first"], row["second"], row["third"], date.fromisoformat(row["last_day"]))
        for row in rows
    ]


def coverage(desk: Desk, year: int, village_id: str = "") -> Coverage:
    """Return how many of the village's households told their wishes for a year."""
    office = village_id or desk.office_id
    heard = desk.value(
        "SELECT count(DISTINCT household_id) FROM wishes WHERE village_id = ? AND year = ?", [office, year]
    )
    return Coverage(heard, desk.value("SELECT count(*) FROM households WHERE village_id = ?", [office]))


def heard_households(desk: Desk, year: int) -> set[str]:
    """Return the ids of the households whose wishes for a year are in."""
    rows = desk.rows(
        "SELECT DISTINCT household_id FROM wishes WHERE village_id = ? AND year = ?", [desk.office_id, year]
    )
    return {row[0] for row in rows}


def wishes_of(desk: Desk, household_id: str, year: int) -> list[Wish]:
    """Return a household's wishes for a year in its own order."""
    return desk.find(Wish, "household_id = ? AND year = ?", [household_id, year], "place")
