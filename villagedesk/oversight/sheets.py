"""The oversight groups' papers: the record of a month's reviews, and the list of what is wrong."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import yuan
from villagedesk.oversight.model import RecordKind, ReviewRow
from villagedesk.payments.model import Outcome
from villagedesk.reports.sheet import Align, Block, Column, Facts, Paragraph, Preset, Sheet, Signatures, Table
from villagedesk.village.letterhead import watermark
from villagedesk.village.model import Office


def review_record(
    office: Office,
    kind: RecordKind,
    period_label: str,
    reviews: Sequence[ReviewRow],
    members: Sequence[tuple[str, str]] = (),
) -> Sheet:
    """Return a group's record of its reviews in a period (理财记录、审核记录), to be signed by its members.

    ``members`` are the group's (name, duty), whose names then stand where they sign.
    """
    columns = (
        Column("序号", Align.CENTER),
        Column("日期", Align.CENTER),
        Column("审核事项"),
        Column("金额", Align.AMOUNT),
        Column("意见", Align.CENTER),
        Column("原因"),
        Column("审核人"),
    )
    rows = tuple(
        (
            str(place),
            f"{review.day.month}月{review.day.day}日",
            review.title,
            "" if review.amount_fen is None else yuan(review.amount_fen),
            review.opinion,
            review.note,
            review.reviewer,
        )
        for place, review in enumerate(reviews, 1)
    )
    summary = Paragraph(f"{period_label}共审核{_subjects(reviews)}件：{_counts(reviews)}。", flush=True)
    total = ("", "", "同意合计", yuan(_passed_fen(reviews)), "", "", "") if _passed_fen(reviews) else ()
    blocks: tuple[Block, ...] = (summary, *((Table(columns, rows, total, unit="单位：元"),) if rows else ()))
    signers = tuple(f"{duty}{name}" for name, duty in members) or ("组长", "成员", "成员")
    return Sheet(
        title=f"{office.name}{kind.group}{period_label}{kind.title}",
        blocks=(*blocks, Signatures(signers)),
        preset=Preset.FORM,
        watermark=watermark(office),
        issuer=f"{office.name}{kind.group}",
    )


def check_list(office: Office, findings: Sequence[Finding], day: date) -> Sheet:
    """Return what a check of the books found on a day (检查清单), with room to say what was done about it."""
    columns = (Column("序号", Align.CENTER), Column("轻重", Align.CENTER), Column("发现的问题"), Column("处理结果"))
    rows = tuple(
        (str(place), "必须改正" if finding.severity is Severity.BLOCK else "请办理", finding.message, "")
        for place, finding in enumerate(findings, 1)
    )
    found: Block = Table(columns, rows) if rows else Paragraph("没有发现问题。")
    return Sheet(
        title=f"{office.name}账目检查清单",
        blocks=(
            Facts((("检查日期", chinese_date(day)), ("问题数", str(len(rows))))),
            found,
            Signatures(("检查人", "村会计")),
        ),
        preset=Preset.FORM,
        watermark=watermark(office),
        issuer=office.name,
    )


def _passed_fen(reviews: Sequence[ReviewRow]) -> int:
    """Return what was passed in fen; what was passed twice (asked about in between) counts once."""
    passed = [one for one in reviews if one.outcome is Outcome.PASSED and not one.lacks_words]
    amounts = {one.subject_id or str(place): one.amount_fen or 0 for place, one in enumerate(passed)}
    return sum(amounts.values())


def _counts(reviews: Sequence[ReviewRow]) -> str:
    said = Counter(review.opinion for review in reviews)
    open_ = said["还差签字"]
    words = [f"{outcome.label}{said[outcome.label]}件" for outcome in Outcome]
    return "，".join([*words, *([f"还差签字{open_}件"] if open_ else [])])


def _subjects(reviews: Sequence[ReviewRow]) -> int:
    """Return how many claims or notices were looked at; one that was asked about and passed is one."""
    return len({one.subject_id or str(place) for place, one in enumerate(reviews)})
