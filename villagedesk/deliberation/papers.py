"""The sheets about meetings and scores, filled from the books."""

from villagedesk.deliberation import scoring, sheets, store
from villagedesk.deliberation.model import Meeting
from villagedesk.reports.sheet import Sheet
from villagedesk.storage.desk import Desk
from villagedesk.village.store import office, profile


def ranked(desk: Desk, year: int) -> list[scoring.Ranked]:
    """Return a year's projects by their points, best first; those nobody scored are not in it."""
    return scoring.ranking(store.scores_of_year(desk, year), store.scored_names(desk, year), profile(desk).scoring)


def ranking_sheet(desk: Desk, year: int) -> Sheet:
    """Return a year's ranking by points."""
    return sheets.ranking_sheet(office(desk), year, ranked(desk, year), profile(desk).scoring)


def minutes_sheet(desk: Desk, meeting_id: str) -> Sheet:
    """Return a meeting's minutes. Raises KeyError when there is no such meeting."""
    meeting = desk.get(Meeting, meeting_id)
    return sheets.minutes_sheet(
        office(desk),
        store.body_of(desk, meeting).name,
        meeting,
        store.roll_of(desk, meeting_id),
        store.motions_of(desk, meeting_id),
        store.projects_of_motions(desk, meeting_id),
        profile(desk).meetings[meeting.basis],
    )


def resolution_sheet(desk: Desk, meeting_id: str) -> Sheet:
    """Return a meeting's resolution. Raises KeyError when there is no such meeting."""
    meeting = desk.get(Meeting, meeting_id)
    return sheets.resolution_sheet(
        office(desk),
        store.body_of(desk, meeting).name,
        meeting,
        store.motions_of(desk, meeting_id),
        store.projects_of_motions(desk, meeting_id),
        profile(desk).meetings[meeting.basis],
    )
