"""Sum rows are known by what they are called, and each is what its part or the whole comes to."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.storage.foreign import Cell
from villagedesk.storage.foreign.columns import Layout, Sort, Wanted
from villagedesk.storage.foreign.grid import even
from villagedesk.storage.foreign.heads import lay
from villagedesk.storage.foreign.reading import Reading
from villagedesk.storage.foreign.sums import Sums, is_sum

LAYOUT = Layout("pay", "表", (Wanted("name", "姓名"), Wanted("amount", "金额", Sort.AMOUNT)), ("姓名", "金额"))


@pytest.mark.parametrize(
    "words",
    ["合计", "合 计：", "总  金  额", "合计金额", "总合计", "共计", "累计", "总计（元）", "本页小计", "1月小计", "一组合计", "总额", "合计数", "金额合计",
     "合计人民币（大写）：贰万壹仟陆佰零壹元整", "合计大写：壹仟元整", "合计14人", "共计：14户"],
)  # fmt: skip
def test_a_row_that_sums_is_known_by_its_first_words(words: str) -> None:
    assert is_sum([words, "", 5.0])
    assert is_sum(["", "", words, 5.0])


@pytest.mark.parametrize("words", ["计生员", "设计费", "总务", "会计", "统计员", "李总", "合计划", "合计师", "总数据"])
def test_other_words_with_these_signs_are_no_sums(words: str) -> None:
    assert not is_sum(["1", words, 5.0])


def read(rows: Sequence[Sequence[Cell]], *, must_hold: bool = False) -> tuple[Reading[str], Sums]:
    laid = lay(even("表.xlsx", [["姓名", "金额"], *rows]), LAYOUT)
    reading: Reading[str] = Reading()
    sums = Sums(must_hold=must_hold)
    for number, cells, row in laid.lines():
        if is_sum(row):
            sums.check(laid, reading, number, cells, row)
        else:
            sums.add(reading.amount(laid, number, cells["amount"]) or 0, cells["amount"])
    return reading, sums


@given(st.lists(st.lists(st.integers(1, 10**9), min_size=1, max_size=4), min_size=1, max_size=5))
def test_parts_and_the_whole_agree_however_many_parts_there_are(parts: list[list[int]]) -> None:
    rows: list[list[Cell]] = []
    for part in parts:
        rows += [["甲", fen / 100] for fen in part]
        rows.append(["小计", sum(part) / 100])
    reading, sums = read([*rows, ["合计", sum(map(sum, parts)) / 100]])
    assert reading.problems == []
    assert sums.checked == len(parts) + 1


def test_a_part_and_a_whole_that_do_not_agree_say_which_sum_was_meant() -> None:
    lines: list[list[Cell]] = [["甲", 1.0], ["小计", 1.0], ["乙", 2.0]]
    assert read([*lines, ["小计", 5.0]])[0].problems[0].message == (
        "小计写的是5.00元，上面各行加起来是2.00元，请核对有没有漏行"
    )
    assert read([*lines, ["合计", 5.0]])[0].problems[0].message == "合计写的是5.00元，各行加起来是3.00元，请核对"


def test_a_sum_without_a_number_is_told_apart_from_none() -> None:
    assert read([["甲", 1.0]])[1].blank == 0
    assert read([["甲", 1.0], ["合计", ""]])[1].blank == 3
