"""The bank's answer is read as it comes, and what cannot be understood is named."""

from pathlib import Path

import pytest

from villagedesk.kernel.errors import BadInput
from villagedesk.payroll.bankreturn import read_return
from villagedesk.payroll.model import PayOutcome

ANSWER = Path(__file__).parents[1] / "data" / "bank-return-gbk.txt"
LINE = "000001|5103209138144144653373|丁青强|1071.48|成功|\r\n"


def problems(written: str) -> list[str]:
    return [str(problem) for problem in read_return("回盘.txt", written.encode("gbk"))[1]]


def test_the_real_answer_is_read_as_it_is() -> None:
    lines, wrong = read_return(ANSWER.name, ANSWER.read_bytes())
    assert wrong == []
    assert len(lines) == len(ANSWER.read_bytes().splitlines())
    first, failed = lines[0], [line for line in lines if line.outcome is not PayOutcome.PAID]
    assert (first.number, first.account, first.name, first.amount_fen) == (
        "000001", "5103209138144144653373", "丁青强", 107_148,
    )  # fmt: skip
    assert {line.reason for line in failed} == {"户名不符"}
    assert all(line.row == place for place, line in enumerate(lines, 1))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", ["|", "\t", ","])
def test_other_encodings_and_separators_say_the_same(encoding: str, mark: str) -> None:
    written = ANSWER.read_bytes().decode("gbk").replace("|", mark)
    lines, wrong = read_return("回盘.csv", written.encode(encoding))
    assert wrong == []
    assert lines == read_return(ANSWER.name, ANSWER.read_bytes())[0]


def test_with_heads_the_columns_may_stand_in_any_order() -> None:
    written = (
        '代发结果\n金额,户名,账号,处理结果,失败原因\n"1,071.48",丁青强,5103209138144144653373,退票,销户\n合计,,,,\n'
    )
    (line,), wrong = read_return("回盘.csv", written.encode("gbk"))
    assert wrong == []
    assert (line.outcome, line.reason, line.amount_fen, line.number) == (PayOutcome.BOUNCED, "销户", 107_148, "")


def test_a_name_the_encoding_lacked_is_known_to_be_broken() -> None:
    (line,), _ = read_return("回盘.txt", LINE.replace("丁青强", "王?").encode("gbk"))
    assert not line.is_name_whole


@pytest.mark.parametrize(("told", "outcome"), [("处理成功", "paid"), ("不成功", "failed"), ("退汇", "bounced")])
def test_the_banks_words_are_understood(told: str, outcome: str) -> None:
    (line,), _ = read_return("回盘.txt", LINE.replace("成功", told).encode("gbk"))
    assert line.outcome == outcome


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("1071.48", "一千", "第2行“金额”：“一千”不是金额"),
        ("1071.48", "0.00", "第2行“金额”：应大于零"),
        ("5103209138144144653373", "5.10320913814414E+21", "第2行“账号”：账号是数字格式，后几位已经丢了"),
        ("5103209138144144653373", "见存折", "第2行“账号”：“见存折”不是账号"),
        ("成功", "99", "第2行“处理结果”：看不懂“99”，不知道发成功了没有"),
    ],
)
def test_what_cannot_be_understood_is_named_by_row_and_column(old: str, new: str, said: str) -> None:
    (found,) = problems(LINE.replace("000001", "000000") + LINE.replace(old, new))
    assert found.startswith(said)


@pytest.mark.parametrize(
    "told", ["未处理成功", "受理成功", "成功(已冲正)", "部分成功", "撤销成功", "发放成功待确认", "已处理", "成功0笔"]
)
def test_a_success_with_a_doubt_in_it_is_asked_about(told: str) -> None:
    assert problems(LINE.replace("成功", told)) == [f"第1行“处理结果”：看不懂“{told}”，不知道发成功了没有，请问银行"]


def test_an_answer_whose_first_words_nobody_understands_names_those_too() -> None:
    found = problems(LINE.replace("成功", "受理成功") + LINE.replace("000001", "000002").replace("丁青强", "段龙树"))
    assert found[0].startswith("第1行“处理结果”：看不懂“受理成功”")


def test_a_success_beside_the_reason_of_a_failure_is_asked_about() -> None:
    (found,) = problems(LINE.replace("成功|", "成功|账户已销户"))
    assert found == "第1行“处理结果”：写的是“成功”，旁边又写着“账户已销户”，不知道发成功了没有，请问银行"


@pytest.mark.parametrize("reason", ["0000", "交易成功", "0000 交易成功", "000000-交易成功"])
def test_a_code_or_the_success_again_is_no_reason_against_it(reason: str) -> None:
    assert problems(LINE.replace("成功|", f"成功|{reason}")) == []


@pytest.mark.parametrize(("remark", "is_sure"), [("2026年一季度待遇", True), ("交易成功", True), ("已冲正", False)])
def test_a_remark_may_be_about_anything_but_a_failure(remark: str, is_sure: bool) -> None:
    written = f"账号,户名,金额,处理结果,备注\n5103209138144144653373,丁青强,1071.48,成功,{remark}\n"
    lines, wrong = read_return("回盘.csv", written.encode("gbk"))
    assert (len(lines), len(wrong)) == ((1, 0) if is_sure else (0, 1))


@pytest.mark.parametrize("last", ["-----", "=====\r\n", "TOTAL|14|20322.69", "总笔数1|成功1|失败0", "\r\n \r\n", "END"])
def test_a_line_drawn_across_or_a_total_is_passed_over(last: str) -> None:
    lines, wrong = read_return("回盘.txt", (LINE + last).encode("gbk"))
    assert (len(lines), wrong) == (1, [])


def test_a_line_twice_is_named() -> None:
    assert problems(LINE + LINE) == ["第2行“账号”：和第1行重复"]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x00", "只有一句话".encode(), "甲|乙|丙\n".encode()])
def test_what_is_no_answer_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput):
        read_return("回盘.txt", content)


HEADS = "账号,户名,金额,处理结果\n"
PAY = "5103209138144144653373,丁青强,300.00,成功\n"


@pytest.mark.parametrize("foot", ["经办人：王五,,,", ",,,\n打印时间：2026-04-08,,,", ",,制表：李四,"])
def test_what_stands_below_without_account_amount_and_word_is_no_payment(foot: str) -> None:
    lines, wrong = read_return("回盘.csv", f"{HEADS}{PAY}{foot}\n".encode("gbk"))
    assert (len(lines), wrong) == (1, [])


def test_without_numbers_two_payments_may_look_the_same() -> None:
    lines, wrong = read_return("回盘.csv", f"{HEADS}{PAY}{PAY}".encode("gbk"))
    assert (len(lines), wrong) == (2, [])


@pytest.mark.parametrize(
    "heads", ["收款户名,银行卡号,代发金额（元）,代发结果", "客户名称,账户号码,交易金额(元),返回结果"]
)
def test_other_banks_call_their_columns_otherwise(heads: str) -> None:
    written = f"{heads}\n丁青强,5103209138144144653373,300.00,成功\n"
    (line,), wrong = read_return("回盘.csv", written.encode("gbk"))
    assert (line.name, line.amount_fen, line.outcome, wrong) == ("丁青强", 30_000, "paid", [])
    with_fen = read_return("回盘.csv", written.replace("元", "分").encode("gbk"))[1]
    assert with_fen[0].column == "金额"
