"""An answer as paper: its sheet made from the records, every villager's number taken out."""

from dataclasses import replace

from villagedesk.disclosure.drafting import register_of
from villagedesk.disclosure.objections import store
from villagedesk.disclosure.objections.sheets import answer_sheet
from villagedesk.disclosure.passages import rewritten
from villagedesk.disclosure.personal import masked
from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.reports.sheet import Sheet
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store


def answer_paper(desk: Desk, objection_id: str) -> Sheet:
    """Return the sheet of an objection's answer. Raises RuleViolation while there is none, KeyError for no objection."""
    line = store.objection_line(desk, objection_id)
    if line.reply is None:
        stop_at([Finding("disclosure.no_reply", "这件异议还没有答复，先写好答复再打印。")])
        raise AssertionError
    office, register = village_store.office(desk), register_of(desk)
    number = store.number_of(line.objection)
    sheet = answer_sheet(office, number, line.objection, line.notice_number, line.notice_title, line.reply)
    return replace(sheet, blocks=tuple(rewritten(block, lambda text: masked(text, register)) for block in sheet.blocks))
