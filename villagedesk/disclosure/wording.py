"""The words every notice shares: who, on what basis, for how long, and whom to tell when something is wrong."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from villagedesk.disclosure import occasions
from villagedesk.disclosure.books import Resolution
from villagedesk.disclosure.kind import Kind
from villagedesk.disclosure.model import Slot
from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.kernel.words import amount_in_words, small_number
from villagedesk.reports.sheet import Block, Facts, Paragraph, Seal, Sheet, Signatures
from villagedesk.village.letterhead import issuer, watermark
from villagedesk.village.model import Office
from villagedesk.village.profile import DisclosureRule, NoticeRule

UNCONFIRMED = "，名称待确认"
REMARK = "说明："
_TERM = "公示期"
_TERM_OPEN = "发布时填写起止日期"
_DATE_OPEN = "年　月　日"


def opening(basis: str, lead: str, resolutions: Iterable[Resolution]) -> list[Block]:
    """Return whom the notice is for, what it rests on with what it leads to, and the vote behind it."""
    blocks: list[Block] = [Paragraph("全体村民：", flush=True), Paragraph(f"{grounds_of(basis)}{lead}")]
    passed = [resolution for resolution in resolutions if resolution.is_passed and resolution.is_resolving]
    if passed:
        first = passed[0]
        when = f"{chinese_date(first.held_on)}{meeting_name(first)}"
        blocks.append(Paragraph(f"本年度项目由{when}决议：{first.arithmetic}。"))
    return blocks


def grounds_of(basis: str) -> str:
    """Return what a notice rests on, as its first words: 根据……，"""
    return f"根据{'和'.join(part for part in basis.split('；') if part)}，"


def meeting_name(resolution: Resolution) -> str:
    """Return a meeting's name after its day, the body and the year named once: 村民代表会议（1）, 村民代表会议第1次会议."""
    return occasions.meeting_name(resolution.body, resolution.number, resolution.held_on.year)


def closing(
    office: Office,
    slot: Slot,
    objections: DisclosureRule,
    hanging: NoticeRule,
    remark: str = "",
    ending: str = "",
    asked: tuple[int, int] | None = None,
) -> list[Block]:
    """Return how long it hangs, whom to tell, who signs and who issues; the days are filled in when it is issued.

    ``asked`` counts the objections since the last notice of the kind and those that were answered, None where there
    was no such notice.
    """
    place = f"“五个公开”之{small_number(slot.number)}"
    return [
        *([Paragraph(ending)] if ending else []),
        *([Paragraph(REMARK + remark)] if remark else []),
        Paragraph(tally(asked) + channel(objections)),
        Facts((
            ("公开栏目", f"{slot.name}（{place}{'' if slot.is_confirmed else UNCONFIRMED}）"),
            (_TERM, f"共{hanging.on_board_days}{hanging.day_kind.label}（{_TERM_OPEN}）"),
            ("异议受理人", office.contact),
            ("监督电话", office.phone),
        )),
        Signatures(("民主理财小组审核（签字）", "村务监督委员会审核（签字）")),
        Seal(issuer(office), _DATE_OPEN),
    ]  # fmt: skip


def tally(asked: tuple[int, int] | None) -> str:
    """Return how many objections there were since the last notice of the kind, and how many are answered."""
    if asked is None:
        return ""
    count, answered = asked
    return f"本期异议{count}件，已答复{answered}件。" if count else "本期没有收到异议。"


def channel(objections: DisclosureRule) -> str:
    """Return how objections are made and how soon they are answered."""
    days = f"{objections.objection_days}{objections.day_kind.label}"
    return f"对公示内容有异议的，请在公示期内向受理人当面或打电话提出，也可书面提出；村民委员会在收到后{days}内答复。"


def sheet_of(office: Office, title: str, blocks: Iterable[Block]) -> Sheet:
    """Return a draft's sheet; the practice village's is marked as such."""
    return Sheet(title, tuple(blocks), watermark=watermark(office), issuer=issuer(office))


def title_of(office: Office, subject: str) -> str:
    """Return the title: who, about what, and that it is a 公示."""
    return f"{issuer(office)}关于{subject}的公示"


def subject_of(kind: Kind, period: Period) -> str:
    """Return what the notice is about, with its period."""
    return f"{period.label}{kind.subject}"


def dated(sheet: Sheet, number: str, first_day: date, last_day: date, issued_on: date, footer: str) -> Sheet:
    """Return the sheet as it is issued: numbered, with its term, its date and its proof."""
    days = (last_day - first_day).days + 1
    until = chinese_date(last_day)
    if last_day.year == first_day.year:
        until = until.partition("年")[2]
    term = f"自{chinese_date(first_day)}至{until}（{days}天）"
    blocks = tuple(_dated(block, term, issued_on) for block in sheet.blocks)
    return replace(sheet, blocks=blocks, number=number, footer=footer)


def _dated(block: Block, term: str, issued_on: date) -> Block:
    if isinstance(block, Facts):
        return Facts(tuple((label, term if label == _TERM else value) for label, value in block.rows))
    return replace(block, date=chinese_date(issued_on)) if isinstance(block, Seal) else block


def remark_of(sheet: Sheet) -> str:
    """Return the remark that was typed into a draft, "" when there is none."""
    texts = (block.text for block in sheet.blocks if isinstance(block, Paragraph))
    return next((text.removeprefix(REMARK) for text in texts if text.startswith(REMARK)), "")


def in_both(fen: int) -> str:
    """Return an amount in figures and in words."""
    return f"{yuan(fen)}元（{amount_in_words(fen)}）"
