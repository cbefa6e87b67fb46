"""The county's household register comes in whole, rare names intact, or not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.village_fixtures import PASSWORD
from villagedesk.kernel.errors import BadInput, Cancelled, ReadOnlyDesk
from villagedesk.kernel.progress import Progress
from villagedesk.storage.desk import Desk
from villagedesk.storage.verify import verify
from villagedesk.village import store, usecases
from villagedesk.village.model import Person
from villagedesk.village.register import HEADS, initials

REGISTER = Path(__file__).parents[1] / "data" / "villagers-gb18030.csv"
RARE = ("䶮", "𬭎", "㛃", "龑", "·")


@pytest.fixture
def altered(tmp_path: Path) -> Callable[..., Path]:
    """A copy of the register with some lines altered: ``altered({7: ("男", "南")})`` by line as in Excel."""

    def write(changes: dict[int, tuple[str, str]]) -> Path:
        lines = REGISTER.read_bytes().decode("gb18030").splitlines()
        for line, (old, new) in changes.items():
            assert old in lines[line - 1], lines[line - 1]
            lines[line - 1] = lines[line - 1].replace(old, new, 1)
        file = tmp_path / "户册.csv"
        file.write_bytes("\r\n".join(lines).encode("gb18030"))
        return file

    return write


def test_the_real_register_comes_in_as_it_is(desk: Desk) -> None:
    assert usecases.import_people(desk, REGISTER) == (600, 0)
    assert store.household_count(desk) == (180, 600)
    assert desk.value("SELECT count(*) FROM people p JOIN households h ON h.id = p.household_id") == 600
    assert {entry.reason for entry in desk.entries() if entry.table_name == "people"} == {REGISTER.name}
    desk.close()
    assert not verify(desk.folder).faults


def test_rare_names_are_kept_character_by_character(desk: Desk) -> None:
    written = REGISTER.read_bytes().decode("gb18030")
    wanted = sorted(line.split(",")[3] for line in written.splitlines()[1:] if line.strip())
    usecases.import_people(desk, REGISTER)
    names = sorted(person.name for person in desk.find(Person))
    assert names == wanted
    for sign in RARE:
        assert any(sign in name for name in names), sign


def test_account_numbers_stay_text_of_19_or_22_digits(desk: Desk) -> None:
    usecases.import_people(desk, REGISTER)
    accounts = {len(person.account) for person in desk.find(Person)}
    assert accounts == {0, 19, 22}


def test_an_account_written_in_groups_is_kept_as_its_figures(desk: Desk, altered: Callable[..., Path]) -> None:
    number = "6214136823147803751"
    line = next(at for at, one in enumerate(REGISTER.read_text("gb18030").splitlines(), 1) if number in one)
    usecases.import_people(desk, altered({line: (number, "6214-1368-2314-7803751")}))
    assert [person.name for person in desk.find(Person, "account = ?", [number])] == ["朱芬青"]


def test_taking_it_in_again_changes_nothing(desk: Desk) -> None:
    usecases.import_people(desk, REGISTER)
    before = desk.tip()
    assert usecases.import_people(desk, REGISTER) == (0, 0)
    assert desk.tip() == before


def test_known_people_are_brought_up_to_date(desk: Desk, altered: Callable[..., Path]) -> None:
    usecases.import_people(desk, REGISTER)
    moved = altered({2: ("13152133505", "13800000000"), 3: ("陶建金", "陶建鑫")})
    assert usecases.import_people(desk, moved) == (0, 2)
    (renamed,) = desk.find(Person, "name = ?", ["陶建鑫"])
    assert renamed.version == 2
    assert "tjx" in renamed.initials
    assert not desk.find(Person, "name = ?", ["陶建金"])


def test_a_household_that_changed_is_brought_up_to_date(desk: Desk, altered: Callable[..., Path]) -> None:
    usecases.import_people(desk, REGISTER)
    before = store.households_by_number(desk)["0001"]
    lines = REGISTER.read_bytes().decode("gb18030").splitlines()
    own = [number for number, line in enumerate(lines, 1) if line.startswith("0001,")]
    usecases.import_people(desk, altered(dict.fromkeys(own, ("1组", "2组"))))
    after = store.households_by_number(desk)["0001"]
    assert (after.id, after.version, after.team) == (before.id, 2, "2组")


def test_a_household_with_two_teams_or_heads_is_asked_about(desk: Desk, altered: Callable[..., Path]) -> None:
    with pytest.raises(BadInput) as refused:
        usecases.import_people(desk, altered({3: ("1组,胡兆兰", "2组,胡兆南")}))
    assert [str(problem) for problem in refused.value.problems] == [
        "第3行“村民小组”：和第2行同一户的“1组”不一致",
        "第3行“户主姓名”：和第2行同一户的“胡兆兰”不一致",
    ]


def test_one_wrong_line_keeps_all_out_and_every_fault_is_named(desk: Desk, altered: Callable[..., Path]) -> None:
    wrong = altered(
        {
            2: (",男,", ",南,"),
            3: ("陶建金", ""),
            4: ("0", "O"),
            10: ("-", "月"),
        }
    )
    lines = wrong.read_bytes().decode("gb18030").splitlines()
    lines.append(lines[5])
    lines.append("")
    wrong.write_bytes("\r\n".join(lines).encode("gb18030"))
    before = desk.tip()
    with pytest.raises(BadInput, match=r"没有导入，账里一条也没有变。有\d+处不对，请按行改好后再导入。") as refused:
        usecases.import_people(desk, wrong)
    problems = [str(problem) for problem in refused.value.problems]
    assert problems[0] == "第2行“性别”：应是男或女，现在是“南”"
    assert problems[1] == "第3行“姓名”：不能空着"
    assert any(problem.startswith("第10行“出生日期”：") and "不是日期" in problem for problem in problems)
    assert problems[-1] == "第602行“身份证号”：和第6行重复"
    assert desk.tip() == before
    assert store.household_count(desk) == (0, 0)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("510322196907024812", "510322196907024813", "第2行“身份证号”：身份证号“510322196907024813”不对"),
        ("510322196907024812", "51032219690702481", "不对，请核对每一位"),
        ("510322196907024812", "510322196913024812", "不对，请核对每一位"),
        ("1969-07-02", "1969-07-03", "第2行“出生日期”：出生日期和身份证号里的不一致"),
    ],
)
def test_id_numbers_are_checked_by_their_digit_and_birthday(
    desk: Desk, altered: Callable[..., Path], old: str, new: str, message: str
) -> None:
    with pytest.raises(BadInput) as refused:
        usecases.import_people(desk, altered({2: (old, new)}))
    assert message in str(refused.value.problems[0])


def test_a_sheet_of_something_else_or_of_nobody_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="没有找到表头“户编号、"):
        usecases.import_people(desk, REGISTER.with_name("roster-17-columns.xls"))
    file = tmp_path / "空户册.csv"
    file.write_text(",".join(HEADS), "utf-8")
    with pytest.raises(BadInput, match="只有表头，没有人"):
        usecases.import_people(desk, file)


def test_a_cancelled_import_leaves_nothing(desk: Desk) -> None:
    class Impatient(Progress):
        def step(self, count: int = 1) -> None:
            super().step(count)
            if self.done == 300:
                self.cancel()

    with pytest.raises(Cancelled):
        usecases.import_people(desk, REGISTER, Impatient())
    assert store.household_count(desk) == (0, 0)


def test_a_desk_opened_for_looking_takes_nobody_in(desk: Desk) -> None:
    desk.close()
    with Desk.open(desk.folder, write=False) as looking:
        usecases.sign_in(looking, "李会计", PASSWORD)
        with pytest.raises(ReadOnlyDesk):
            usecases.import_people(looking, REGISTER)


def test_initials_hold_every_reading() -> None:
    assert "sx" in initials("单雄").split()
    assert "dx" in initials("单雄").split()
    assert initials("张三") == "zs"
    assert len(initials("重重重重重重重").split()) <= 8
    assert "a" in initials("阿A").lower()


def test_people_are_listed_found_and_sorted(desk: Desk) -> None:
    usecases.import_people(desk, REGISTER)
    first = store.person_lines(desk, store.person_ids(desk)[:3])
    assert [line.household for line in first] == ["0001", "0001", "0002"] or first[0].household == "0001"
    assert len(store.person_ids(desk)) == 600
    for order in ("household", "name", "team", "born_on"):
        forwards = list(store.person_ids(desk, order=order))
        assert list(store.person_ids(desk, order=order, descending=True)) == forwards[::-1]
    found = [line.person.name for line in store.person_lines(desk, store.person_ids(desk, "胡兆兰"))]
    assert "胡兆兰" in found
    by_initials = [line.person.name for line in store.person_lines(desk, store.person_ids(desk, "hzl"))]
    assert "胡兆兰" in by_initials
    assert "胡兆兰" in store.names_like(desk, "hzl")
    assert store.names_like(desk, "没有这个名字") == []


def test_what_a_register_has_no_column_for_stays_as_it_is(desk: Desk, tmp_path: Path) -> None:
    usecases.import_people(desk, REGISTER)
    (before,) = desk.find(Person, "name = ?", ["朱芬青"])
    assert before.account
    rows = [line.split(",") for line in REGISTER.read_text("gb18030").splitlines()]
    kept = [
        at
        for at, head in enumerate(rows[0])
        if head not in ("一折通账号", "开户银行", "联系电话", "备注", "与户主关系")
    ]
    file = tmp_path / "没有账号.csv"
    file.write_text("\n".join(",".join(row[at] for at in kept) for row in rows), "utf-8")
    assert usecases.import_people(desk, file) == (0, 0)
    assert desk.find(Person, "name = ?", ["朱芬青"]) == [before]


def test_a_person_beside_whom_stands_a_word_of_sums_is_no_sum(desk: Desk, tmp_path: Path) -> None:
    lines = REGISTER.read_text("gb18030").splitlines()
    assert lines[0].endswith("备注")
    file = tmp_path / "户册.csv"
    file.write_text("\n".join([lines[0], f"{lines[1].rpartition(',')[0]},合计", *lines[2:]]), "utf-8")
    assert usecases.import_people(desk, file) == (600, 0)
