"""The village's own words for a kind of notice: the form, and beside it the notice's text, locked parts grey."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from villagedesk.disclosure import store, usecases, wording, wordings
from villagedesk.disclosure.kind import Kind
from villagedesk.disclosure.kinds import KINDS, kind_named
from villagedesk.disclosure.model import Wording
from villagedesk.disclosure.wordings import SHIPPED, Words
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import VillageDeskError
from villagedesk.kernel.findings import Finding
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.cards import Card, Scrolling, footnote
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.dialogs import confirm
from villagedesk.ui.kit.doing import show_fault, signed_in
from villagedesk.ui.kit.fields import LongTextField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.page import Page, Unfinished
from villagedesk.ui.kit.sides import Sides
from villagedesk.ui.theme import Colour, gap
from villagedesk.village import store as village_store
from villagedesk.village.letterhead import issuer

_USABLE = "可以用的：" + " ".join(f"{{{name}}}" for name in wordings.FIELDS) + "。生成公示时换成真的内容。"
_SHOWN = "黑字是本村可以改的，灰字是规定要有的，不能改。改了以后，新生成的公示才用；发布过的不变。"
_BOOKS = "（这里是从账里生成的表格和数字）"
_VOTED = "（项目有会议决议的，这里是开会日期、应到实到人数和表决票数）"


def open_wordings(page: Page, kind: str = "") -> None:
    """Lay the words of the kinds of notices over a page, those of ``kind`` first."""
    if not signed_in(page.context):
        return
    view = WordingsView(page.context.desk, kind or KINDS[0].code)
    view.left.connect(lambda: page.back(ask=False))
    restore = action(page, "恢复原样", view.restore, icon="undo", hint="用回程序原来的措辞")
    page.show_over("公示的措辞", view, [restore], may_leave=view.may_leave, about="")


class WordingsView(Unfinished):
    """Chooses a kind; its form, and its text as it will read. ``left`` says that the form was left."""

    left = Signal()
    form: Form

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__()
        self._desk = desk
        self._choice = ChoiceField("kind", "哪一种公示", [Choice(one.code, one.label) for one in KINDS])
        self._choice.edited.connect(self._on_chosen)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap(12))
        self._column.addWidget(self._choice)
        self._sides: QWidget = QWidget()
        self._column.addWidget(self._sides, 1)
        self._kind = kind
        self._key: Sequence[str] = ()
        self.show_kind(kind)

    def keep_under(self, desk: Desk, key: Sequence[str]) -> None:
        """Keep what is typed for each kind."""
        self._key = key
        self.form.keep_under(desk, (*key, self._kind))
        self._read()

    @property
    def is_kept(self) -> bool:
        """Whether nothing is lost when this goes."""
        return self.form.is_kept

    def put_by(self) -> None:
        """Keep what is typed now: this goes."""
        self.form.put_by()

    def show_kind(self, kind: str) -> None:
        """Show the words of a kind as they are stored."""
        if self._key:
            self.form.put_by()
        self._kind = kind
        self._choice.set_value(kind)
        self.form, self.reading = wordings_form(self._desk, kind), Reading(self._desk, _named(kind))
        self.form.left.connect(self.left)
        self.form.saved.connect(lambda _saved: self.left.emit())
        for field in self.form.fields.values():
            field.edited.connect(self._read)
        if self._key:
            self.form.keep_under(self._desk, (*self._key, kind))
        fresh = Sides(self.form, self.reading, ("改措辞", "看全文"))
        self._column.replaceWidget(self._sides, fresh)
        self._sides.hide()
        self._sides.deleteLater()
        self._sides = fresh
        self._read()

    def restore(self) -> None:
        """Go back to the shipped words."""
        sentence = f"“{_named(self._kind).label}”用回程序原来的措辞吗？本村写的会留在流水里。"
        if not confirm(self, sentence, "恢复原样"):
            return
        try:
            usecases.restore_words(self._desk, self._kind)
        except VillageDeskError as fault:
            show_fault(self, fault)
        self.show_kind(self._kind)

    def may_leave(self) -> bool:
        """Tell whether nothing would be lost, or the person does not mind."""
        return self.form.may_leave()

    def _on_chosen(self) -> None:
        if self.form.may_leave():
            self.show_kind(self._choice.value())
        else:
            self._choice.set_value(self._kind)

    def _read(self) -> None:
        self.reading.show_words(_typed(self.form.values()))


def wordings_form(desk: Desk, kind: str) -> Form:
    """Return the form of a kind's words, filled with those stored, or with the shipped ones."""
    shown = wordings.stored(desk, kind) or SHIPPED

    def save(values: Values, _reason: str) -> Wording:
        return usecases.reword(desk, kind, _typed(values))

    def check(values: Values) -> Sequence[Finding]:
        return usecases.words_findings(desk, kind, _typed(values))

    return Form(
        [
            LongTextField("subject", "标题里“关于”和“的公示”之间", lines=2, hint=_USABLE),
            LongTextField("lead", "开头，接在依据后面", lines=3, hint="里面要有{事项}。"),
            LongTextField("ending", "结尾，在表格后面", lines=3, optional=True),
        ],
        save=save,
        check=check,
        verb="保存措辞",
        values={part: getattr(shown, part) for part in wordings.PARTS},
    )


