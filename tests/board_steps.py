"""What happens at the board in the scenarios of the year: packs, photos, questions, corrections, the binder."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest
from pytest_bdd import given, parsers, then, when

from tests.story import Story, text_of_paper
from villagedesk.app.practice.photo import photograph
from villagedesk.app.today import todos
from villagedesk.disclosure import store, usecases
from villagedesk.disclosure.due import DueNotice, due_notices
from villagedesk.disclosure.genuine import Judgement, judge
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.kinds import kind_named
from villagedesk.disclosure.model import Issuance, Notice, NoticeState, ReplyOutcome
from villagedesk.disclosure.objections.papers import answer_paper
from villagedesk.disclosure.objections.store import number_of, standing_of
from villagedesk.disclosure.papers import pack, reprint
from villagedesk.kernel.dates import Period, parse_date
from villagedesk.kernel.errors import Cancelled, RuleViolation
from villagedesk.kernel.money import parse_yuan
from villagedesk.kernel.progress import Progress
from villagedesk.oversight import usecases as oversight
from villagedesk.payments.model import Outcome
from villagedesk.reports.pdf import draw
from villagedesk.reports.scan import codes_in
from villagedesk.storage.attachments import Attachment
from villagedesk.storage.desk import Desk
from villagedesk.village import usecases as village
from villagedesk.village.model import Arrival, Person

step = parsers.parse
BOARD = "村委会公示栏"


@dataclass
class Pack:
    """What was drawn up and issued together."""

    drafts: Sequence[Notice] = ()
    issued: list[Issuance] = field(default_factory=list)


class Stopping(Progress):
    """A progress whose person presses Cancel after so many steps."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self._after = after

    def step(self, count: int = 1) -> None:
        """Count, and press Cancel in time."""
        if self.done >= self._after:
            self.cancel()
        super().step(count)


@pytest.fixture
def posting_pack() -> Pack:
    """Nothing drawn up yet."""
    return Pack()


@given("五个公开栏目已经设好")
def slots(story: Story) -> None:
    assert len(usecases.set_up_slots(story.desk)) == 5


@when(step("会计生成2026年第一季度的“{kind}”公示并送审"))
def prepared(story: Story, kind: str) -> None:
    story.on(4, 8)
    story.notice_id = usecases.prepare(story.desk, kind, Scope(Period.quarter(2026, 1))).id
    usecases.submit(story.desk, story.notice_id)


@given("2026年第一季度的资金公示已经张贴，照片也拍了")
def posted_with_photo(story: Story) -> None:
    prepared(story, "funds")
    _passed(story, [story.notice_id])
    story.issuance = usecases.issue(story.desk, story.notice_id)
    paper = story.desk.content(story.issuance.paper_id)
    story.photo = photograph(paper, 1, story.clock.now(), story.folder / "公示栏.jpg")
    usecases.post_up(story.desk, story.notice_id, BOARD, photos=[story.photo])


@then("没有审核就不能发布")
def not_unreviewed(story: Story) -> None:
    with pytest.raises(RuleViolation, match="待监督小组审核"):
        usecases.issue(story.desk, story.notice_id)


@when("监督小组同意，会计发布并张贴10天")
def issued(story: Story) -> None:
    _passed(story, [story.notice_id])
    story.issuance = usecases.issue(story.desk, story.notice_id)
    posting = usecases.post_up(story.desk, story.notice_id, BOARD, reason="照片随后补")
    assert (posting.last_day - posting.first_day).days == 9


@then(step("公示号是“{number}”"))
def notice_number(story: Story, number: str) -> None:
    assert number in _text(story)


@then("公示上没有任何村民的身份证号、账号和手机号")
def no_personal_numbers(story: Story) -> None:
    figures = re.sub(r"\s", "", _text(story))
    for person in story.desk.find(Person):
        for number in (person.id_number, person.account, person.phone):
            assert not number or number not in figures


@then(step("公示上写着{source}和{amount}"))
def shows(story: Story, source: str, amount: str) -> None:
    assert source in _text(story)
    assert amount in _text(story)


@then("再打印一次，一个字节也不差")
def same_bytes(story: Story) -> None:
    assert story.issuance
    assert reprint(story.issuance) == story.desk.content(story.issuance.paper_id)


# What is due


@then(step("到{day}，要公示的是“{labels}”，最迟{last}"))
def due_then(story: Story, day: str, labels: str, last: str) -> None:
    due = due_notices(story.desk, _day(day))
    assert [one.label for one in due] == labels.split("、")
    assert {one.due_on for one in due} == {_day(last)}
    assert not any(one.is_late for one in due)


