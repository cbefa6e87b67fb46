"""Objections: numbered, their clock, their answer, and what the next notice says of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.disclosure.books import PEOPLE, Q1, Books, issued
from tests.golden import assert_golden
from villagedesk.disclosure import usecases
from villagedesk.disclosure.drafting import kept_sheet, register_of
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.model import Notice, Objection, Pause, Reply, ReplyOutcome
from villagedesk.disclosure.objections import store
from villagedesk.disclosure.objections.papers import answer_paper
from villagedesk.disclosure.objections.rules import Standing, due_day, standing
from villagedesk.disclosure.personal import bare, numbers_in
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import FrozenRecord, RuleViolation
from villagedesk.kernel.workdays import DayKind, is_workday
from villagedesk.reports.pdf import draw
from villagedesk.reports.sheet import text_of
from villagedesk.storage.desk import Desk
from villagedesk.village.profile import load

GOLDEN = Path(__file__).parent / "golden"
RULE = load().disclosure
BY_WORKDAYS = replace(RULE, day_kind=DayKind.WORKDAY)
CAME = date(2026, 4, 9)
MONTH = st.dates(date(2026, 1, 1), date(2026, 10, 30))


def asked(day: date = CAME) -> Objection:
    return Objection(year=2026, number=1, notice_id="", text="？", received_on=day, received_by="")


def stood(first: date, last: date | None) -> Pause:
    return Pause(objection_id="", first_day=first, last_day=last, reason="等复核", paused_by="")


def replied(day: date) -> Reply:
    return Reply(objection_id="", outcome=ReplyOutcome.EXPLAINED, text="好", replied_on=day, replied_by="")


def codes(refusal: pytest.ExceptionInfo[RuleViolation]) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


@pytest.fixture
def notice(desk: Desk, books: Books) -> Notice:
    """The quarter's funds, issued on 8 April 2026."""
    return issued(desk)[0]


@pytest.fixture
def later(clock: SetClock) -> Callable[[int], None]:
    """Let days go by."""

    def go(days: int) -> None:
        clock.set(clock.now() + timedelta(days=days))

    return go


def stands(desk: Desk, objection: Objection) -> Standing:
    return store.standing_of(desk, objection)


# The clock


@pytest.mark.parametrize(
    ("day", "words"), [(9, "还剩3天"), (11, "还剩1天"), (12, "今天到期"), (13, "过期1天"), (20, "过期8天")]
)
def test_an_answer_is_due_three_days_after_the_question(day: int, words: str) -> None:
    now = standing(asked(), [], None, RULE, date(2026, 4, day))
    assert (now.words, now.due_on) == (words, date(2026, 4, 12))
    assert now.is_late is (day > 12)


def test_workdays_pass_over_the_holidays_and_count_the_moved_ones() -> None:
    assert due_day(date(2026, 4, 30), [], BY_WORKDAYS) == date(2026, 5, 8)
    assert standing(asked(date(2026, 4, 30)), [], None, BY_WORKDAYS, date(2026, 5, 2)).words == "还剩3个工作日"


def test_days_of_a_pause_do_not_count() -> None:
    pause = stood(date(2026, 4, 11), date(2026, 4, 20))
    assert standing(asked(), [pause], None, RULE, date(2026, 4, 21)).due_on == date(2026, 4, 22)
    standing_still = standing(asked(), [stood(date(2026, 4, 11), None)], None, RULE, date(2026, 6, 1))
    assert (standing_still.words, standing_still.due_on, standing_still.is_late) == ("暂停计时", None, False)


@given(MONTH, st.integers(1, 20), st.integers(0, 30), st.sampled_from([RULE, BY_WORKDAYS]))
def test_a_pause_of_n_counting_days_moves_the_due_day_by_n(
    came: date,
    after: int,
    length: int,
    rule: type(RULE),  # type: ignore[valid-type]
) -> None:
    first = came + timedelta(days=after)
    pause = stood(first, first + timedelta(days=length))
    due, plain = due_day(came, [pause], rule), due_day(came, [], rule)

    def counting(day: date) -> bool:
        is_paused = pause.first_day <= day <= (pause.last_day or day)
        return not is_paused and (rule.day_kind is DayKind.CALENDAR or is_workday(day))

    counted = [day for ahead in range(1, (due - came).days + 1) if counting(day := came + timedelta(days=ahead))]
    assert len(counted) == rule.objection_days
    assert counted[-1] == due
    assert due == plain if first > plain else due >= plain


