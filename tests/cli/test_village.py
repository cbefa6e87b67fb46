"""The village itself typed as commands: a new desk, officers, bodies, funds."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.shell import Typed
from tests.village_fixtures import PASSWORD
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.village.model import OWNERS, Role

CODE = "510322105207"


def test_a_new_desk_is_founded_and_remembered(at_the_shell: Typed, tmp_path: Path) -> None:
    answer = at_the_shell(
        "--as", "李会计", "new", tmp_path / "青山村", "--name", "青山村", "--code", CODE, "--of", "双石镇"
    )
    assert answer.code == 0, answer.err
    assert "“青山村”的账本建好了" in answer.out
    assert at_the_shell("fund", "list").code == 0


def test_a_township_has_a_shorter_code(at_the_shell: Typed, tmp_path: Path) -> None:
    words = ("--as", "吴所长", "new", tmp_path / "双石镇", "--township", "--name", "双石镇", "--code")
    refused = at_the_shell(*words, CODE)
    assert refused.code == 1
    assert "区划代码应是9位数字" in refused.err
    assert at_the_shell(*words, "510322105").code == 0


def test_a_new_desk_never_falls_on_something_old(at_the_shell: Typed, tmp_path: Path) -> None:
    (tmp_path / "照片.jpg").write_bytes(b"")
    answer = at_the_shell("--as", "李会计", "new", tmp_path, "--name", "青山村", "--code", CODE)
    assert answer.code == 1
    assert "已经有东西" in answer.err


def test_officers_are_added_and_act_from_then_on(typed: Typed) -> None:
    added = typed("officer", "郑理财", "--role", "finance_group", "--password", "qingshan-1")
    assert added.out == "郑理财（民主理财小组）可以登录了。\n"
    assert "不能办" in typed("fund", "open", "2026", "村集体", "1", by="郑理财").err


def test_the_help_names_every_role_the_townships_too(at_the_shell: Typed) -> None:
    words = "".join(at_the_shell("officer", "-h").out.split())
    for role in Role:
        assert f"{role.value}{role.label}" in words
    assert "乡镇主要领导" in words


def test_a_body_is_set_up_once(typed: Typed) -> None:
    words = ("body", "民主理财小组", "钱组长", "孙理财", "郑理财", "--from", "2026-01-01", "--to", "2028-12-31")
    assert typed(*words).out == "“民主理财小组”设立了，3人。\n"
    assert typed(*words).code == 1


def test_a_bodys_members_are_changed(typed: Typed) -> None:
    term = ("--from", "2026-01-01", "--to", "2028-12-31")
    other = ("body", "民主理财小组", "孙理财", "郑理财", "--from", "2026-01-05", "--to", "2028-12-31", "--change")
    assert "找不到组织“民主理财小组”" in typed(*other).err
    typed("body", "民主理财小组", "钱组长", "孙理财", *term)
    assert typed(*other).out == "“民主理财小组”从2026-01-05起是这2人。\n"


def test_a_funds_plan_arrivals_and_rest_are_listed(typed: Typed) -> None:
    typed("fund", "open", "2026", "县级补助", "30万".replace("万", "0000"), "--document", "荣财农〔2026〕3号")
    assert (
        typed("fund", "arrive", "2026", "县级补助", "120,000", "--on", "2026-01-04").out
        == "到账120,000.00元，记上了。\n"
    )
    assert (
        "2026\t县级补助\t300,000.00\t0.00\t120,000.00\t0.00\t0.00\t120,000.00"
        in typed("fund", "list", "--year", "2026").out
    )


def test_more_than_planned_needs_a_reason(typed: Typed) -> None:
    typed("fund", "open", "2026", "村集体", "100")
    assert typed("fund", "arrive", "2026", "村集体", "200").code == 1
    assert typed("fund", "arrive", "2026", "村集体", "200", "--reason", "追加拨款").code == 0


@pytest.mark.parametrize("amount", ["一百", "1.234"])
def test_an_amount_that_is_none_is_misuse(typed: Typed, amount: str) -> None:
    assert typed("fund", "open", "2026", "村集体", amount).code == 2


def test_a_fund_that_is_not_open_is_named(typed: Typed) -> None:
    answer = typed("fund", "arrive", "2026", "村集体", "1")
    assert answer.code == 2
    assert "找不到2026年“村集体”的专账" in answer.err


def test_programs_get_ids(typed: Typed) -> None:
    opened = json.loads(typed("fund", "open", "2026", "村集体", "1", as_json=True).out)
    assert len(opened["id"]) == 26


def test_a_password_is_changed(typed: Typed) -> None:
    assert typed("password", "--old", "falsch", "--new", "baiyun-2027").code == 1
    changed = typed("password", "--old", "qingshan-1", "--new", "baiyun-2027")
    assert changed.out == "密码改好了，下次用新密码登录。\n"
    assert "姓名或密码不对" in typed("password", "--old", "qingshan-1", "--new", "baiyun-2028").err


def test_once_the_group_has_said_its_word_another_officer_agrees(typed: Typed) -> None:
    assert typed("password", "--old", PASSWORD, "--new", "qian-2026", by="钱组长").code == 0
    adds = ("officer", "罗书记", "--role", "head", "--password", "luo-2026")
    assert "钱组长" in typed(*adds).err
    agreed = ("--agreed-by", "赵主任", "--agreed-password")
    assert "赵主任的密码不对，没有办成。" in typed(*adds, *agreed, "no").err
    assert typed(*adds, *agreed, PASSWORD).code == 0
    assert "不能由管账的人一个人添加、停用" in typed("dismiss", "周监督").err
    assert typed("dismiss", "周监督", *agreed, PASSWORD).code == 0


def test_an_officer_is_dismissed(typed: Typed) -> None:
    assert typed("dismiss", "周监督").out == "周监督停用了，不能再登录。\n"
    assert "找不到办事人员“周监督”" in typed("dismiss", "周监督").err
    assert "唯一的村会计" in typed("dismiss", "李会计").err


def test_a_fund_begins_with_what_older_books_left_and_is_carried_on(typed: Typed, clock: SetClock) -> None:
    typed("fund", "open", "2026", "村集体", "100")
    typed("fund", "open", "2027", "村集体", "100")
    begun = typed("fund", "begin", "2026", "村集体", "80", "--on", "2026-01-01", "--document", "2025年总账")
    assert begun.out == "期初余额80.00元，记上了。\n"
    early = typed("fund", "carry", "2026", "村集体", "--on", "2026-01-04")
    assert early.code == 1
    assert "还没有结束" in early.err
    clock.set(datetime(2027, 1, 4, 9, 0, tzinfo=CHINA))
    carried = typed("fund", "carry", "2026", "村集体", "--on", "2026-12-31")
    assert carried.out == "结转80.00元到2027年，记上了。\n"
    listed = typed("fund", "list").out
    assert "2026\t村集体\t100.00\t80.00\t0.00\t0.00\t80.00\t0.00" in listed
    assert "2027\t村集体\t100.00\t80.00\t0.00\t0.00\t0.00\t80.00" in listed


def test_a_wrong_arrival_is_reversed_by_its_number(typed: Typed) -> None:
    typed("fund", "open", "2026", "村集体", "100")
    typed("fund", "arrive", "2026", "村集体", "50")
    assert typed("fund", "reverse", "2026-1", "记重了").out == "冲销好了：收款凭证2026年第2号，-50.00元。\n"
    assert "已经冲销过了" in typed("fund", "reverse", "2026-1", "再来").err
    assert typed("fund", "reverse", "2026-9", "没有").code == 2


def test_a_plan_is_changed_and_the_fund_keeps_its_paper(typed: Typed) -> None:
    typed("fund", "open", "2026", "县级补助", "100", "--document", "县财农〔2026〕1号")
    changed = typed("fund", "plan", "2026", "县级补助", "120", "--reason", "写错了")
    assert changed.out == "“2026年县级补助”的计划由100.00元改成120.00元，记上了。\n"
    assert "2026\t县级补助\t120.00" in typed("fund", "list").out
    (listed,) = json.loads(typed("fund", "list", as_json=True).out)
    assert (listed["planned"], listed["document"]) == ("120.00", "县财农〔2026〕1号")


def test_a_plan_without_reason_or_paper_stays_as_it_is(typed: Typed) -> None:
    typed("fund", "open", "2026", "县级补助", "100")
    assert typed("fund", "plan", "2026", "县级补助", "120").code == 2
    refused = typed("fund", "plan", "2026", "县级补助", "120", "--reason", "追加")
    assert refused.code == 1
    assert "请写明改计划的依据：上级文件的文号。" in refused.err
    assert "2026\t县级补助\t100.00" in typed("fund", "list").out


def test_the_funds_of_two_owners_are_told_apart(typed: Typed) -> None:
    for owner in OWNERS:
        typed("fund", "open", "2026", "村集体", "100", "--owner", owner)
    arrive = ("fund", "arrive", "2026", "村集体", "7")
    unsure = typed(*arrive)
    assert unsure.code == 2
    assert "有2个：村集体（村民委员会）、村集体（农村集体经济组织）" in unsure.err
    assert typed(*arrive, "--owner", OWNERS[1]).code == 0
    listed = typed("fund", "list").out
    assert f"\t7.00\t{OWNERS[1]}" in listed
    assert f"\t0.00\t{OWNERS[0]}" in listed
    book = typed("ledger", "book", "fund", "2026", "--of", "2026年村集体（集体经济组织）")
    assert "7.00" in book.out
    unsure = typed("project", "add", "甲", "--item", "供水", "--fund", "村集体")
    assert "请写明是哪一个归属的" in unsure.err
    assert typed("project", "add", "甲", "--item", "供水", "--fund", f"村集体（{OWNERS[1]}）").code == 0
