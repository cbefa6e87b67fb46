"""What the villagers read of the money: drafted, reviewed, issued, hung up, corrected, filed away."""

from hypothesis import strategies as some
from hypothesis.stateful import rule

from tests.money.deeds.core import EXCUSE, amounts, any_of_many, deaths, outcomes
from tests.money.deeds.sheets import Sheets
from villagedesk.disclosure import usecases as board
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.model import Notice, NoticeState, Posting
from villagedesk.kernel.dates import Period
from villagedesk.oversight.usecases import answer, review
from villagedesk.payments.model import Outcome

S = NoticeState
KINDS = ("funds", "spending", "pay")


class Notices(Sheets):
    """What hangs on the board."""

    def _notice(self, which: int, *states: NoticeState) -> Notice | None:
        return self._any(Notice, which, f"state IN ({', '.join('?' * len(states))})", states)

    @rule(kind=some.sampled_from(KINDS), death=deaths, second=some.booleans())
    def a_notice_is_drafted(self, kind: str, death: int, *, second: bool) -> None:
        scope = Scope(Period.quarter(2026, (self._day(0).month + 2) // 3))
        self._do("notice", "李会计", lambda desk: board.prepare(desk, kind, scope), death=death, second=second)

    @rule(which=any_of_many, is_kept=some.sampled_from([True, True, True, False]), death=deaths)
    def a_draft_is_handed_in(self, which: int, death: int, *, is_kept: bool) -> None:
        if draft := self._notice(which, S.DRAFT):
            deed = (
                (lambda desk: board.submit(desk, draft.id, EXCUSE))
                if is_kept
                else (lambda desk: board.discard(desk, draft.id))
            )
            self._do("notice handed in" if is_kept else "notice discarded", "李会计", deed, death=death)

    @rule(
        which=any_of_many, who=some.sampled_from(["周监督"] * 6 + ["李会计", "赵主任"]), outcome=outcomes, death=deaths
    )
    def a_notice_is_reviewed(self, which: int, who: str, outcome: Outcome, death: int) -> None:
        if notice := self._notice(which, S.SUBMITTED):
            self._do(
                "notice reviewed", who, lambda desk: review(desk, "notices", notice.id, outcome, EXCUSE), death=death
            )

    @rule(which=any_of_many)
    def a_query_about_a_notice_is_answered(self, which: int) -> None:
        if notice := self._notice(which, S.QUERIED):
            self._do("notice answered", "李会计", lambda desk: answer(desk, "notices", notice.id, "已核对"))

    @rule(which=any_of_many, death=deaths, second=some.booleans())
    def a_notice_is_issued(self, which: int, death: int, *, second: bool) -> None:
        """Only what was reviewed; anything else is refused."""
        if notice := self._notice(which, S.REVIEWED, S.SUBMITTED):
            self._do("issue", "李会计", lambda desk: board.issue(desk, notice.id), death=death, second=second)

    @rule(which=any_of_many, death=deaths)
    def a_notice_is_hung_up(self, which: int, death: int) -> None:
        if notice := self._notice(which, S.ISSUED, S.POSTED, S.TAKEN_DOWN):
            self._do("hung up", "李会计", lambda desk: board.post_up(desk, notice.id, "村委会公示栏"), death=death)

    @rule(which=any_of_many, death=deaths)
    def a_notice_is_taken_down_and_filed(self, which: int, death: int) -> None:
        if hanging := self._any(Posting, which):
            self._do("taken down", "李会计", lambda desk: board.take_down(desk, hanging.id, reason=EXCUSE), death=death)
            self._do("filed", "李会计", lambda desk: board.file_away(desk, hanging.notice_id, "档案盒"))

    @rule(which=any_of_many, is_correction=some.sampled_from([True, True, False]), death=deaths)
    def a_notice_is_answered_by_another(self, which: int, death: int, *, is_correction: bool) -> None:
        """By a correction when the books now say something else, or by a supplement."""
        if notice := self._notice(which, S.ISSUED, S.POSTED, S.TAKEN_DOWN, S.CORRECTED, S.FILED):
            name, deed = (
                ("correct", lambda desk: board.correct(desk, notice.id, "账有变动"))
                if is_correction
                else ("supplement", lambda desk: board.supplement(desk, notice.id, "补充说明", "有人问起"))
            )
            self._do(name, "李会计", deed, death=death)

    @rule(kind=some.sampled_from(KINDS))
    def a_notice_goes_all_the_way_to_the_board(self, kind: str) -> None:
        self.a_notice_is_drafted(kind, 0, second=False)
        self._to_the_board(-1)

    @rule(fen=amounts)
    def a_notice_turns_out_wrong(self, fen: int) -> None:
        """Money comes that the notice on the board does not know of: its correction goes up beside it."""
        self.a_notice_goes_all_the_way_to_the_board("funds")
        self.money_arrives(1, fen, 0, "李会计", 0, second=False)
        self.a_notice_is_answered_by_another(-1, 0, is_correction=True)
        self._to_the_board(-1)

    @rule(which=any_of_many)
    def a_draft_goes_all_the_way_to_the_board(self, which: int) -> None:
        self._to_the_board(which)

    def _to_the_board(self, which: int) -> None:
        if draft := self._notice(which, S.DRAFT):
            self._do("notice handed in", "李会计", lambda desk: board.submit(desk, draft.id, EXCUSE))
            self._do("notice reviewed", "周监督", lambda desk: review(desk, "notices", draft.id, Outcome.PASSED))
            self._do("issue", "李会计", lambda desk: board.issue(desk, draft.id))
            self._do("hung up", "李会计", lambda desk: board.post_up(desk, draft.id, "村委会公示栏"))