def test_an_answer_is_judged_by_its_own_day() -> None:
    assert standing(asked(), [], replied(date(2026, 4, 12)), RULE, date(2026, 9, 1)).words == "已答复"
    assert standing(asked(), [], replied(date(2026, 4, 13)), RULE, date(2026, 9, 1)).words == "逾期答复"


def test_a_year_without_known_holidays_is_said_and_nothing_breaks() -> None:
    now = standing(asked(date(2099, 1, 1)), [], None, BY_WORKDAYS, date(2099, 1, 2))
    assert (now.words, now.due_on) == ("待答复", None)
    assert "2099年的放假安排" in now.sentence


# What is done


def test_an_objection_goes_from_the_board_to_its_answer(
    desk: Desk, notice: Notice, later: Callable[[int], None]
) -> None:
    objection = usecases.register_objection(
        desk, notice.id, "到账少了一笔吧？", "第1张表第2行", "王桂香", "13800001111"
    )
    assert store.number_of(objection) == "异议〔2026〕1号"
    later(1)
    usecases.pause(desk, objection.id, "等财政所核对到账")
    later(5)
    assert stands(desk, objection).words == "暂停计时"
    usecases.resume(desk, objection.id)
    assert stands(desk, objection).due_on == date(2026, 4, 16)
    later(1)
    usecases.reply(desk, objection.id, ReplyOutcome.EXPLAINED, "那一笔在四月，下一季度公示。")
    line = store.objection_line(desk, objection.id)
    assert line.standing.words == "已答复"
    assert line.notice_number == "村务公示〔2026〕1号"
    assert [one.objection.id for one in store.objections_of(desk, notice.id)] == [objection.id]


def test_numbers_run_without_gap_and_begin_anew_each_year(desk: Desk, notice: Notice, clock: SetClock) -> None:
    given = [usecases.register_objection(desk, notice.id, f"问{n}").number for n in range(3)]
    with pytest.raises(RuleViolation):
        usecases.register_objection(desk, notice.id, "")
    given.append(usecases.register_objection(desk, notice.id, "再问").number)
    clock.set(datetime(2027, 1, 4, 9, 0, tzinfo=CHINA))
    given.append(usecases.register_objection(desk, notice.id, "新年再问").number)
    assert given == [1, 2, 3, 4, 1]


def test_only_an_issued_notice_is_asked_about(desk: Desk, notice: Notice) -> None:
    draft = usecases.prepare(desk, "spending", Q1)
    for nothing in (draft.id, "", "没有"):
        with pytest.raises(RuleViolation) as refusal:
            usecases.register_objection(desk, nothing, "问")
        assert codes(refusal) == ["disclosure.objection_notice"]
    assert [one.id for one in store.askable(desk)] == [notice.id]


@pytest.mark.parametrize("day", [date(2026, 4, 7), date(2026, 4, 9)])
def test_an_objection_comes_after_its_notice_and_not_tomorrow(desk: Desk, notice: Notice, day: date) -> None:
    with pytest.raises(RuleViolation) as refusal:
        usecases.register_objection(desk, notice.id, "问", received_on=day)
    assert codes(refusal) == ["disclosure.objection_day"]


def test_a_villagers_number_belongs_into_how_to_reach_and_nowhere_else(desk: Desk, notice: Notice) -> None:
    for text, place, asker in (("我是13800001111", "", ""), ("问", PEOPLE[0][1], ""), ("问", "", "13800001111")):
        with pytest.raises(RuleViolation) as refusal:
            usecases.register_objection(desk, notice.id, text, place, asker)
        assert codes(refusal) == ["disclosure.personal"]
    objection = usecases.register_objection(desk, notice.id, "问", reach="打0813-6204321")
    with pytest.raises(RuleViolation) as refusal:
        usecases.reply(desk, objection.id, ReplyOutcome.REFUSED, "请打0813 6204321核对")
    assert codes(refusal) == ["disclosure.personal"]
    assert "08136204321" in register_of(desk).known
    usecases.reply(desk, objection.id, ReplyOutcome.REFUSED, "请打0813-6200001核对")


