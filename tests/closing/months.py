"""A village with a January to close: money came, a claim was paid, and it is February."""

from datetime import date, datetime

from tests.payments.paying import YUAN, a_claim, as_, grant_project, granted, open_fund
from villagedesk.closing.model import Month
from villagedesk.closing.store import month
from villagedesk.closing.usecases import agree_reopening, ask_reopening, close_month, prepare_closing
from villagedesk.deliberation.model import Meeting, Motion, MotionProject
from villagedesk.exchange.model import Ruling, Verdict
from villagedesk.exchange.months import move_reopening
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.dates import Period
from villagedesk.ledger.model import Closing, Reopening
from villagedesk.payments.model import Voucher
from villagedesk.payments.usecases import post
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Body

JANUARY = Period(2026, 1, 1)
FEBRUARY = JANUARY.following
EXCUSE = "对账单还没有拿到，照片下月补拍"


def on(clock: SetClock, month: int, day: int) -> None:
    """Stand at nine in the morning of a day of 2026."""
    clock.set(datetime(2026, month, day, 9, 0, tzinfo=CHINA))


def a_month(desk: Desk, clock: SetClock) -> tuple[Project, Voucher]:
    """Let January have its money and a payment, and go on to 3 February."""
    project = grant_project(desk, fund=open_fund(desk))
    resolve(desk, project)
    voucher = paid(desk, project)
    on(clock, 2, 3)
    return project, voucher


def resolve(desk: Desk, *projects: Project) -> Motion:
    """Let the villagers' representatives have resolved the projects."""
    with desk.change("test.resolved") as change:
        body = change.put(Body(kind="村民代表会议", name="村民代表会议"))
        meeting = change.put(
            Meeting(
                body_id=body.id, basis="村民代表会议", number="村民代表会议2026-1", held_on=date(2026, 1, 4),
                place="村委会会议室", chair="赵主任", recorder="李会计", entitled=45, present=40,
                profile_version="default-2026.1", recorded_by=change.actor_id,
            )
        )  # fmt: skip
        motion = change.put(
            Motion(
                meeting_id=meeting.id, number=1, subject="2026年度运行维护项目", method="举手", yes=36, no=2,
                abstain=2, is_passed=True, arithmetic="应到45人，实到40人；同意36票，超过到会人数半数，通过",
            )
        )  # fmt: skip
        change.put_all(MotionProject(motion_id=motion.id, project_id=project.id) for project in projects)
    return motion


def paid(desk: Desk, project: Project, amount_fen: int = 300 * YUAN) -> Voucher:
    """Pay a claim of today."""
    as_(desk, "李会计")
    today = desk.clock.now().date()
    claim = granted(desk, a_claim(project, amount_fen, spent_on=today, invoice_number=f"N{desk.tip()[0]}"))
    return post(desk, claim.id)


def prepared(desk: Desk, period: Period = JANUARY) -> Closing:
    """Let the accountant make a month ready."""
    as_(desk, "李会计")
    return prepare_closing(desk, period, EXCUSE)


def closed(desk: Desk, period: Period = JANUARY) -> Closing:
    """Let the accountant make a month ready and the finance group close it."""
    prepared(desk, period)
    as_(desk, "钱组长")
    done = close_month(desk, period)
    as_(desk, "李会计")
    return done


def agreed(desk: Desk, closing: Closing, days: int = 5) -> Reopening:
    """Let the accountant ask and the head agree to open a month again."""
    as_(desk, "李会计")
    asked = ask_reopening(desk, closing.id, "漏记了一笔到账", days)
    as_(desk, "赵主任")
    done = agree_reopening(desk, asked.id)
    as_(desk, "李会计")
    return done


def ruled(desk: Desk, reopening: Reopening, outcome: Ruling = Ruling.PASSED, due_on: object = None) -> Reopening:
    """Take in the township's word as its receipt brings it."""
    with desk.change("exchange.receipt.applied") as change:
        verdict = change.put(
            Verdict(
                subject_table="reopenings", subject_id=reopening.id, subject_version=reopening.version,
                outcome=outcome, note="" if outcome is Ruling.PASSED else "先查清楚", given_by="吴所长",
                given_at=change.at, due_on=due_on,  # type: ignore[arg-type]
            )
        )  # fmt: skip
        move_reopening(desk, change, verdict)
    return desk.get(Reopening, reopening.id)


def reopened(desk: Desk, closing: Closing, days: int = 5) -> Reopening:
    """Open a month again, with everybody's word."""
    return ruled(desk, agreed(desk, closing, days))


def stands(desk: Desk, period: Period = JANUARY) -> Month:
    """Return where a month stands today."""
    found = month(desk, period, desk.clock.now().date())
    assert found
    return found
