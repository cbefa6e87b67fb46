"""Pay typed as commands: from attendance to the bank's answer and the second payment of what failed."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.cli.shell import Typed
from tests.ledger.test_returned import at, posted, sent
from tests.payments.paying import PAYROLL
from tests.payroll.posts import (
    ANSWER,
    CHECKED,
    REGISTER,
    a_post,
    a_project,
    assessed,
    granted,
    in_april,
    person_with,
    the_bank_s_posts,
    the_quarter,
    told,
)
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.money import plain_yuan
from villagedesk.ledger.figures import Book
from villagedesk.ledger.store import held
from villagedesk.payments.model import Claim
from villagedesk.payroll.usecases import take_in_return
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Person
from villagedesk.village.usecases import import_people


@pytest.fixture
def project(desk: Desk, clock: SetClock) -> Project:
    """村庄保洁, running, in a village with its register, in April."""
    in_april(clock)
    import_people(desk, REGISTER)
    return a_project(desk)


def made(typed: Typed, *words: str) -> dict[str, str]:
    """Make a sheet and return what was answered."""
    answer = typed("payroll", "make", *words, "--reason", CHECKED, as_json=True)
    assert answer.code == 0, answer.err
    said: dict[str, str] = json.loads(answer.out)
    return said


def test_a_month_with_days_absent_and_a_changed_amount(desk: Desk, project: Project, typed_between: Typed) -> None:
    typed = typed_between
    for line in told()[:3]:
        a_post(desk, project, person_with(desk, line.account))
    assert typed("payroll", "attend", "保洁", "段龙树", "2026-03", "--absent", "1.5", "--off", "38.71").code == 0
    look = ("基本报酬", "保洁", "2026-03", "--without", "孔丽芬", "--change", "丁青强,750,与代班人分")
    shown = typed("payroll", "make", *look, "--look")
    assert "800.00 − 38.71 ＝ 761.29" in shown.out
    assert "800.00，改为750.00" in shown.out
    said = made(typed, *look)
    assert said["total"] == "1511.29"
    assert typed("payroll", "make", *look, "--reason", CHECKED).code == 1, "nobody is paid twice"
    copied = typed("payroll", "copy", said["payroll"], "2026-04", "--look")
    assert "新增 孔丽芬" in copied.err


def test_days_have_one_place_at_most(desk: Desk, project: Project, typed_between: Typed) -> None:
    a_post(desk, project, person_with(desk, told()[0].account))
    answer = typed_between("payroll", "attend", "保洁", "丁青强", "2026-03", "--absent", "1.55")
    assert (answer.code, "最多一位小数" in answer.err) == (2, True)


@pytest.mark.parametrize("counted", ["5.5", "5.5天", "5.5个工日", "５．５"])
def test_days_are_understood_as_people_write_them(
    desk: Desk, project: Project, typed_between: Typed, counted: str
) -> None:
    shown = typed_between(
        "payroll", "make", "务工补贴", "保洁", "2026-03", "--line", f"丁青强,120,{counted},3月8日 清淤", "--look"
    )
    assert "120.00 × 5.5工日 ＝ 660.00" in shown.out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("丁青强,120,5,5,3月8日 清淤", "小数点用“.”"),
        ("丁青强,120,5,5天,清淤", "小数点用“.”"),
        ("丁青强,1,200,5,清淤", "数里不用逗号"),
        ("丁青强,120,五天,清淤", "“五天”不是天数"),
        ("丁青强,120,5.55,清淤", "最多一位小数"),
        ("丁青强,120,-5,清淤", "“-5”不是天数"),
    ],
)
def test_a_figure_parted_by_a_comma_is_never_read_as_another(
    desk: Desk, project: Project, typed_between: Typed, line: str, said: str
) -> None:
    answer = typed_between("payroll", "make", "务工补贴", "保洁", "2026-03", "--line", line, "--look")
    assert (answer.code, said in answer.err) == (2, True), answer.err


def test_an_amount_parted_by_a_comma_is_never_read_as_another(
    desk: Desk, project: Project, typed_between: Typed
) -> None:
    a_post(desk, project, person_with(desk, told()[0].account))
    answer = typed_between("payroll", "make", "基本报酬", "保洁", "2026-03", "--change", "丁青强,1,200,上月少发")
    assert (answer.code, "数里不用逗号" in answer.err) == (2, True), answer.err


def test_a_sheet_that_pays_somebody_again_is_asked_about(desk: Desk, project: Project, typed_between: Typed) -> None:
    a_post(desk, project, desk.find(Person, "name = '严珍'")[0])
    made(typed_between, "基本报酬", "保洁", "2026-03")
    come = ("import", "payroll", PAYROLL, "--project", "保洁")
    refused = typed_between(*come)
    assert refused.code == 1
    assert "--say reason=…（为什么还要发）" in refused.err
    assert "“严珍”在“2026年3月" in refused.err
    assert typed_between(*come, "--say", "reason=清运补贴另发").code == 0


def test_labour_is_written_line_by_line(desk: Desk, project: Project, typed_between: Typed, tmp_path: Path) -> None:
    said = made(typed_between, "务工补贴", project.name, "2026-03", "--line", "丁青强,120,5.5,3月8日 清淤")
    assert said["total"] == "660.00"
    target = tmp_path / "表.pdf"
    assert typed_between("payroll", "print", said["payroll"], "-o", target).code == 0
    assert target.read_bytes().startswith(b"%PDF")
    assert typed_between("payroll", "print", said["payroll"], "-o", target, "--slips").code == 0


def test_rent_is_written_by_quantity_or_by_the_sum_agreed(desk: Desk, project: Project, typed_between: Typed) -> None:
    land, pond = "丁青强,600,5.5亩,东沟水田", "段龙树,1410,,堰塘"
    shown = typed_between("payroll", "make", "承包费", "保洁", "2026-03", "--line", land, "--line", pond, "--look")
    assert "600.00 × 5.5亩 ＝ 3,300.00" in shown.out
    assert made(typed_between, "承包费", "保洁", "2026-03", "--line", land, "--line", pond)["total"] == "4710.00"
    wrong = typed_between("payroll", "make", "承包费", "保洁", "2026-03", "--line", "丁青强,600,五亩,水田")
    assert (wrong.code, "请写成 5.5亩 这样" in wrong.err) == (2, True)


def test_what_failed_is_listed_by_itself_in_the_reconciliation(
    desk: Desk, clock: SetClock, typed_between: Typed, tmp_path: Path
) -> None:
    in_april(clock)
    import_people(desk, REGISTER)
    payroll, claim = the_quarter(desk)
    sent(desk, payroll, tmp_path)
    posted(desk, claim, at(clock, 4, 9))
    take_in_return(desk, ANSWER)
    stated = plain_yuan(held(desk, Book.BANK, date(2026, 4, 9)) + 359_872)
    answer = typed_between("ledger", "statement", stated)
    assert answer.code == 0, answer.err
    assert "自动列入：2026年第一季度绩效报酬没有发成，待补发：方某某（尾号" in answer.out
    assert typed_between("ledger", "statement", stated, "--alone").code == 1


def test_the_quarters_whole_way(desk: Desk, project: Project, typed_between: Typed, tmp_path: Path) -> None:
    typed = typed_between
    for post in the_bank_s_posts(desk, project):
        assessed(desk, post)
    said = made(typed, "绩效报酬", project.name, "2026Q1")
    sheet = said["payroll"][-8:]
    refused = typed("payroll", "bank", sheet, "-o", tmp_path)
    assert (refused.code, "审核全部通过以后" in refused.err) == (1, True)
    granted(desk, desk.get(Claim, said["claim"]))
    answer = typed("payroll", "bank", sheet, "-o", tmp_path, "--channel", "bank_text")
    assert answer.out.startswith("2026年第1批：14人，共20,322.69元。"), answer.err
    assert "没有到账的2人" in typed("payroll", "return", ANSWER, "--look").out
    assert typed("payroll", "return", ANSWER).out.startswith("登记完2026年第1批回盘：12人到账")
    assert "户名不符" in typed("payroll", "unpaid").out
    typed("payroll", "account", "方琴桂", "5103201234567890123456", "换了新存折")
    typed("payroll", "account", "解海华", "5103201234567890123457", "换了新存折")
    second = json.loads(typed("payroll", "bank", sheet, "-o", tmp_path, "--channel", "bank_text", as_json=True).out)
    assert (second["number"], Path(second["file"]).read_bytes().count(b"\n")) == ("2026-2", 2)
    assert typed("payroll", "bounced", "2026-1", "丁青强", "账户已销户").code == 0
    assert "到账11，待回盘2，待补发1，未送0" in typed("payroll", "list").out


def test_a_return_that_does_not_agree_lists_its_faults(
    desk: Desk, project: Project, typed_between: Typed, tmp_path: Path
) -> None:
    for post in the_bank_s_posts(desk, project):
        assessed(desk, post)
    said = made(typed_between, "绩效报酬", project.name, "2026Q1")
    granted(desk, desk.get(Claim, said["claim"]))
    typed_between("payroll", "bank", said["payroll"], "-o", tmp_path, "--channel", "bank_text")
    wrong = tmp_path / "回盘.txt"
    wrong.write_bytes(ANSWER.read_bytes().replace(b"1209.46", b"1209.47"))
    answer = typed_between("payroll", "return", wrong)
    assert (answer.code, "第3行“金额”" in answer.err) == (1, True)
    assert typed_between("payroll", "refused", "2026-1", "格式不对").out.startswith("已登记：14笔")