def test_nobody_but_the_accountant_takes_down_and_answers(
    desk: Desk, notice: Notice, acting: Callable[[Desk, str], None]
) -> None:
    objection = usecases.register_objection(desk, notice.id, "问")
    acting(desk, "周监督")
    for act in (
        lambda: usecases.register_objection(desk, notice.id, "问"),
        lambda: usecases.reply(desk, objection.id, ReplyOutcome.EXPLAINED, "答"),
        lambda: usecases.pause(desk, objection.id, "等"),
        lambda: usecases.resume(desk, objection.id),
    ):
        with pytest.raises(RuleViolation) as refusal:
            act()
        assert codes(refusal) == ["village.role"]


def test_a_clock_is_paused_once_with_a_reason_and_before_it_ran_out(
    desk: Desk, notice: Notice, later: Callable[[int], None]
) -> None:
    objection = usecases.register_objection(desk, notice.id, "问")

    def refused(act: Callable[[], object]) -> list[str]:
        with pytest.raises(RuleViolation) as refusal:
            act()
        return codes(refusal)

    assert refused(lambda: usecases.resume(desk, objection.id)) == ["disclosure.pause"]
    assert refused(lambda: usecases.pause(desk, objection.id, " ")) == ["disclosure.reason"]
    usecases.pause(desk, objection.id, "等")
    assert refused(lambda: usecases.pause(desk, objection.id, "再等")) == ["disclosure.pause"]
    assert usecases.resume(desk, objection.id).last_day == desk.clock.now().date()
    later(9)
    assert stands(desk, objection).is_late
    assert refused(lambda: usecases.pause(desk, objection.id, "太晚")) == ["disclosure.pause"]
    usecases.reply(desk, objection.id, ReplyOutcome.EXPLAINED, "答")
    for act in (
        lambda: usecases.pause(desk, objection.id, "等"),
        lambda: usecases.reply(desk, objection.id, ReplyOutcome.EXPLAINED, "再答"),
        lambda: usecases.resume(desk, objection.id),
    ):
        assert refused(act) == ["disclosure.objection_closed"]


def test_an_answer_ends_the_pause(desk: Desk, notice: Notice, later: Callable[[int], None]) -> None:
    objection = usecases.register_objection(desk, notice.id, "问")
    usecases.pause(desk, objection.id, "等")
    later(30)
    usecases.reply(desk, objection.id, ReplyOutcome.EXPLAINED, "答")
    assert store.pauses_of(desk, objection.id)[0].last_day
    assert stands(desk, objection).words == "已答复"


@pytest.mark.parametrize("day", [date(2026, 4, 7), date(2026, 4, 9)])
def test_an_answer_comes_after_the_question_and_not_tomorrow(desk: Desk, notice: Notice, day: date) -> None:
    objection = usecases.register_objection(desk, notice.id, "问")
    with pytest.raises(RuleViolation) as refusal:
        usecases.reply(desk, objection.id, ReplyOutcome.EXPLAINED, "", day)
    assert codes(refusal) == ["disclosure.reply_text", "disclosure.reply_day"]


def test_what_was_recorded_is_never_changed(desk: Desk, notice: Notice) -> None:
    objection = usecases.register_objection(desk, notice.id, "问")
    reply = usecases.reply(desk, objection.id, ReplyOutcome.EXPLAINED, "答")
    for changed in (replace(objection, text="没有问"), replace(reply, text="没有答")):
        with pytest.raises(FrozenRecord), desk.change("test.changed") as change:
            change.put(changed)
    with pytest.raises(FrozenRecord), desk.change("test.discarded") as change:
        change.discard(objection)


# What is shown


def test_the_list_finds_by_words_number_and_notice(desk: Desk, notice: Notice) -> None:
    one = usecases.register_objection(desk, notice.id, "砂石为什么贵？")
    two = usecases.register_objection(desk, notice.id, "到账少了")
    usecases.reply(desk, one.id, ReplyOutcome.EXPLAINED, "答")
    assert store.objection_ids(desk) == [two.id, one.id]
    assert store.objection_ids(desk, "砂石") == [one.id]
    assert store.objection_ids(desk, "〕2号") == [two.id]
    assert store.objection_ids(desk, "资金", "received_on", descending=False) == [one.id, two.id]
    assert store.objection_ids(desk, is_open=True) == [two.id]
    for order in ("number", "notice"):
        assert set(store.objection_ids(desk, order=order)) == {one.id, two.id}


