"""The answer to an objection as a sheet: what was asked of which notice, what is answered, where else to turn."""

from villagedesk.disclosure.model import Objection, Reply, ReplyOutcome
from villagedesk.kernel.dates import chinese_date
from villagedesk.reports.sheet import Block, Paragraph, Seal, Sheet, Signatures
from villagedesk.village.letterhead import issuer, watermark
from villagedesk.village.model import Office

_FOUND = {
    ReplyOutcome.EXPLAINED: "经核对，公示的内容没有错。",
    ReplyOutcome.CORRECTED: "经核对，您反映的情况属实，村民委员会另发更正公告。",
    ReplyOutcome.REFUSED: "经核对，这件异议不成立。",
}


def answer_sheet(
    office: Office, number: str, objection: Objection, notice_number: str, notice_title: str, reply: Reply
) -> Sheet:
    """Return the answer. Who wished no name is answered on the board; nobody's phone or id stands on it."""
    about = f"《{notice_title.removeprefix(issuer(office))}》（{notice_number}）" + (
        f"中“{objection.place}”" if objection.place else ""
    )
    blocks: list[Block] = [
        Paragraph(f"{objection.asker or '提出异议的村民'}：", flush=True),
        Paragraph(f"您{chinese_date(objection.received_on)}对{about}提出的异议收到了，现答复如下。"),
        Paragraph("一、您问的是", 1),
        *map(Paragraph, _lines(objection.text)),
        Paragraph("二、答复", 1),
        *map(Paragraph, _lines(f"{_FOUND[reply.outcome]}{reply.text}")),
        Paragraph(_further(office)),
        *(() if objection.asker else (Paragraph("提出异议的村民没有留姓名，本答复张贴在公示栏。"),)),
        Signatures(("异议人签收（签字、日期）" if objection.asker else "村务监督委员会（签字）",)),
        Seal(issuer(office), chinese_date(reply.replied_on)),
    ]
    title = f"{issuer(office)}关于村民异议的答复"
    return Sheet(title, tuple(blocks), number, watermark=watermark(office), issuer=issuer(office))


def _further(office: Office) -> str:
    township = f"到{office.township}人民政府" if office.township else "到乡镇人民政府"
    elsewhere = f"如果您对答复不满意，可以向村务监督委员会反映，也可以{township}反映，请带上这份答复。"
    return f"{elsewhere}监督电话{office.phone}。"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
