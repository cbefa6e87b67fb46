"""A believable recorded row for every table of a desk, so that no table can be forgotten by a test."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from villagedesk.deliberation.model import Attendance, Meeting, Motion, MotionProject, Presence, Score
from villagedesk.disclosure.model import (
    Filing,
    Issuance,
    Notice,
    NoticeState,
    Objection,
    Pause,
    Posting,
    Reply,
    ReplyOutcome,
    Slot,
    Takedown,
    Wording,
)
from villagedesk.exchange.model import Direction, Parcel, ParcelKind, ParcelState, Peer, Ruling, Verdict
from villagedesk.kernel.clock import CHINA
from villagedesk.kernel.records import Record
from villagedesk.ledger.model import (
    Advance,
    CashMove,
    CashMoveKind,
    Closing,
    ClosingState,
    Reopening,
    Settlement,
    Statement,
    StatementKind,
    Uncashed,
    UncashedSide,
)
from villagedesk.oversight.model import Answer, Review
from villagedesk.payments.model import (
    Approval,
    Claim,
    ClaimState,
    Outcome,
    PastExpense,
    Payroll,
    PayrollLine,
    PayWay,
    Voucher,
)
from villagedesk.payroll.model import BankAnswer, Batch, BatchLine, PayOutcome, Timesheet
from villagedesk.projects.model import (
    BudgetChange,
    BudgetLine,
    Contract,
    ContractKind,
    Evaluation,
    Inspection,
    InspectionKind,
    Levy,
    Mark,
    Post,
    Project,
    ProjectState,
    Step,
    Survey,
    Wish,
)
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk
from villagedesk.village.model import (
    Arrival,
    Body,
    Credential,
    Fund,
    Household,
    Import,
    Kinship,
    Membership,
    Office,
    OfficeKind,
    Officer,
    Opening,
    Person,
    Photo,
    Role,
)

DAY = date(2026, 3, 20)
MOMENT = datetime(2026, 3, 20, 9, 30, tzinfo=CHINA)
YEAR_END = date(2026, 12, 31)
Put = Callable[[Record], str]


def one_of_each(desk: Desk) -> dict[str, Record]:
    """Put one recorded row into every table of a laid-out desk (its own card is there). Returns them by table."""
    kept: dict[str, Record] = {}

    def put(record: Record) -> str:
        kept[record.table] = change.put(record)
        return kept[record.table].id

    with desk.change("test.village.settled", reason="每样一条") as change:
        _village(change, put)
        household, fund, body = kept["households"].id, kept["funds"].id, kept["bodies"].id
        officer, accountant = kept["officers"].id, desk.actor.id if desk.actor else ""
        kept["attachments"] = change.attach("现场照片.jpg", "image/jpeg", b"a photo")
        paper = kept["attachments"].id

        put(Wish(household_id=household, year=2026, place=1, item="修路灯", spokesman="张䶮", signed_on=DAY))
        project = put(
            Project(year=2026, name="三组路灯", class_code="1", item="路灯", budget_fen=1_200_000, fund_id=fund,
                    state=ProjectState.RUNNING)
        )  # fmt: skip
        put(Step(project_id=project, state=ProjectState.RUNNING, taken_on=DAY, paper_id=paper, taken_by=accountant))
        put(
            Contract(project_id=project, kind=ContractKind.WORKS, party="双石电器", scope="三组", standard="按图",
                     amount_fen=1_000_000, pay_cycle="完工", signed_on=DAY, first_day=DAY, last_day=YEAR_END)
        )  # fmt: skip
        post = put(
            Post(project_id=project, person_id=kept["people"].id, payee_id=kept["people"].id, duty="护路员", area="三组",
                 base_fen=30_000, performance_fen=20_000, bands="90-70", first_day=DAY)
        )  # fmt: skip
        inspection = put(
            Inspection(project_id=project, kind=InspectionKind.ASSESSMENT, inspected_on=DAY, score=92, is_passed=True,
                       inspectors="周监督", post_id=post, period="2026Q1", template="road")
        )  # fmt: skip
        put(Mark(inspection_id=inspection, place=1, item="路面清洁", points=40, deducted=8))
        put(
            Evaluation(year=2025, subject_table="posts", subject_id=post, score=915, place=1, arithmetic="四季平均91.5分",
                       made_by=accountant)
        )  # fmt: skip
        put(Score(project_id=project, member="张䶮", urgent=9, wished=8, benefit=7))
        meeting = put(
            Meeting(body_id=body, basis="议事会", number="村议〔2026〕1号", held_on=DAY, place="村委会", chair="赵主任",
                    recorder="李会计", entitled=21, present=18, profile_version="default-2026.1", recorded_by=accountant)
        )  # fmt: skip
        put(Attendance(meeting_id=meeting, name="张䶮", presence=Presence.PRESENT))
        motion = put(
            Motion(meeting_id=meeting, number=1, subject="三组路灯", method="举手", yes=17, no=0, abstain=1,
                   is_passed=True, arithmetic="到会18人，赞成17人。")
        )  # fmt: skip
        put(MotionProject(motion_id=motion, project_id=project))
        budget_change = put(
            BudgetChange(year=2026, number=1, motion_id=motion, decided_on=DAY, reason="灯多两盏", made_by=accountant)
        )
        put(BudgetLine(budget_change_id=budget_change, project_id=project, change_fen=60_000))
        taken_in = put(
            Import(kind="payroll", file_name="一季度.xlsx", attachment_id=paper, shape="ab" * 32, mapping="{}", count=1,
                   made_by=accountant)
        )  # fmt: skip

        payroll = put(
            Payroll(project_id=project, title="一季度管护报酬", period="2026Q1", sheet_date=DAY, total_fen=90_000)
        )
        pay_line = put(
            PayrollLine(payroll_id=payroll, place=1, person_id=kept["people"].id, name="王𬭎", area="一组",
                        account="6214591510225522956", amount_fen=90_000)
        )  # fmt: skip
        put(Timesheet(post_id=post, month="2026-03", absent_tenths=15, deduction_fen=1_500, note="病假"))
        put(
            Claim(spent_on=DAY, project_id=project, fund_id=fund, payee="管护人员1人", amount_fen=90_000,
                  purpose="一季度管护报酬", pay_way=PayWay.PASSBOOK, payroll_id=payroll, state=ClaimState.GRANTED,
                  made_by=accountant, profile_version="default-2026.1")
        )  # fmt: skip
        batch = put(
            Batch(year=2026, number=1, payroll_id=payroll, channel="one_card", made_on=DAY, count=1, total_fen=90_000,
                  file_name="一卡通-1.xls", digest="ab" * 32, made_by=accountant)
        )  # fmt: skip
        batch_line = put(
            BatchLine(batch_id=batch, place=1, payroll_line_id=pay_line, name="王𬭎", account="6214591510225522956",
                      bank="农商银行", amount_fen=90_000)
        )  # fmt: skip
        put(
            BankAnswer(batch_line_id=batch_line, outcome=PayOutcome.FAILED, reason="户名不符", told_on=DAY,
                       import_id=taken_in)
        )  # fmt: skip
        claim = put(
            Claim(spent_on=DAY, project_id=project, fund_id=fund, payee="双石电器", amount_fen=408_542, purpose="路灯",
                  invoice_kind="税务代开发票", invoice_number="0712", pay_way=PayWay.TRANSFER,
                  state=ClaimState.SUBMITTED, made_by=accountant, profile_version="default-2026.1")
        )  # fmt: skip
        notice = put(
            Notice(slot=4, kind="expenses", period="2026Q1", title="一季度支出", facts='{"sum": 408542}',
                   state=NoticeState.SUBMITTED, made_by=accountant, profile_version="default-2026.1")
        )  # fmt: skip
        review = Review(
            subject_table="notices", subject_id=notice, subject_version=1, outcome=Outcome.PASSED, given_by=officer,
            given_at=MOMENT,
        )  # fmt: skip
        put(review)
        put(replace(review, subject_table="claims", subject_id=claim))
        put(Answer(subject_table="claims", subject_id=claim, text="按合同付。", given_by=accountant, given_at=MOMENT))
        put(Approval(claim_id=claim, claim_version=1, outcome=Outcome.PASSED, given_by=officer, given_at=MOMENT))
        voucher = put(
            Voucher(year=2026, number=1, claim_id=claim, posted_on=DAY, project_id=project, fund_id=fund,
                    payee="双石电器", purpose="路灯", amount_fen=408_542, posted_by=accountant)
        )  # fmt: skip
        put(
            PastExpense(year=2025, place=5, spent_on=date(2025, 6, 1), item="路灯维修", payee="双石电器",
                        amount_fen=86_000, invoice_number="0655")
        )  # fmt: skip
        _cash_and_bank(change, put, voucher, accountant, officer)
        put(Slot(number=4, name="支出公开", basis="理财小组审核意见"))
        put(
            Issuance(notice_id=notice, year=2026, number=1, issued_on=DAY, issued_by=accountant,
                     facts='{"sum": 408542}', link=change.link, paper_id=paper)
        )  # fmt: skip
        posting = put(Posting(notice_id=notice, board="村口公示栏", first_day=DAY, last_day=DAY, posted_by=accountant))
        _answerable(put, notice, posting, paper, accountant)
        put(Levy(project_id=project, resolved_on=DAY, payers=812, exempt=40, fen_per_head=1_500, note="一事一议"))
        put(Survey(project_id=project, held_on=DAY, way="入户", asked=30, good=21, fair=6, poor=1))
        _exchange(change, put, kept["offices"].id, claim)
    return kept


def _answerable(put: Put, notice: str, posting: str, paper: str, accountant: str) -> None:
    put(Takedown(posting_id=posting, taken_on=DAY, note="完好", taken_by=accountant))
    put(Filing(notice_id=notice, filed_on=DAY, place="2026年第1盒", filed_by=accountant))
    put(Wording(kind="funds", subject="专项资金收支", lead="现将{事项}公示如下。"))
    objection = put(
        Objection(year=2026, number=1, notice_id=notice, place="第3行", asker="王桂香", reach="13900002222",
                  text="路灯几盏？", received_on=DAY, received_by=accountant)
    )  # fmt: skip
    put(Pause(objection_id=objection, first_day=DAY, reason="等电器店回话", paused_by=accountant))
    put(
        Reply(objection_id=objection, outcome=ReplyOutcome.EXPLAINED, text="四盏。", replied_on=DAY,
              replied_by=accountant)
    )  # fmt: skip
    put(
        Photo(subject_table="postings", subject_id=posting, attachment_id=paper, taken_at="2026-04-05T09:30:00",
              added_by=accountant)
    )  # fmt: skip


def _cash_and_bank(change: Change, put: Put, voucher: str, accountant: str, officer: str) -> None:
    put(
        CashMove(kind=CashMoveKind.WITHDRAWN, moved_on=DAY, amount_fen=200_000, document="支票存根", made_by=accountant)
    )
    advance = put(
        Advance(taker="王桂香", given_on=DAY, due_on=YEAR_END, amount_fen=50_000, purpose="买灯泡", made_by=accountant)
    )
    put(Settlement(advance_id=advance, settled_on=DAY, voucher_id=voucher, amount_fen=50_000, made_by=accountant))
    statement = put(
        Statement(kind=StatementKind.BANK, stated_on=DAY, amount_fen=2_500_000, books_fen=2_391_458, note="有未达账项",
                  made_by=accountant)
    )  # fmt: skip
    put(Uncashed(statement_id=statement, side=UncashedSide.BOOKS_OUT, what="付双石电器", since=DAY, amount_fen=108_542))
    prepared = change.put(
        Closing(
            month="2026-01", number=1, prepared_on=DAY, facts='{"out": 0}', link=change.link, prepared_by=accountant
        )
    )
    closing = put(replace(prepared, state=ClosingState.CLOSED, closed_on=DAY, closed_by=officer))
    put(Reopening(closing_id=closing, reason="漏记一笔", asked_on=DAY, days=5, asked_by=accountant))


def _village(change: Change, put: Put) -> None:
    office = change.new_id()
    put(
        Office(id=office, village_id=office, kind=OfficeKind.TOWNSHIP, name="石桥镇", code="510322106",
               contact="吴所长", phone="0813-6200002")
    )  # fmt: skip
    officer = put(Officer(name="郑代表", role=Role.FINANCE_GROUP))
    put(Credential(officer_id=officer, salt="00", verifier="11"))
    household = put(Household(number="0001", team="1组", head_name="王𬭎"))
    put(
        Person(household_id=household, name="王𬭎", initials="wh", relation="户主", sex="男",
               id_number="510322196907024812", born_on=date(1969, 7, 2), phone="13152133505",
               account="6214591510225522956", bank="农商银行", note="低保")
    )  # fmt: skip
    body = put(Body(kind="议事会", name="议事会"))
    put(Kinship(holder="赵主任", relative="赵小明", relation="儿子"))
    put(Membership(body_id=body, name="张䶮", duty="组长", first_day=DAY, last_day=YEAR_END))
    fund = put(Fund(year=2026, source="县级补助", planned_fen=5_000_000, document="县财〔2026〕7号"))
    put(Arrival(fund_id=fund, arrived_on=DAY, amount_fen=3_000_000, document="回单", year=2026, number=1))
    put(Opening(fund_id=fund, opened_on=DAY, amount_fen=12_000, document="2025年结余"))


def _exchange(change: Change, put: Put, office: str, claim: str) -> None:
    put(
        Peer(office_id=office, kind=OfficeKind.TOWNSHIP, name="石桥镇", code="510322106",
             desk_id="01ARZ3NDEKTSV4RRFFQ69G5FAV", public_key="cd" * 32)
    )  # fmt: skip
    put(
        Parcel(office_id=office, direction=Direction.IN, kind=ParcelKind.RECEIPT, number=1, first_seq=1, last_seq=4,
               last_link=change.link, digest="ef" * 32, file_name="回执-1.zip", state=ParcelState.WRITTEN,
               moved_at=MOMENT)
    )  # fmt: skip
    put(
        Verdict(subject_table="claims", subject_id=claim, subject_version=1, outcome=Ruling.RETURNED,
                note="发票号不清", due_on=YEAR_END, given_by="吴所长", given_at=MOMENT)
    )  # fmt: skip
