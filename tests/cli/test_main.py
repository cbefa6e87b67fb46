"""The front door: help, exit codes, --desk, --as, --json, and faults in plain words."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from tests.cli.shell import Typed
from tests.village_fixtures import ACCOUNTANT, PASSWORD
from villagedesk.app.remembered import remember
from villagedesk.cli import main as front_door
from villagedesk.cli.main import DEBUG_VARIABLE, ROOMS, villagedesk
from villagedesk.cli.session import PASSWORD_VARIABLE
from villagedesk.storage.desk import Desk

CLI = Path(front_door.__file__).parent
NOT_ROOMS = {"__init__", "main", "session", "typed", "chinese", "written", "board", "packs"}


def every_command() -> list[tuple[str, click.Command]]:
    """Return every command with its whole name, sub-commands included."""
    found: list[tuple[str, click.Command]] = []
    context = click.Context(villagedesk)
    for name in villagedesk.list_commands(context):
        command = villagedesk.get_command(context, name)
        assert command, name
        found.append((name, command))
        if isinstance(command, click.Group):
            found += [(f"{name} {under}", inner) for under, inner in command.commands.items()]
    return found


# Every room and every command


def test_every_file_with_commands_is_a_room_and_every_room_a_file() -> None:
    assert {file.stem for file in CLI.glob("*.py")} - NOT_ROOMS == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_the_front_door_knows_a_rooms_commands_and_their_own_words(room: str) -> None:
    commands = import_module(f"villagedesk.cli.{room}").COMMANDS
    assert [command.name for command in commands] == list(ROOMS[room])
    for command in commands:
        assert (command.help or "").startswith(ROOMS[room][command.name])


def test_every_command_and_every_option_explains_itself_in_chinese() -> None:
    for name, command in every_command():
        assert _is_chinese(command.help), name
        for param in command.params:
            if isinstance(param, click.Option):
                assert _is_chinese(param.help), f"{name} {param.name}"


def test_the_help_shows_every_command_and_is_chinese_throughout(at_the_shell: Typed) -> None:
    answer = at_the_shell("-h")
    assert answer.code == 0
    for names in ROOMS.values():
        for name in names:
            assert f"\n  {name} " in answer.out
    for english in ("Usage", "Options", "Commands", "Show this"):
        assert english not in answer.out


@pytest.mark.parametrize("words", [["pay"], ["pay", "claim"], ["import"], ["new"], ["fund", "open"]])
def test_every_group_and_command_has_help_of_its_own(at_the_shell: Typed, words: list[str]) -> None:
    answer = at_the_shell(*words, "--help")
    assert answer.code == 0
    assert answer.out.startswith(f"用法：villagedesk {' '.join(words)} ")


def test_help_and_one_command_load_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from villagedesk.cli.main import main\n"
        "main(['{}', '-h'])\n"
        "loaded = {{name.partition('.')[0] for name in sys.modules}}\n"
        "heavy = {{'sqlite_utils', 'reportlab', 'nacl', 'PySide6', 'openpyxl', 'python_calamine', 'pypinyin', 'xlsxwriter',\n"
        "         'chinese_calendar', 'stdnum', 'pypdfium2', 'rfc8785'}}\n"
        "assert not loaded & heavy, loaded & heavy\n"
        "rooms = {{name for name in sys.modules if name.startswith('villagedesk.cli.')}}\n"
        "assert len(rooms) <= {}, rooms\n"
    )
    for word, rooms in (("-h", 3), ("pay", 5)):
        done = subprocess.run(
            [sys.executable, "-c", code.format(word, rooms)], capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr


# Exit codes


def test_what_was_done_is_zero(typed: Typed) -> None:
    assert typed("fund", "open", "2026", "县级补助", "300000").code == 0


def test_what_a_rule_refuses_is_one_with_the_reason_on_stderr(typed: Typed) -> None:
    typed("fund", "open", "2026", "县级补助", "300000")
    answer = typed("fund", "open", "2026", "县级补助", "300000")
    assert (answer.code, answer.out) == (1, "")
    assert "2026年“县级补助”的专账已经开了" in answer.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense"], "没有“nonsense”这个命令。"),
        (["pay", "nonsense"], "没有“nonsense”这个命令。"),
        (["pay", "post"], "少写了 CLAIM_ID。"),
        (["pay", "post", "a", "b"], "多写了“b”。"),
        (["pay", "post", "a", "--on", "明天"], "--on 写得不对：日期请写成 2026-04-05 这样。"),
        (["pay", "list", "--fnid", "x"], "没有 --fnid 这个选项，是不是 --find？"),
        (["pay", "list", "--find"], "--find 后面要写内容。"),
        (["pay", "past", "去年"], "YEAR 写得不对：应是整数。"),
        (["fund", "open", "2026", "彩票", "1"], "SOURCE 写得不对：应是 中央补助、省级补助"),
        (["fund", "open", "2026", "县级补助", "很多"], "“很多”不是金额"),
        (["slots", "confirm", "9"], "NUMBER 写得不对：应是 1 到 5 的整数。"),
        (["--desk", "pyproject.toml", "pay", "list"], "--desk 写得不对：找不到，或者不能读写，请检查路径。"),
    ],
)
def test_misuse_is_two_and_says_in_chinese_what_was_typed_wrong(typed: Typed, words: list[str], said: str) -> None:
    answer = typed(*words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert "看用法：villagedesk" in answer.err


def test_an_answer_that_ends_a_command_early_keeps_its_code(
    at_the_shell: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    @click.command("check")
    @click.pass_context
    def ends_with_one(context: click.Context) -> None:
        context.exit(1)

    monkeypatch.setattr(import_module("villagedesk.cli.oversight"), "COMMANDS", (ends_with_one,))
    assert at_the_shell("check").code == 1


def test_an_unforeseen_fault_is_a_sentence_and_one(at_the_shell: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> Desk:
        raise ZeroDivisionError("x")

    monkeypatch.setattr(Desk, "open", broken)
    answer = at_the_shell("--desk", "somewhere", "pay", "list")
    assert answer.code == 1
    assert "没有料到的错（ZeroDivisionError：x）" in answer.err
    assert "Traceback" not in answer.err
    monkeypatch.setenv(DEBUG_VARIABLE, "1")
    with pytest.raises(ZeroDivisionError):
        at_the_shell("--desk", "somewhere", "pay", "list")


# The desk


def test_the_last_desk_opened_is_the_default(typed: Typed, at_the_shell: Typed) -> None:
    typed("fund", "open", "2026", "县级补助", "300000")
    answer = at_the_shell("fund", "list")
    assert answer.code == 0
    assert "县级补助\t300,000.00" in answer.out


def test_without_any_desk_the_command_says_how_to_name_one(at_the_shell: Typed) -> None:
    answer = at_the_shell("fund", "list")
    assert answer.code == 2
    assert "请用 --desk 写明账本所在的文件夹" in answer.err


def test_a_folder_without_a_desk_is_named(at_the_shell: Typed, tmp_path: Path) -> None:
    answer = at_the_shell("--desk", tmp_path / "没有", "fund", "list")
    assert answer.code == 1
    assert "“没有”里没有账本" in answer.err


def test_a_desk_that_went_away_is_not_the_last_one_any_more(at_the_shell: Typed, tmp_path: Path) -> None:
    remember("青山村", tmp_path / "拔掉的U盘")
    assert at_the_shell("fund", "list").code == 2


def test_two_programs_do_not_write_at_once_but_one_may_look(desk: Desk, at_the_shell: Typed) -> None:
    looking = at_the_shell("--desk", desk.folder, "fund", "list")
    assert looking.code == 0
    writing = at_the_shell("--desk", desk.folder, "--as", ACCOUNTANT, "fund", "open", "2026", "村集体", "1")
    assert writing.code == 1
    assert "正由" in writing.err


# Who acts


def test_nobody_acts_without_a_name(typed: Typed) -> None:
    answer = typed("fund", "open", "2026", "县级补助", "1", by="")
    assert answer.code == 1
    assert "现在没有人登录" in answer.err


@pytest.mark.parametrize("name", [ACCOUNTANT, "没有这个人"])
def test_a_wrong_password_or_name_is_refused_alike(typed: Typed, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, "wrong-password")
    answer = typed("fund", "open", "2026", "县级补助", "1", by=name)
    assert answer.code == 1
    assert "姓名或密码不对。账没有变动。" in answer.err


def test_a_password_is_asked_for_when_none_is_set(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSWORD_VARIABLE)
    asked: list[str] = []

    def answers(text: str, **_: object) -> str:
        asked.append(text)
        return PASSWORD

    monkeypatch.setattr(click, "prompt", answers)
    assert typed("fund", "open", "2026", "县级补助", "1").code == 0
    assert asked == ["李会计的密码"]


def test_giving_up_at_the_password_changes_nothing(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSWORD_VARIABLE)

    def gives_up(*_: object, **__: object) -> str:
        raise click.Abort

    monkeypatch.setattr(click, "prompt", gives_up)
    answer = typed("fund", "open", "2026", "县级补助", "1")
    assert (answer.code, answer.err) == (1, "已取消，没有留下任何改动。\n")


def test_another_role_is_told_whose_part_it_is(typed: Typed) -> None:
    answer = typed("fund", "open", "2026", "县级补助", "1", by="钱组长")
    assert answer.code == 1
    assert "这一步由村会计办理，钱组长（民主理财小组）不能办。请换人登录。" in answer.err


# For programs


def test_programs_get_plain_data(typed: Typed) -> None:
    typed("fund", "open", "2026", "县级补助", "300000")
    (fund,) = json.loads(typed("fund", "list", as_json=True).out)
    assert (fund["year"], fund["source"], fund["left"]) == (2026, "县级补助", "0.00")


def test_programs_get_faults_by_code(typed: Typed) -> None:
    typed("fund", "open", "2026", "县级补助", "1")
    fault = json.loads(typed("fund", "open", "2026", "县级补助", "1", as_json=True).err)
    assert fault["error"] == "RuleViolation"
    assert fault["findings"][0]["code"] == "village.fund_open"


def test_programs_get_the_places_where_a_file_is_wrong(typed: Typed) -> None:
    roster = Path(__file__).parents[1] / "data" / "roster-17-columns.xls"
    answer = typed("import", "roster", roster, as_json=True)
    assert answer.code == 1
    problem = json.loads(answer.err)["problems"][0]
    assert (problem["row"], problem["column"]) == (2, "户主身份证号")
    assert "第2行“户主身份证号”" in typed("import", "roster", roster).err


def test_the_installed_word_does_the_same_as_the_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "villagedesk", "nonsense"], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "没有“nonsense”这个命令。" in done.stderr


def _is_chinese(words: str | None) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in words or "")