class Reading(Scrolling):
    """A kind's notice as it will read: the village's words black, the locked ones grey."""

    def __init__(self, desk: Desk, kind: Kind) -> None:
        super().__init__()
        self._desk, self._kind = desk, kind
        card = Card("读起来是这样")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        card.add(self._text)
        card.add(footnote(_SHOWN))
        self.body.addWidget(card)
        self.body.addStretch(1)

    def show_words(self, words: Words) -> None:
        """Show the notice with these words; where a field is broken, the template as it was typed."""
        lines = [f"<p>{line}</p>" for line in self._lines(words)]
        self._text.setText("".join(lines))
        self._text.setAccessibleName("读起来是这样")

    def text(self) -> str:
        """Return what is shown, as HTML."""
        return self._text.text()

    def _lines(self, words: Words) -> list[str]:
        desk, kind = self._desk, self._kind
        office, profile = village_store.office(desk), village_store.profile(desk)
        period = Period.quarter_of(desk.clock.now().date())
        slot = store.slot(desk, kind.slot)
        name, basis = (slot.name, slot.basis) if slot else (kind.label, "有关规定")
        facts = wordings.facts_of(office, kind, name, period, wording.subject_of(kind, period))
        subject = facts[wordings.MATTER] = _filled(words.subject, facts)
        rule = profile.notices[kind.code]
        term = f"公示期：共{rule.on_board_days}{rule.day_kind.label}　异议受理人：{office.contact}　监督电话：{office.phone}"
        return [
            f"<b>{_grey(issuer(office) + '关于')}{escape(subject)}{_grey('的公示')}</b>",
            _grey("全体村民："),
            _grey(wording.grounds_of(basis)) + escape(_filled(words.lead, facts)),
            *([_grey(_VOTED)] if kind.cites_vote else []),
            _grey(_BOOKS),
            *([escape(_filled(words.ending, facts))] if words.ending.strip() else []),
            _grey(wording.channel(profile.disclosure)),
            _grey(term),
            _grey("民主理财小组审核（签字）　村务监督委员会审核（签字）"),
            _grey(f"{issuer(office)}（盖章）　年　月　日"),
        ]


def _filled(template: str, facts: dict[str, str]) -> str:
    try:
        return wordings.filled(template, facts)
    except ValueError:
        return template


def _grey(text: str) -> str:
    return f'<span style="color: {Colour.SOFT}">{escape(text)}</span>'


def _typed(values: Values) -> Words:
    return Words(values["subject"], values["lead"], values["ending"])


def _named(code: str) -> Kind:
    kind = kind_named(code)
    assert kind
    return kind
