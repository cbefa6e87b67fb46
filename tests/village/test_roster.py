"""The one-card platform's roster, taken as it is: accounts, banks and phones of people the register knows."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.sheetfiles import changed_copy
from villagedesk.kernel.errors import BadInput
from villagedesk.storage.desk import Desk
from villagedesk.storage.foreign import Cell, read_grid
from villagedesk.village.model import Person
from villagedesk.village.rules import likely_card
from villagedesk.village.store import people_by_id_number
from villagedesk.village.usecases import import_people, import_roster, look_at_roster

DATA = Path(__file__).parents[1] / "data"
ROSTER = DATA / "roster-17-columns.xls"
HEAD_NAME, PAYEE, PAYEE_ID, ACCOUNT, BENEFICIARY, BENEFICIARY_ID, AMOUNT = 3, 5, 6, 7, 11, 12, 16


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The desk with the household register in it."""
    import_people(desk, DATA / "villagers-gb18030.csv")
    return desk


def problems(desk: Desk, folder: Path, changes: dict[tuple[int, int], Cell]) -> list[str]:
    before = desk.tip()
    with pytest.raises(BadInput) as refused:
        import_roster(desk, changed_copy(ROSTER, folder / "名册.xlsx", changes))
    assert desk.tip() == before
    return [str(problem) for problem in refused.value.problems]


def test_the_real_roster_agrees_with_the_register_it_came_from(desk: Desk) -> None:
    before = desk.tip()
    assert import_roster(desk, ROSTER) == (0, 60)
    assert desk.tip() == before


def test_forgotten_accounts_and_phones_are_brought_up_to_date(desk: Desk) -> None:
    known = people_by_id_number(desk)
    with desk.change("test.forgotten") as change:
        for number in ("510322193908305305", "510322196310287804"):
            change.put(replace(known[number], account="", bank="", phone="13800000000"))
    assert import_roster(desk, ROSTER) == (2, 58)
    fresh = people_by_id_number(desk)["510322193908305305"]
    assert (fresh.name, fresh.account, fresh.phone) == ("朱芬青", "6214136823147803751", "13853055603")
    assert fresh.bank == "荣县农村商业银行股份有限公司双石支行"
    assert desk.history(fresh.id)[-1].reason == "roster-17-columns.xls"


def test_an_account_of_two_households_is_refused_by_row(desk: Desk, tmp_path: Path) -> None:
    other = desk.find(Person, "account <> '' AND id_number NOT IN (SELECT value FROM json_each(?))", [_told()])[0]
    (found,) = problems(desk, tmp_path, {(4, ACCOUNT): other.account})
    assert found.startswith("第4行“银行账号”：")
    assert f"在户册里是“{other.name}”的，不是同一户" in found
    (found,) = problems(desk, tmp_path, {(row, ACCOUNT): "5103201234567890123456" for row in (4, 5)})
    assert found.startswith("第5行“银行账号”：")
    assert "是同一个账号（尾号3456），不是同一户" in found


def test_two_people_may_change_accounts_with_each_other(desk: Desk, tmp_path: Path) -> None:
    rows = read_grid(ROSTER).rows
    swapped = {(4, ACCOUNT): str(rows[4][ACCOUNT - 1]), (5, ACCOUNT): str(rows[3][ACCOUNT - 1])}
    assert import_roster(desk, changed_copy(ROSTER, tmp_path / "名册.xlsx", swapped)) == (2, 58)


def _told() -> str:
    """Return the ids of the roster's payees as JSON."""
    return json.dumps([row[PAYEE_ID - 1] for row in read_grid(ROSTER).rows[1:]])


def test_the_heads_account_may_take_a_beneficiarys_subsidy(desk: Desk, tmp_path: Path) -> None:
    """The account is the payee's, the phone the beneficiary's."""
    known = people_by_id_number(desk)
    child = next(person for person in known.values() if person.name == "陶建金")
    head = next(person for person in known.values() if person.name == "胡兆兰")
    row = 60
    changes: dict[tuple[int, int], Cell] = {(row, BENEFICIARY): child.name, (row, BENEFICIARY_ID): child.id_number}
    file = changed_copy(ROSTER, tmp_path / "名册.xlsx", changes)
    assert import_roster(desk, file) == (1, 60)
    assert desk.get(Person, child.id).phone == "13152133505"
    assert desk.get(Person, child.id).account == ""
    assert desk.get(Person, head.id).account == head.account