@then(step("到{day}，“{label}”写着“{words}”"))
def late_then(story: Story, day: str, label: str, words: str) -> None:
    assert words in _due(story.desk, _day(day), label).note
    today = _day(day)
    story.on(today.month, today.day)
    first = todos(story.desk)[0]
    assert first.is_late
    assert label in first.words


@then(step("到{day}，没有该公示还没公示的"))
def nothing_due(story: Story, day: str) -> None:
    assert due_notices(story.desk, _day(day)) == []


@when(step("{day}会计把到期的公示一次做好、送审，监督小组同意，第二天一次发布张贴"))
def pack_in_one_go(story: Story, posting_pack: Pack, day: str) -> None:
    today = _day(day)
    story.on(today.month, today.day)
    posting_pack.drafts = usecases.prepare_due(story.desk).drafts
    usecases.submit_all(story.desk, [draft.id for draft in posting_pack.drafts])
    _passed(story, [draft.id for draft in posting_pack.drafts])
    story.on(today.month, today.day + 1)
    posting_pack.issued = usecases.issue_all(story.desk)
    for issuance in posting_pack.issued:
        paper = story.desk.content(issuance.paper_id)
        photo = photograph(paper, issuance.number, story.clock.now(), story.folder / f"{issuance.number}.jpg")
        usecases.post_up(story.desk, issuance.notice_id, BOARD, photos=[photo])


@then(step("“{label}”从{first}贴到{last}，上面写着“{words}”"))
def hangs(story: Story, label: str, first: str, last: str, words: str) -> None:
    kind = kind_named(label)
    assert kind
    (notice,) = story.desk.find(Notice, "kind = ?", [kind.code])
    (posting,) = store.postings_of(story.desk, notice.id)
    assert (posting.first_day, posting.last_day) == (_day(first), _day(last))
    issuance = store.issuance_of(story.desk, notice.id)
    assert issuance
    assert words in _squeezed(text_of_paper(story.desk.content(issuance.paper_id)))


# A pack


@when(step("{day}会计生成全部到期的公示，生成到第{count:d}份时取消"))
def cancelled_drawing(story: Story, day: str, count: int) -> None:
    today = _day(day)
    story.on(today.month, today.day)
    with pytest.raises(Cancelled):
        usecases.prepare_due(story.desk, Stopping(count))


@then("一份草稿也没有留下")
def no_drafts(story: Story) -> None:
    assert store.notices(story.desk) == []


@when("会计再生成一次，全部送审，监督小组全部同意")
def all_passed(story: Story, posting_pack: Pack) -> None:
    posting_pack.drafts = usecases.prepare_due(story.desk).drafts
    usecases.submit_all(story.desk, [draft.id for draft in posting_pack.drafts])
    _passed(story, [draft.id for draft in posting_pack.drafts])


@when(step("会计一次发布，发布到第{count:d}份时取消"))
def cancelled_issue(story: Story, count: int) -> None:
    with pytest.raises(Cancelled):
        usecases.issue_all(story.desk, progress=Stopping(count))


@then("一份也没有发布，文号没有用掉，文件一个也没有留下")
def nothing_issued(story: Story) -> None:
    assert story.desk.find(Issuance) == []
    assert store.next_number(story.desk, 2026) == 1
    printed, kept = (list((story.desk.folder / name).rglob("*")) for name in ("printed", "attachments"))
    assert printed == []
    assert {path.name for path in kept if path.is_file()} == {paper.id for paper in story.desk.find(Attachment)}


@when("会计再发布一次")
def issued_all(story: Story, posting_pack: Pack) -> None:
    posting_pack.issued = usecases.issue_all(story.desk)


@then(step("文号从1号连到{count:d}号，张贴包里份份都有，最后是一张张贴清单"))
def whole_pack(story: Story, posting_pack: Pack, count: int) -> None:
    assert [issuance.number for issuance in posting_pack.issued] == list(range(1, count + 1))
    text = _squeezed(text_of_paper(pack(story.desk, posting_pack.issued)))
    places = [text.index(f"村务公示〔2026〕{number}号") for number in range(1, count + 1)]
    assert places == sorted(places)
    last = text.rindex("张贴清单")
    assert all(f"村务公示〔2026〕{number}号" in text[last:] for number in range(1, count + 1))


# Questions


@when(step("{day}有村民不留姓名，问“{text}”"))
def asked(story: Story, day: str, text: str) -> None:
    today = _day(day)
    story.on(today.month, today.day)
    story.objection = usecases.register_objection(story.desk, story.notice_id, text)


@then(step("异议编号是“{number}”，最迟{day}答复"))
def objection_number(story: Story, number: str, day: str) -> None:
    assert story.objection
    assert number_of(story.objection) == number
    assert standing_of(story.desk, story.objection).due_on == _day(day)


