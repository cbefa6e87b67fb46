"""The list of what was taken in, newest first, and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from villagedesk.app.intake import KINDS, undo_import
from villagedesk.kernel.errors import VillageDeskError
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.dialogs import ask_reason, show_note
from villagedesk.ui.kit.doing import show_fault, signed_in
from villagedesk.ui.kit.empty import Empty
from villagedesk.ui.kit.page import Page
from villagedesk.ui.kit.rows import Column
from villagedesk.ui.kit.table import Listing, Texts
from villagedesk.ui.theme import Tone
from villagedesk.village.intake import imports
from villagedesk.village.model import Import
from villagedesk.village.store import officer_name

_OTHERS = {"bank_return": "银行回盘"}


@dataclass(frozen=True, slots=True)
class TakenLine:
    """A file that was taken in, with when and by whom."""

    taken: Import
    at: datetime
    who: str


class TakenFiles:
    """The files taken in, of some kinds or all, as a list asks for them."""

    def __init__(self, desk: Desk, kinds: Sequence[str]) -> None:
        self._desk, self._kinds = desk, kinds
        self._lines: dict[str, Import] = {}

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> list[str]:
        """Return the imports whose file's name holds a text, newest first."""
        del sort_key, descending
        self._lines = {one.id: one for one in imports(self._desk, *self._kinds) if filter_text in one.file_name}
        return list(self._lines)

    def rows(self, ids: Sequence[str]) -> list[TakenLine]:
        """Return these imports."""
        return [self._line(self._lines[record_id]) for record_id in ids]

    def _line(self, taken: Import) -> TakenLine:
        first = self._desk.history(taken.id)[0]
        return TakenLine(taken, datetime.fromisoformat(first.at), officer_name(self._desk, taken.made_by))


COLUMNS: tuple[Column[TakenLine], ...] = (
    Column("at", "什么时候", lambda line: f"{line.at:%Y-%m-%d %H:%M}", 170, sortable=False),
    Column("kind", "什么表", lambda line: _kind_name(line.taken.kind), 150, sortable=False),
    Column("file", "文件", lambda line: line.taken.file_name, 0, sortable=False),
    Column("count", "条数", lambda line: f"{line.taken.count:,}", 90, "right", sortable=False),
    Column("who", "谁导入的", lambda line: line.who, 120, sortable=False, spare=True),
    Column(
        "state", "现在", lambda line: "已撤销" if line.taken.is_undone else "在账里", 120,
        tone=lambda line: Tone.QUIET if line.taken.is_undone else Tone.GOOD, sortable=False,
    ),
)  # fmt: skip


def show_taken(page: Page, *kinds: str) -> None:
    """Lay the list of files taken in over a page; of some kinds, or all."""
    hint = "导入发放表、花名册、户册、往年支出以后，在这里看得到，导错了可以撤销。"
    empty = Empty("还没有导入过表", hint, "receive")
    listing = Listing[TakenLine](
        COLUMNS, TakenFiles(page.context.desk, kinds), Texts("导入过的表", "个", "找文件名", empty)
    )
    listing.reload()
    undo = action(page, "撤销这次导入", lambda: _undo(page, listing), icon="undo", kind="danger")
    listing.set_menu([undo])
    page.show_over("导入过的表", listing, [undo])


def _undo(page: Page, listing: Listing[TakenLine]) -> None:
    line = listing.current_row()
    if line is None or not signed_in(page.context):
        return
    if line.taken.kind not in KINDS or line.taken.is_undone:
        show_note(page, "这一个不能撤销。" if not line.taken.is_undone else "这一个已经撤销过了。", title="没有撤销")
        return
    sentence = f"撤销“{line.taken.file_name}”的导入：它带来的{line.taken.count:,}条不再算数，原表和记录都留着。"
    reason = ask_reason(page, "撤销这次导入", sentence, verb="撤销")
    if reason is None:
        return
    try:
        undo_import(page.context.desk, line.taken.id, reason)
    except VillageDeskError as fault:
        show_fault(page, fault)
    listing.reload()


def _kind_name(kind: str) -> str:
    return KINDS[kind].layout.title if kind in KINDS else _OTHERS.get(kind, kind)