def test_every_wrong_cell_is_named_by_row_and_column_and_nothing_is_taken(desk: Desk, tmp_path: Path) -> None:
    found = problems(
        desk,
        tmp_path,
        {
            (2, PAYEE_ID): "110101199003077777",
            (3, HEAD_NAME): "夏富",
            (4, ACCOUNT): 6214083924812358569.0,
            (5, AMOUNT): "798.291",
            (6, AMOUNT): "约450元",
            (7, ACCOUNT): "见存折",
        },
    )
    assert found == [
        "第2行“收款人身份证号”：户册里没有身份证号是“110101199003077777”的人，请核对，或先导入户册",
        "第2行“收款人身份证号”：收款人应是享受人本人或户主",
        "第3行“户主姓名”：表里是“夏富”，户册里这个身份证号是“夏福”",
        "第4行“银行账号”：账号是数字格式，后几位已经丢了，请把这一列改成文本格式，再照存折填一遍",
        "第5行“补贴金额”：“798.291”不是金额，请写成 1234.50 这样，最多两位小数",
        "第6行“补贴金额”：“约450元”不是金额，请写成 1234.50 这样，最多两位小数",
        "第7行“银行账号”：“见存折”不是完整的账号，请把这一列改成文本格式，再照存折填一遍",
    ]


@pytest.mark.parametrize(
    "written",
    [
        "6214-1368-2314-7803751",
        "6214 1368 2314 7803751",
        "'6214136823147803751",
        "６２１４１３６８２３１４７８０３７５１",
    ],
)
def test_an_account_is_the_same_however_it_is_grouped(desk: Desk, tmp_path: Path, written: str) -> None:
    file = changed_copy(ROSTER, tmp_path / "名册.xlsx", {(2, ACCOUNT): written})
    assert import_roster(desk, file) == (0, 60)


def test_an_id_that_became_a_number_has_lost_its_last_figures_and_is_named_once(desk: Desk, tmp_path: Path) -> None:
    assert problems(desk, tmp_path, {(2, PAYEE_ID): 510322193908305305.0}) == [
        "第2行“收款人身份证号”：身份证号是数字格式，后几位已经丢了，请把这一列改成文本格式，再照户口簿填一遍"
    ]


def test_a_beneficiary_twice_or_a_payee_with_two_accounts_is_refused(desk: Desk, tmp_path: Path) -> None:
    person = people_by_id_number(desk)["510322193908305305"]
    again: dict[tuple[int, int], Cell] = {
        (3, column): value
        for columns, value in (((3, 5, 11), person.name), ((4, 6, 12), person.id_number))
        for column in columns
    }
    found = problems(desk, tmp_path, again)
    assert found == ["第3行“享受人身份证号”：和第2行重复", "第3行“银行账号”：和前面同一个收款人的账号不一样"]


def test_a_roster_of_nobody_or_of_something_else_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="只有表头，没有人"):
        import_roster(desk, changed_copy(ROSTER, tmp_path / "头.xlsx", {}, rows=1))
    with pytest.raises(BadInput, match="没有找到表头“序号、支付状态"):
        import_roster(desk, DATA / "villagers-gb18030.csv")


@pytest.mark.parametrize(
    ("account", "is_likely"),
    [
        ("6214136823147803715", True),
        ("6214136823147803751", False),  # two figures changed places
        ("6214136823147803750", False),
        ("62141368231478037", False),  # two figures lost: still as long as a card
        ("5103260984981189782486", True),  # a passbook of 22 figures has no check digit
        ("510326098498118", True),
        ("", True),
    ],
)
def test_only_cards_are_asked_for_their_check_digit(account: str, is_likely: bool) -> None:
    assert likely_card(account) is is_likely


def test_a_card_that_may_be_miscopied_is_told_and_goes_in_all_the_same(desk: Desk, tmp_path: Path) -> None:
    file = changed_copy(ROSTER, tmp_path / "名册.xlsx", {(2, ACCOUNT): "6214136823147803750"})
    seen = look_at_roster(desk, file)
    assert "“朱芬青”的卡号校验位不对，可能抄错了，请照卡核对；没有错就照样导入。" in seen.notes
    assert seen.is_ready
    assert import_roster(desk, file) == (1, 59)
    assert not any("校验位" in note for note in look_at_roster(desk, file).notes), (
        "what stands in the register is known"
    )


def test_another_passbook_is_told_nothing_about(desk: Desk, tmp_path: Path) -> None:
    file = changed_copy(ROSTER, tmp_path / "名册.xlsx", {(2, ACCOUNT): "5103260984981189782487"})
    assert not any("校验位" in note for note in look_at_roster(desk, file).notes)
