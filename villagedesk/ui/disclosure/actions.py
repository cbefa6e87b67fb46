"""What stands at the head of the page: which actions there are, which fit, and which of them is the green one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from villagedesk.disclosure.model import Notice, NoticeState, Posting
from villagedesk.ui.disclosure.duties import Duty
from villagedesk.ui.disclosure.life import Life
from villagedesk.ui.disclosure.pack import Pack, notices_in
from villagedesk.ui.disclosure.steps import Steps
from villagedesk.ui.kit.buttons import action

S = NoticeState

FITTING: Mapping[str, tuple[NoticeState, ...]] = {
    "discard": (S.DRAFT,),
    "again": (S.DRAFT,),
    "correct": (S.ISSUED, S.POSTED, S.CORRECTED, S.TAKEN_DOWN, S.FILED),
    "supplement": (S.ISSUED, S.POSTED, S.CORRECTED, S.TAKEN_DOWN, S.FILED),
    "post_again": (S.POSTED, S.TAKEN_DOWN),
    "photos": (S.POSTED, S.CORRECTED, S.TAKEN_DOWN, S.FILED),
    "large": (S.ISSUED, S.POSTED, S.CORRECTED, S.TAKEN_DOWN, S.FILED),
    "ask": (S.ISSUED, S.POSTED, S.CORRECTED, S.TAKEN_DOWN, S.FILED),
    "export": tuple(S),
    "submit": (S.DRAFT,),
    "answer": (S.QUERIED,),
    "issue": (S.REVIEWED,),
    "post": (S.ISSUED,),
    "take_down": (S.POSTED, S.CORRECTED),
    "file": (S.TAKEN_DOWN, S.CORRECTED),
}
"""In which states of a notice an action about it stands at the head."""

PACK = ("pack_prepare", "pack_submit", "pack_issue", "pack_print")
"""The pack's actions in the order of their turn."""


def notice_actions(page: QWidget, steps: Steps, life: Life, chosen: Callable[[], Notice | None]) -> dict[str, QAction]:
    """Return the actions about the chosen notice, the rare ones first."""

    def on_chosen(act: Callable[[Notice], object]) -> Callable[[], object]:
        def press() -> None:
            notice = chosen()
            if notice:
                act(notice)

        return press

    return {
        "discard": action(page, "不要了", on_chosen(steps.discard), icon="trash", is_rare=True),
        "correct": action(page, "更正", on_chosen(steps.correct), icon="edit", is_rare=True,
                          hint="写错了：办一份更正公告，写明原来的和现在的"),
        "supplement": action(page, "补充公告", on_chosen(steps.supplement), icon="plus", is_rare=True,
                             hint="漏写了：办一份补充公告，原公示不动"),
        "ask": action(page, "登记异议", on_chosen(life.take_objection), icon="help", is_rare=True,
                      hint="村民问到这一份"),
        "export": action(page, "导出表格", on_chosen(life.export), icon="save", is_rare=True, hint="Excel 和 csv"),
        "photos": action(page, "补照片", on_chosen(life.add_photos), icon="photo", is_rare=True),
        "post_again": action(page, "再次张贴", on_chosen(steps.post), icon="board", is_rare=True, hint="换地方贴"),
        "large": action(page, "大字稿", on_chosen(life.show_large), icon="zoom-in", hint="A3 大字，两米外看得清"),
        "again": action(page, "重新生成", on_chosen(steps.again), icon="refresh", hint="按现在的账重做这份草稿"),
        "submit": action(page, "送审", on_chosen(steps.submit), icon="send", kind="primary"),
        "answer": action(page, "答复", on_chosen(steps.answer), icon="note", kind="primary"),
        "issue": action(page, "发布", on_chosen(steps.issue), icon="seal", kind="primary"),
        "post": action(page, "登记张贴", on_chosen(steps.post), icon="photo", kind="primary"),
        "take_down": action(page, "取下", on_chosen(life.take_down), icon="inbox", kind="primary"),
        "file": action(page, "归档", on_chosen(life.file_away), icon="archive", kind="primary"),
    }  # fmt: skip


def pack_actions(page: QWidget, pack: Pack, duties: Callable[[], Sequence[Duty]]) -> dict[str, QAction]:
    """Return the actions about all that is due."""
    return {
        "pack_prepare": action(page, "准备到期公示", pack.prepare, icon="sprout", hint="到期的一次都从账里做好"),
        "pack_submit": action(page, "全部送审", lambda: pack.submit(duties()), icon="send"),
        "pack_issue": action(page, "全部发布", lambda: pack.issue(duties()), icon="seal"),
        "pack_print": action(page, "打印张贴包", pack.print_out, icon="print", hint="待张贴的各份，连同张贴核对单"),
    }


def fit_to_notice(
    actions: Mapping[str, QAction], notice: Notice | None, hanging: Sequence[Posting], today: date
) -> None:
    """Show the actions that fit a notice and what hangs of it. 取下 is green once its days on the board are over."""
    state = notice.state if notice else None
    for key, states in FITTING.items():
        actions[key].setVisible(state in states)
    if notice and notice.corrects_id:
        actions["again"].setVisible(False)  # a correction is drawn up from what it corrects
    if state is S.CORRECTED:
        actions["take_down"].setVisible(bool(hanging))
        actions["file"].setVisible(not hanging)
    is_over = all(posting.last_day < today for posting in hanging)
    make_green(actions["take_down"], is_green=is_over or state is S.CORRECTED)


def fit_to_duties(actions: Mapping[str, QAction], duties: Sequence[Duty]) -> None:
    """Show the pack's actions that have something to do; the first of them in turn is green."""
    has = {
        "pack_prepare": any(duty.notice is None for duty in duties),
        "pack_submit": bool(notices_in(duties, S.DRAFT)),
        "pack_issue": bool(notices_in(duties, S.REVIEWED)),
        "pack_print": bool(notices_in(duties, S.ISSUED)),
    }
    first = next((key for key in PACK if has[key]), "")
    for key in PACK:
        actions[key].setVisible(has[key])
        make_green(actions[key], is_green=key == first)


def make_green(one: QAction, *, is_green: bool) -> None:
    """Make an action the prominent one with its key, or a plain one."""
    one.setProperty("kind", "primary" if is_green else "")
    one.setShortcut(QKeySequence("Ctrl+Return") if is_green else QKeySequence())
