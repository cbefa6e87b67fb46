"""An objection to read: its clock in words, what was asked of which notice, its pauses and its answer."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagedesk.disclosure.model import Notice, Reply, ReplyOutcome
from villagedesk.disclosure.objections import store
from villagedesk.disclosure.objections.store import ObjectionLine, number_of
from villagedesk.disclosure.store import corrections_of
from villagedesk.kernel.dates import chinese_date
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.columns import name_of
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.detail import Detail, Fact, Step
from villagedesk.ui.kit.text import label
from villagedesk.ui.objections.columns import tone_of
from villagedesk.ui.theme import Tone, gap
from villagedesk.village.store import officer_name


class ObjectionRecord(Detail):
    """One objection as a column of cards. ``go_to_notice`` shows a notice: what it is about, or what corrects that."""

    def __init__(self, desk: Desk, line: ObjectionLine, go_to_notice: Callable[[str], object]) -> None:
        super().__init__()
        objection, stands = line.objection, line.standing
        self.title(number_of(objection), (stands.words, tone_of(stands)))
        self.callout(stands.sentence, tone_of(stands), title="答复期限")
        self.section("问的内容", _question(line, go_to_notice))
        if line.reply:
            self.section(
                f"答复：{line.reply.outcome.label}", _answer(line.reply, followed_by(desk, line), go_to_notice)
            )
        self.facts(
            [
                Fact("村民姓名", _kept_close(desk, objection.asker, "不愿留姓名")),
                Fact("怎么联系", _kept_close(desk, objection.reach, "没有留"), note="只有村委会看得到，不会印出来"),
                Fact("收到", chinese_date(objection.received_on)),
                Fact("登记", officer_name(desk, objection.received_by)),
            ],
            across=2,
        )
        self.timeline(_way(desk, line))
        self.stand_beside(2)
        self.done()


def _kept_close(desk: Desk, text: str, none: str) -> str:
    """Return what only those who signed in may see."""
    return (text if desk.actor else "登录以后才能看") if text else none


def _question(line: ObjectionLine, go_to_notice: Callable[[str], object]) -> QWidget:
    objection = line.objection
    shown, column = _column()
    column.addWidget(label(objection.text, "value", wrap=True, selectable=True))
    about = f"{name_of(line.notice)}（{line.notice_number}）" + (f"，{objection.place}" if objection.place else "")
    column.addWidget(label(f"问的是：{about}", "small", wrap=True, selectable=True))
    column.addWidget(_link("看这份公示", line.notice, go_to_notice), 0, Qt.AlignmentFlag.AlignLeft)
    return shown


def _answer(reply: Reply, correction: Notice | None, go_to_notice: Callable[[str], object]) -> QWidget:
    shown, column = _column()
    column.addWidget(label(reply.text, "value", wrap=True, selectable=True))
    if correction:
        column.addWidget(_link("看更正公告", correction, go_to_notice), 0, Qt.AlignmentFlag.AlignLeft)
    return shown


def _link(words: str, to: Notice, go_to_notice: Callable[[str], object]) -> QWidget:
    link = button(f"{words} ›", lambda: go_to_notice(to.id), kind="link")
    link.setAccessibleName(f"{words}：{name_of(to)}")
    return link


def followed_by(desk: Desk, line: ObjectionLine) -> Notice | None:
    """Return the correction that an answer promised, None while there is none."""
    if line.reply is None or line.reply.outcome is not ReplyOutcome.CORRECTED:
        return None
    made = (one for one in corrections_of(desk, line.objection.notice_id) if one.id > line.objection.id)
    return next(made, None)


def _column() -> tuple[QWidget, QVBoxLayout]:
    shown = QWidget()
    column = QVBoxLayout(shown)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(gap(6))
    return shown, column


def _way(desk: Desk, line: ObjectionLine) -> list[Step]:
    objection = line.objection
    steps = [Step("登记", officer_name(desk, objection.received_by), objection.received_on.isoformat())]
    for pause in store.pauses_of(desk, objection.id):
        who = officer_name(desk, pause.paused_by)
        steps.append(Step("暂停计时", who, pause.first_day.isoformat(), Tone.QUIET, pause.reason))
        if pause.last_day:
            steps.append(Step(f"停到{chinese_date(pause.last_day)}，接着计时", "", pause.last_day.isoformat()))
    if line.reply:
        tone = Tone.WARN if line.standing.is_late else Tone.GOOD
        who = officer_name(desk, line.reply.replied_by)
        return [*steps, Step(f"答复：{line.reply.outcome.label}", who, line.reply.replied_on.isoformat(), tone)]
    return [*steps, Step("答复"), Step("打印，交给本人或张贴")]