@when(step("{day}会计答复“{text}”"))
def replied(story: Story, day: str, text: str) -> None:
    today = _day(day)
    story.on(today.month, today.day)
    assert story.objection
    usecases.reply(story.desk, story.objection.id, ReplyOutcome.EXPLAINED, text)


@then(step("答复单上写着“{question}”“{answer}”和“{number}”，没有姓名的张贴出来"))
def answered_on_paper(story: Story, question: str, answer: str, number: str) -> None:
    assert story.objection
    text = _squeezed(text_of_paper(draw(answer_paper(story.desk, story.objection.id))))
    assert question in text
    assert answer in text
    assert number in text
    assert "没有留姓名，本答复张贴在公示栏" in text


@then(step("第二季度的资金公示写着“{tally}”"))
def told_next_time(story: Story, tally: str) -> None:
    story.on(7, 8)
    draft = usecases.prepare(story.desk, "funds", Scope(Period.quarter(2026, 2)))
    assert tally in draft.facts


# Corrections and reading at the board


@when(step("{day}补记一笔漏记的到账{amount:d}元，办更正公告，监督小组同意后发布"))
def corrected(story: Story, day: str, amount: int) -> None:
    today = _day(day)
    story.on(today.month, today.day)
    assert story.fund
    late = Arrival(fund_id=story.fund.id, arrived_on=date(2026, 3, 30), amount_fen=amount * 100)
    village.record_arrival(story.desk, late)
    correction = usecases.correct(story.desk, story.notice_id, "3月30日到账的一笔漏记了。")
    usecases.submit(story.desk, correction.id)
    _passed(story, [correction.id])
    story.corrected = usecases.issue(story.desk, correction.id)


@then(step("更正公告并排写着原来的{old}和更正后的{new}"))
def side_by_side(story: Story, old: str, new: str) -> None:
    assert story.corrected
    text = text_of_paper(story.desk.content(story.corrected.paper_id))
    assert parse_yuan(old) < parse_yuan(new)
    assert text.index("原公示和更正后对照") < text.index(old) < text.index(new)


@then("原公示是“已更正”，纸还是原来的纸")
def old_stays(story: Story) -> None:
    assert story.notice.state is NoticeState.CORRECTED
    same_bytes(story)


@then(step("查“{typed}”，答“{words}”"))
def looked_up(story: Story, typed: str, words: str) -> None:
    assert words in _judged(story, typed).words


@then(step("扫照片里的二维码，答“{label}”，还写着“{words}”"))
def scanned(story: Story, label: str, words: str) -> None:
    (code,) = codes_in(story.photo.read_bytes())
    judged = _judged(story, code)
    assert judged.found.label == label
    assert words in judged.words


@then(step("把码里的一个字改了再查，答“{label}”"))
def forged(story: Story, label: str) -> None:
    (code,) = codes_in(story.photo.read_bytes())
    changed = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert _judged(story, changed).found.label == label


# Down and into the binder


@then(step("{day}要取下，得写明原因"))
def not_before_its_time(story: Story, day: str) -> None:
    today = _day(day)
    story.on(today.month, today.day)
    (posting,) = store.postings_of(story.desk, story.notice_id)
    with pytest.raises(RuleViolation):
        usecases.take_down(story.desk, posting.id)
    assert store.hanging(story.desk, story.notice_id) == [posting]


@when(step("{day}会计取下，写明“{note}”，归档到“{place}”"))
def into_the_binder(story: Story, day: str, note: str, place: str) -> None:
    today = _day(day)
    story.on(today.month, today.day)
    assert "1张公示贴满了天数，可以取下" in [todo.words for todo in todos(story.desk)]
    (posting,) = store.postings_of(story.desk, story.notice_id)
    usecases.take_down(story.desk, posting.id, note=note)
    assert "1份公示取下来了，等归档" in [todo.words for todo in todos(story.desk)]
    usecases.file_away(story.desk, story.notice_id, place)


@then("公示是“已归档”，首页不再提醒它")
def filed(story: Story) -> None:
    assert story.notice.state.label == "已归档"
    assert not [todo for todo in todos(story.desk) if "取下" in todo.words or "归档" in todo.words]


def _passed(story: Story, ids: Sequence[str]) -> None:
    story.acts("周监督")
    for notice_id in ids:
        oversight.review(story.desk, Notice.table, notice_id, Outcome.PASSED)
    story.acts("李会计")


def _day(written: str) -> date:
    return parse_date(f"2026年{written}")


def _due(desk: Desk, day: date, label: str) -> DueNotice:
    return next(one for one in due_notices(desk, day) if one.label == label)


def _judged(story: Story, typed: str) -> Judgement:
    return judge(story.desk, typed)


def _text(story: Story) -> str:
    assert story.issuance
    return text_of_paper(story.desk.content(story.issuance.paper_id))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
