"""What a bank's word means: paid by the whole word only, and whatever leaves a doubt is no answer."""

import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.kernel.places import own_file
from villagedesk.payroll.bankwords import FILE, bank_words, normal, parse
from villagedesk.payroll.model import PayOutcome

DOUBTS = ("未", "不", "没", "非", "无", "冲正", "撤销", "受理", "待", "部分")
WORDS = [*sorted(bank_words().paid), "已处理", "处理", "发放", "成功", "入账", "（", "）", " ", "0", "笔", "，"]


def written(**facts: Any) -> dict[str, Any]:
    return {**tomllib.loads(own_file(FILE).read_text("utf-8")), **facts}


@given(
    st.lists(st.sampled_from(WORDS), max_size=4), st.sampled_from(DOUBTS), st.lists(st.sampled_from(WORDS), max_size=4)
)
def test_no_text_that_denies_takes_back_or_defers_is_ever_paid(
    before: list[str], doubt: str, behind: list[str]
) -> None:
    told = "".join([*before, doubt, *behind])
    assert bank_words().outcome(told) is not PayOutcome.PAID


@given(st.text(max_size=12))
def test_only_a_whole_word_of_the_list_is_paid(told: str) -> None:
    assert (bank_words().outcome(told) is PayOutcome.PAID) == (normal(told) in bank_words().paid)


@given(st.sampled_from(sorted(bank_words().paid)), st.text(min_size=1, max_size=6))
def test_a_success_in_a_longer_text_is_never_a_failure_nor_bounced(paid: str, more: str) -> None:
    assert bank_words().outcome(paid + more) in (None, PayOutcome.PAID) or any(
        part in normal(paid + more) for part in (*bank_words().failed, *bank_words().bounced)
    )


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ("成功", PayOutcome.PAID),
        (" 交易成功。", PayOutcome.PAID),
        ("已入账", PayOutcome.PAID),
        ("失败", PayOutcome.FAILED),
        ("代发失败（户名不符）", PayOutcome.FAILED),
        ("未发放成功", PayOutcome.FAILED),
        ("未能成功", PayOutcome.FAILED),
        ("没有成功", PayOutcome.FAILED),
        ("账户已销户", PayOutcome.FAILED),
        ("户名账号校验失败", PayOutcome.FAILED),
        ("退汇", PayOutcome.BOUNCED),
    ],
)
def test_plain_words_are_understood(told: str, outcome: PayOutcome) -> None:
    assert bank_words().outcome(told) is outcome


@pytest.mark.parametrize(
    "told",
    [
        "无法成功入账", "非成功", "未处理成功", "撤销成功", "冲正成功", "成功(已冲正)", "部分成功", "成功0笔", "受理成功",
        "提交成功", "校验成功", "发放成功待确认", "已处理", "已支付（待清算）", "失败后重发成功", "无异常", "未失败", "失败0笔",
        "未发放", "未到账", "处理中", "99", "",
    ],
)  # fmt: skip
def test_what_leaves_a_doubt_means_nothing(told: str) -> None:
    assert bank_words().outcome(told) is None


@pytest.mark.parametrize("word", ["受理成功", "未成功", "部分成功", "成功已冲正"])
def test_a_list_that_calls_a_doubt_paid_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match=word):
        parse(written(paid=["成功", word]))


def test_the_words_say_where_they_come_from() -> None:
    assert bank_words().source
    assert bank_words().as_of >= date(2026, 1, 1)
