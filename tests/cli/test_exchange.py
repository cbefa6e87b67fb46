"""The whole exchange typed as commands, on two desks and a stick."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.shell import Typed
from tests.exchange.conftest import Kept, kept_offices
from tests.exchange.test_doubts import forge_grant
from tests.exchange.test_rekeyed import SEED
from tests.village_fixtures import ACCOUNTANT, CLERK, PASSWORD
from villagedesk.cli.session import SECOND_PASSWORD_VARIABLE
from villagedesk.exchange import usecases
from villagedesk.exchange.card import fingerprint, write
from villagedesk.kernel.clock import SetClock
from villagedesk.payments.model import Claim
from villagedesk.storage.desk import Desk
from villagedesk.village.secrets import public_key

__all__ = ["kept_offices"]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty stick."""
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder


@pytest.fixture
def village(kept_offices: Kept, tmp_path: Path, at_the_shell: Typed, clock: SetClock) -> Typed:
    """Type on the village's desk as the accountant."""
    return _typed(kept_offices, "青山村", tmp_path, at_the_shell, ACCOUNTANT)


@pytest.fixture
def township(kept_offices: Kept, tmp_path: Path, at_the_shell: Typed) -> Typed:
    """Type on the township's desk as the clerk."""
    return _typed(kept_offices, "双石镇", tmp_path, at_the_shell, CLERK)


def _typed(kept: Kept, name: str, folder: Path, at_the_shell: Typed, who: str) -> Typed:
    import shutil

    desk = folder / name
    shutil.copytree(kept[name][0], desk)
    return lambda *words: at_the_shell("--desk", desk, "--as", who, *words)


def test_a_whole_round(village: Typed, township: Typed, stick: Path) -> None:
    assert "还没有报过" in township("villages").out
    answer = village("export", "-o", stick)
    assert answer.code == 0
    assert "第1号数据包已写好并核对" in answer.out
    (package,) = stick.iterdir()
    assert "新增" in township("receive", "--look", package).out
    answer = township("receive", package)
    assert (answer.code, answer.err) == (0, "")
    assert "报账单：新增1，变动0，删去0" in answer.out
    assert "已经收过" in township("receive", package).out
    assert "待审核" in township("villages").out
    (claim,) = json.loads(township("--json", "waiting").out)
    assert claim["id"] in township("waiting", "--village", "青山村").out
    answer = township("verdict", claim["id"], "--outcome", "returned", "--note", "缺验收单", "--due", "2026-02-01")
    assert "退回，随下一份回执发到村里" in answer.out
    assert "没有等乡镇审核" in township("waiting").out
    assert "该写了" in township("villages").out
    receipt = Path(json.loads(township("--json", "receipt", "青山村", "-o", stick).out)["file"])
    answer = village("receive", receipt)
    assert "新的乡镇意见1条" in answer.out
    (line,) = json.loads(township("--json", "villages").out)
    assert (line["name"], line["last_number"], line["needs_receipt"]) == ("青山村", 1, False)


def test_cards_are_compared_before_they_are_believed(village: Typed, township: Typed, stick: Path) -> None:
    path = stick / "青山村.card"
    answer = village("--json", "card", "-o", path)
    figures = json.loads(answer.out)["figures"]
    assert township("enrol", path, "--fingerprint", "12345").code == 1
    answer = township("enrol", path, "--fingerprint", figures)
    assert "“青山村”已登记" in answer.out


def test_on_the_screen_the_fingerprint_is_shown_and_asked_about(
    village: Typed, township: Typed, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = stick / "青山村.card"
    figures = json.loads(village("--json", "card", "-o", path).out)["figures"]
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: "n")
    answer = township("enrol", path)
    assert answer.code == 1
    assert figures in answer.err
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: "y")
    assert township("enrol", path).code == 0


def test_a_revoked_village_is_refused_and_says_so(village: Typed, township: Typed, stick: Path) -> None:
    assert "已作废" in township("revoke", "青山村", "--reason", "电脑丢了").out
    village("export", "-o", stick)
    answer = township("receive", next(stick.iterdir()))
    assert answer.code == 1
    assert "隔离" in answer.err
    assert "Traceback" not in answer.err


def test_a_restored_village_gets_its_records_back(village: Typed, township: Typed, stick: Path) -> None:
    village("export", "-o", stick)
    (package,) = stick.iterdir()
    assert township("give-back", "青山村", "-o", stick).code == 1, "nothing arrived yet"
    township("receive", package)
    path = Path(json.loads(township("--json", "give-back", "青山村", "-o", stick).out)["file"])
    answer = village("receive", path)
    assert "归还包" in answer.out
    assert village("export", "-o", stick).code == 0


def test_names_nobody_knows_are_misuse(township: Typed, stick: Path) -> None:
    assert township("receipt", "白水村", "-o", stick).code == 2
    assert township("revoke", "白水村", "--reason", "x").code == 2
    assert township("verdict", "X", "--outcome", "passed").code == 2
    assert township("waiting", "--village", "白水村").code == 2


def test_a_grant_nobody_gave_is_said_in_red_and_stands_in_the_check(
    village: Typed, township: Typed, stick: Path, tmp_path: Path
) -> None:
    township("receive", _exported(village, stick))
    with Desk.open(tmp_path / "青山村") as desk:
        (claim,) = desk.find(Claim)
        forge_grant(desk, claim.id)
    answer = township("receive", _exported(village, stick))
    assert answer.code == 1
    assert "【必须核实】要付给" in answer.out
    answer = township("check")
    assert answer.code == 1
    assert "【必须改正】青山村：要付给" in answer.out


def _exported(village: Typed, stick: Path) -> Path:
    return Path(json.loads(village("--json", "export", "-o", stick).out)["file"])


def test_another_key_of_the_townships_is_typed_with_a_second_person(
    village: Typed, township: Typed, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert township("villages").code == 0
    with Desk.open(tmp_path / "双石镇") as desk:
        card = replace(usecases.own_card(desk), public_key=public_key(SEED))
    path = stick / "new.card"
    path.write_bytes(write(card, SEED))
    words = ("enrol", path, "--fingerprint", fingerprint(card).figures)
    answer = village(*words)
    assert answer.code == 1
    assert "中的一位用自己的密码确认" in answer.err
    monkeypatch.setenv(SECOND_PASSWORD_VARIABLE, PASSWORD)
    assert village(*words, "--second", "赵主任").code == 0
    assert "换过钥匙，李会计办理，经赵主任" in village("check").out
