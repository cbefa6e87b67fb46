"""The village's own words: named fields only, nothing is run, the legal skeleton stays, a broken one breaks nothing."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.disclosure.books import PEOPLE, Q1, Books, issued
from villagedesk.disclosure import usecases, wordings
from villagedesk.disclosure.drafting import kept_sheet, wording_findings
from villagedesk.disclosure.model import Notice, Wording
from villagedesk.disclosure.passages import passages, withheld
from villagedesk.disclosure.personal import Register
from villagedesk.disclosure.wordings import FIELDS, SHIPPED, Words, filled, sound
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.errors import RuleViolation
from villagedesk.kernel.findings import Severity
from villagedesk.reports.sheet import Bar, Chart, Column, Facts, Paragraph, Seal, Sheet, Signatures, Table, text_of
from villagedesk.storage.desk import Desk
from villagedesk.village.profile import load

RULE = load().notices["funds"]
FACTS = {name: f"〔{name}〕" for name in FIELDS}
OWN = Words("{期间}运维资金收支", "现把{村名}{事项}公布如下，请乡亲们看一看、算一算。", "账本在村委会，欢迎来查。")


def messages(words: Words, kind: str = "funds") -> list[str]:
    return [finding.message for finding in sound(words, load().notices[kind], Register({}))]


def with_part(part: str, template: str) -> Words:
    words = {one: getattr(OWN, one) for one in wordings.PARTS} | {part: template}
    return Words(words["subject"], words["lead"], words["ending"])


def lines(notice: Notice) -> list[str]:
    return text_of(kept_sheet(notice)).splitlines()


def test_the_shipped_words_are_sound_for_every_kind() -> None:
    for kind in load().notices:
        assert messages(SHIPPED, kind) == []


@pytest.mark.parametrize(
    "broken",
    [
        "{没有}",
        "{事项.__class__}",
        "{事项[0]}",
        "{事项!r}",
        "{事项:>99}",
        "{}",
        "{0}",
        "{ 事项}",
        "{事项",
        "事项}",
    ],
)
def test_an_unknown_or_broken_field_is_named_with_those_allowed(broken: str) -> None:
    with pytest.raises(ValueError, match=r"\{期间\}"):
        filled(broken, FACTS)
    for part in wordings.PARTS:
        (finding, *_) = sound(with_part(part, broken), RULE, Register({}))
        assert finding.field == part
        assert "可以用的有：{事项}、{期间}" in finding.message


def test_full_width_braces_are_braces_and_doubled_ones_are_themselves() -> None:
    assert filled("｛村名｝{{事项}}", FACTS) == "〔村名〕{事项}"


@given(st.text())
def test_whatever_is_typed_is_filled_in_or_told_to_be_wrong(template: str) -> None:
    try:
        assert isinstance(filled(template, FACTS), str)
    except ValueError as fault:
        assert "可以用的有" in str(fault)  # noqa: PT017


def test_what_is_filled_in_is_not_read_again() -> None:
    assert filled("{事项}", {**FACTS, "事项": "{村名}{坏的"}) == "{村名}{坏的"


def test_a_lead_names_its_matter_and_a_title_tells_notices_apart() -> None:
    assert messages(replace(OWN, lead="请看。")) == ["开头里要有{事项}，村民才知道公示的是什么。"]
    assert messages(replace(OWN, subject="资金")) == ["标题里要有{事项}或{期间}，不然几份公示分不清。"]
    assert messages(OWN, "votes") == ["标题里要有{事项}，不然几份公示分不清。"]
    assert messages(replace(OWN, subject=" ")) == ["请写标题。"]
    assert messages(replace(OWN, ending="长" * 301)) == ["结尾请写成一段，不超过300个字。"]


def test_a_notice_gets_the_villages_words_between_the_locked_ones(desk: Desk, books: Books) -> None:
    wording = usecases.reword(desk, "funds", OWN)
    notice = usecases.prepare(desk, "funds", Q1)
    assert notice.wording_version == wording.version == 1
    assert notice.title == "青山村村民委员会关于2026年第一季度运维资金收支的公示"
    said = lines(notice)
    assert (
        "根据村民委员会组织法关于村务公开的规定和村集体财务公开制度，"
        "现把青山村2026年第一季度运维资金收支公布如下，请乡亲们看一看、算一算。" in said
    )
    assert "账本在村委会，欢迎来查。" in said
    for locked in ("监督电话", "公示期", "民主理财小组审核（签字）"):
        assert locked in said
    assert any("对公示内容有异议的" in line for line in said)


def test_an_issued_notice_keeps_its_words_whatever_is_written_later(desk: Desk, books: Books) -> None:
    notice, issuance = issued(desk)
    usecases.reword(desk, "funds", OWN)
    assert desk.get(Notice, notice.id).wording_version == 0
    assert "请大家监督。" in text_of(kept_sheet(issuance))
    assert usecases.reword(desk, "funds", replace(OWN, ending="")).version == 2
    assert wordings.of_version(desk, "funds", 1) == replace(OWN, version=1)
    assert wordings.of_version(desk, "funds", 0) == wordings.of_version(desk, "funds", 9) == SHIPPED


def test_a_correction_is_worded_as_what_it_corrects(desk: Desk, books: Books) -> None:
    notice, _ = issued(desk, remark="到账数以银行流水为准")
    usecases.reword(desk, "funds", OWN)
    drafted = usecases.correct(desk, notice.id, "说明写错了", "到账数以财政所为准")
    text = text_of(kept_sheet(drafted))
    assert "到账数以财政所为准" in text
    assert "乡亲们" not in text


def test_the_shipped_words_come_back_as_the_next_version(desk: Desk, books: Books) -> None:
    assert usecases.restore_words(desk, "funds") is None
    usecases.reword(desk, "funds", OWN)
    restored = usecases.restore_words(desk, "funds")
    assert restored
    assert restored.version == 2
    assert usecases.prepare(desk, "funds", Q1).wording_version == 0


def test_no_number_is_typed_into_the_words(desk: Desk, books: Books) -> None:
    for number in (*PEOPLE[0][1:], "１３８ 0000-1111", "0813-6209999-13512345678"):
        with pytest.raises(RuleViolation) as refusal:
            usecases.reword(desk, "funds", replace(OWN, ending=f"有问题打{number}"))
        assert [(one.code, one.field) for one in refusal.value.findings] == [("disclosure.personal", "ending")]
    usecases.reword(desk, "funds", replace(OWN, ending="有问题打0813-6200001"))
    with pytest.raises(RuleViolation):
        usecases.reword(desk, "没有这种", OWN)


@pytest.mark.parametrize("broken", ["{没有}现将{事项}公示", "{事项", "请看。"])
def test_a_broken_template_of_an_older_desk_falls_back_and_says_so(desk: Desk, books: Books, broken: str) -> None:
    with desk.change("test.older") as change:
        change.put(Wording(kind="funds", subject="{事项}", lead=broken))
    notice = usecases.prepare(desk, "funds", Q1)
    assert notice.wording_version == 0
    assert any("请大家监督。" in line for line in lines(notice))
    (finding,) = wording_findings(desk, "funds")
    assert (finding.code, finding.severity) == ("disclosure.wording", Severity.WARNING)
    assert finding in usecases.findings_of(desk, notice)
    usecases.reword(desk, "funds", OWN)
    assert wording_findings(desk, "funds") == []


def test_every_text_of_a_sheet_is_a_passage() -> None:
    table = Table((Column("列头", group="大列"),), (("格子",),), ("合计",), "表名", "单位：元")
    chart = Chart(("图例",), (Bar("条", (1,), "数"),), "图名")
    blocks = (Paragraph("段"), Facts((("名", "值"),)), table, chart, Signatures(("签字",)), Seal("落款", "日期"))
    found = " ".join(text for _, text in passages(Sheet("题", blocks)))
    for text in text_of(Sheet("题", blocks)).split():
        assert text in found or text == "单位：元", text


def test_the_places_where_something_was_taken_out_are_told(desk: Desk, books: Books) -> None:
    notice = usecases.prepare(desk, "spending", Q1)
    places = withheld(kept_sheet(notice))
    assert len(places) == 1
    assert "事由" in places[0]
    assert withheld(kept_sheet(usecases.prepare(desk, "funds", Q1))) == []


def test_what_the_policy_never_shows_is_on_no_notice(desk: Desk, books: Books, clock: SetClock) -> None:
    from villagedesk.disclosure.kinds import KINDS

    notice, _ = issued(desk, "assessment")
    usecases.register_objection(desk, notice.id, "问", asker="暗记甲", reach="暗记乙")
    with desk.change("test.personal") as change:
        for person in books.people:
            change.put(replace(person, bank="暗记丙", note="暗记丁", born_on=datetime(1907, 11, 23).date()))
    clock.set(datetime(2026, 7, 3, 9, 0, tzinfo=CHINA))
    for kind in KINDS:
        if kind.code != "assessment":
            text = text_of(kept_sheet(usecases.prepare(desk, kind.code, Q1)))
            assert "暗记" not in text
            assert "1907" not in text