def test_the_next_notice_says_how_many_asked_and_how_many_are_answered(
    desk: Desk, notice: Notice, clock: SetClock
) -> None:
    def said(quarter: int) -> str:
        text = text_of(kept_sheet(usecases.prepare(desk, "funds", Scope(Period.quarter(2026, quarter)))))
        return next(line for line in text.splitlines() if "有异议的" in line).split("对公示")[0]

    assert "\n对公示内容有异议的" in text_of(kept_sheet(notice))
    clock.set(datetime(2026, 7, 3, 9, 0, tzinfo=CHINA))
    assert said(2) == "本期没有收到异议。"
    first = usecases.register_objection(desk, notice.id, "问一")
    usecases.register_objection(desk, notice.id, "问二")
    other = issued(desk, "spending")[0]
    usecases.register_objection(desk, other.id, "问别的")
    usecases.reply(desk, first.id, ReplyOutcome.EXPLAINED, "答")
    assert said(2) == "本期异议2件，已答复1件。"


def test_an_objection_between_two_notices_is_counted_once(desk: Desk, notice: Notice, clock: SetClock) -> None:
    clock.set(datetime(2026, 7, 3, 9, 0, tzinfo=CHINA))
    usecases.register_objection(desk, notice.id, "问一")
    from tests.disclosure.books import reviewed

    second = reviewed(desk, usecases.prepare(desk, "funds", Scope(Period.quarter(2026, 2))))
    usecases.register_objection(desk, notice.id, "送审以后才问")
    usecases.issue(desk, second.id)
    assert store.asked_since(desk, "funds") == (1, 0)


def answer(desk: Desk, notice: Notice, asker: str, outcome: ReplyOutcome = ReplyOutcome.EXPLAINED) -> str:
    objection = usecases.register_objection(desk, notice.id, "到账少了一笔吧？", "到账合计", asker, "13800001111")
    usecases.reply(desk, objection.id, outcome, "那一笔四月到账。\n下一季度公示。")
    return objection.id


@pytest.mark.parametrize(("asker", "name"), [("王桂香", "answer"), ("", "answer-anonymous")])
def test_an_answer_reads_as_it_was_approved(desk: Desk, notice: Notice, asker: str, name: str) -> None:
    assert_golden(answer_paper(desk, answer(desk, notice, asker)), GOLDEN / f"{name}.txt")


def test_an_answer_is_drawn(desk: Desk, notice: Notice) -> None:
    assert draw(answer_paper(desk, answer(desk, notice, "张䶮"))).startswith(b"%PDF")


def test_without_an_answer_there_is_no_paper(desk: Desk, notice: Notice) -> None:
    with pytest.raises(RuleViolation) as refusal:
        answer_paper(desk, usecases.register_objection(desk, notice.id, "问").id)
    assert codes(refusal) == ["disclosure.no_reply"]
    with pytest.raises(KeyError):
        answer_paper(desk, "没有")


@given(st.sampled_from([number for person in PEOPLE for number in person[1:]]), st.data())
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_an_older_desk_wrote_no_number_reaches_the_answer(
    desk: Desk, notice: Notice, number: str, data: st.DataObject
) -> None:
    parted = "".join(data.draw(st.sampled_from(["", " ", "-", "\n", "—"])) + figure for figure in number)
    with desk.change("test.older") as change:
        one = change.put(
            replace(asked(), notice_id=notice.id, text=f"我{parted}", place=parted, asker=parted, received_by=change.actor_id,
                    number=store.next_number(desk, 2026))
        )  # fmt: skip
        change.put(replace(replied(CAME), objection_id=one.id, text=f"答{parted}", replied_by=change.actor_id))
    sheet = answer_paper(desk, one.id)
    assert number not in bare(text_of(sheet))
    assert not numbers_in(text_of(sheet), register_of(desk))


@pytest.mark.parametrize("asker", ["王桂香", ""])
def test_a_short_answer_stands_on_one_page(desk: Desk, notice: Notice, asker: str) -> None:
    with pypdfium2.PdfDocument(draw(answer_paper(desk, answer(desk, notice, asker)))) as document:
        assert len(document) == 1
