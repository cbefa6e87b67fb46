"""A quarter's five notices from the books to the paper, beside drawing the same papers alone."""

from collections.abc import Iterator
from datetime import datetime
from statistics import median

from benchmarks.books import act, built, copied
from benchmarks.figures import Figure, ratio, seconds, side_by_side
from villagedesk.app.practice import facts
from villagedesk.app.practice.year import VILLAGE, build
from villagedesk.disclosure import store, usecases
from villagedesk.disclosure.drafting import kept_sheet
from villagedesk.disclosure.kind import Scope
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.dates import Period
from villagedesk.kernel.places import PACKAGE
from villagedesk.oversight import usecases as oversight
from villagedesk.payments.model import Outcome
from villagedesk.reports.sheet import Sheet
from villagedesk.storage.desk import Desk
from villagedesk.village.profile import Rhythm, load

_QUARTER = Period.quarter(2026, 4)
_NOW = datetime(2026, 12, 20, 9, tzinfo=CHINA)


def notices(rounds: int = 5) -> Iterator[Figure]:
    """Prepare, submit, review and issue the practice village's fourth quarter; then draw its papers again."""
    practice = built("practice", build, *sorted((PACKAGE / "app" / "practice").glob("*.py"))) / VILLAGE
    sheets: list[Sheet] = []

    def whole() -> float:
        with copied(practice) as folder, Desk.open(folder, clock=SetClock(_NOW)) as desk:
            taken = seconds(lambda: _disclose(desk))
            sheets[:] = [kept_sheet(issued) for issued in list(store.issuances(desk).values())[-len(_kinds()) :]]
            return taken

    def drawing() -> float:
        from villagedesk.reports.pdf import draw

        return seconds(lambda: [draw(sheet) for sheet in sheets])

    taken = side_by_side({"whole": whole, "drawing": drawing}, rounds)
    yield Figure("notices.quarter", median(taken["whole"]), "s", "a quarter's notices prepared, reviewed and issued")
    yield Figure("notices.drawing", median(taken["drawing"]), "s", "the same papers drawn, nothing else")
    yield Figure("notices.ratio", ratio(taken["whole"], taken["drawing"]), "times", "books, rules and proof over paper")


def _kinds() -> list[str]:
    """Return the kinds that every quarter asks for."""
    return [kind for kind, rule in load().notices.items() if rule.rhythm is Rhythm.QUARTER and rule.is_required]


def _disclose(desk: Desk) -> None:
    act(desk, facts.ACCOUNTANT)
    drafts = [usecases.prepare(desk, kind, Scope(_QUARTER)) for kind in _kinds()]
    for draft in drafts:
        usecases.submit(desk, draft.id, "年底提前公示")
    act(desk, facts.SUPERVISOR)
    for draft in drafts:
        oversight.review(desk, "notices", draft.id, Outcome.PASSED)
    act(desk, facts.ACCOUNTANT)
    for draft in drafts:
        usecases.issue(desk, draft.id)
