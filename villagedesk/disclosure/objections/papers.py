"""An answer as paper: its sheet made from the records, every villager's number taken out."""

from dataclasses import replace

from villagedesk.disclosure.drafting import register_of
from villagedesk.disclosure.objections import store
from villagedesk.disclosure.objections.sheets import answer_sheet
from villagedesk.disclosure.personal import masked
from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.reports.sheet import Sheet
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store


def answer_paper(desk: Desk, objection_id: str) -> Sheet:
    """Return the sheet of an objection's answer. Raises RuleViolation while there is none, KeyError for no objection.

    Numbers are taken out before the texts are parted into paragraphs: half a number is none to be found.
    """
    line = store.objection_line(desk, objection_id)
    if line.reply is None:
        stop_at([Finding("disclosure.no_reply", "这件异议还没有答复，先写好答复再打印。")])
        raise AssertionError
    register = register_of(desk)
    asked, said = line.objection, line.reply
    asked = replace(
        asked,
        text=masked(asked.text, register),
        place=masked(asked.place, register),
        asker=masked(asked.asker, register),
    )
    said = replace(said, text=masked(said.text, register))
    office, number = village_store.office(desk), store.number_of(asked)
    return answer_sheet(office, number, asked, line.notice_number, line.notice.title, said)
