"""A village is founded, its people sign in, and each does only their own part."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.village_fixtures import ACCOUNTANT, CLERK, PASSWORD
from villagedesk.kernel.errors import DeskExists, DiskFull, NotSignedIn, RuleViolation, WrongPassword
from villagedesk.kernel.findings import Severity
from villagedesk.storage.desk import Desk
from villagedesk.storage.verify import verify
from villagedesk.village import store, usecases
from villagedesk.village.model import Arrival, Fund, Office, OfficeKind, Role
from villagedesk.village.secrets import public_key

OFFICE = Office(name="青山村", code="510322105207")
TODAY, LATER = date(2026, 1, 5), date(2028, 12, 31)


def test_a_founded_desk_knows_its_office_and_its_owner(desk: Desk) -> None:
    assert store.office(desk).name == "青山村"
    assert desk.actor
    assert (desk.actor.name, desk.actor.role) == (ACCOUNTANT, Role.ACCOUNTANT)
    assert desk.signing_seed
    assert store.desk_card(desk).public_key == public_key(desk.signing_seed)
    assert store.desk_card(desk).restored_from == ""
    assert {entry.actor for entry in desk.entries()} == {desk.actor.id}
    desk.close()
    assert not verify(desk.folder).faults


def test_a_townships_desk_is_its_clerks(township_desk: Desk) -> None:
    assert township_desk.actor
    assert (township_desk.actor.name, township_desk.actor.role) == (CLERK, Role.CLERK)
    assert store.office(township_desk).kind is OfficeKind.TOWNSHIP


@pytest.mark.parametrize(
    ("office", "owner", "password", "fields"),
    [
        (replace(OFFICE, code="5103"), "李会计", PASSWORD, ["code"]),
        (replace(OFFICE, kind=OfficeKind.TOWNSHIP), "李会计", PASSWORD, ["code"]),
        (replace(OFFICE, code="51032210520七"), "李会计", PASSWORD, ["code"]),
        (OFFICE, " ", "12345", ["password", "owner"]),
    ],
)
def test_an_unsound_founding_names_every_field_and_leaves_no_folder(
    tmp_path: Path, office: Office, owner: str, password: str, fields: list[str]
) -> None:
    with pytest.raises(RuleViolation) as refused:
        usecases.found_desk(tmp_path / "新村", office, owner, password)
    assert [finding.field for finding in refused.value.findings] == fields
    assert not (tmp_path / "新村").exists()


def test_a_desk_is_not_founded_over_another(desk: Desk) -> None:
    with pytest.raises(DeskExists):
        usecases.found_desk(desk.folder, OFFICE, "李会计", PASSWORD)


def test_a_founding_that_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("villagedesk.storage.change.Change.put", full)
    with pytest.raises(DiskFull):
        usecases.found_desk(tmp_path / "新村", OFFICE, "李会计", PASSWORD)
    assert not (tmp_path / "新村").exists()
    monkeypatch.undo()
    usecases.found_desk(tmp_path / "新村", OFFICE, "李会计", PASSWORD).close()


def test_whoever_signs_in_acts_until_somebody_else_does(desk: Desk) -> None:
    usecases.sign_in(desk, "钱组长", PASSWORD)
    assert desk.actor
    assert desk.actor.name == "钱组长"
    assert desk.signing_seed is None  # the key is the accountant's
    for name, password in (("钱组长", "falsch"), ("没有这人", PASSWORD), ("", "")):
        with pytest.raises(WrongPassword):
            usecases.sign_in(desk, name, password)
    assert desk.actor.name == "钱组长"
    usecases.sign_in(desk, ACCOUNTANT, PASSWORD)
    assert desk.signing_seed


def test_whoever_signed_out_only_looks(desk: Desk) -> None:
    usecases.sign_out(desk)
    assert (desk.actor, desk.signing_seed) == (None, None)
    with pytest.raises(NotSignedIn):
        usecases.open_fund(desk, Fund(year=2026, source="县级补助", planned_fen=1))


def test_the_key_comes_back_after_the_desk_was_closed(desk: Desk) -> None:
    seed = desk.signing_seed
    desk.close()
    with Desk.open(desk.folder) as again:
        assert again.signing_seed is None
        usecases.sign_in(again, ACCOUNTANT, PASSWORD)
        assert again.signing_seed == seed


def test_an_officer_who_left_cannot_sign_in(desk: Desk) -> None:
    officer = next(officer for officer in store.active_officers(desk) if officer.name == "钱组长")
    with desk.change("village.officer.left") as change:
        change.put(replace(officer, is_active=False))
    with pytest.raises(WrongPassword):
        usecases.sign_in(desk, "钱组长", PASSWORD)
    assert store.officer_name(desk, officer.id) == "钱组长"
    assert store.officer_name(desk, "nobody") == "（不详）"


def test_a_new_password_opens_the_same_key_and_the_old_one_nothing(desk: Desk) -> None:
    seed = desk.signing_seed
    usecases.change_password(desk, PASSWORD, "baiyun-2027")
    with pytest.raises(WrongPassword):
        usecases.sign_in(desk, ACCOUNTANT, PASSWORD)
    usecases.sign_out(desk)
    usecases.sign_in(desk, ACCOUNTANT, "baiyun-2027")
    assert desk.signing_seed == seed
    desk.close()
    assert not verify(desk.folder).faults


def test_everybody_may_change_their_own_password(desk: Desk) -> None:
    usecases.sign_in(desk, "钱组长", PASSWORD)
    usecases.change_password(desk, PASSWORD, "baiyun-2027")
    usecases.sign_in(desk, "钱组长", "baiyun-2027")
    assert desk.signing_seed is None
    usecases.sign_in(desk, "孙理财", PASSWORD)  # the others keep theirs
    usecases.sign_out(desk)
    with pytest.raises(NotSignedIn):
        usecases.change_password(desk, PASSWORD, "baiyun-2028")


@pytest.mark.parametrize(
    ("old", "new", "fields"),
    [("falsch", "baiyun-2027", ["old"]), (PASSWORD, "12345", ["password"]), (PASSWORD, PASSWORD, ["password"])],
)
def test_a_password_is_not_changed_without_the_old_one_or_to_a_weak_one(
    desk: Desk, old: str, new: str, fields: list[str]
) -> None:
    before = desk.tip()
    with pytest.raises(RuleViolation) as refused:
        usecases.change_password(desk, old, new)
    assert [finding.field for finding in refused.value.findings] == fields
    assert desk.tip() == before
    usecases.sign_in(desk, ACCOUNTANT, PASSWORD)


def test_whoever_is_dismissed_acts_no_more_and_their_name_stays(desk: Desk) -> None:
    officer = next(officer for officer in store.active_officers(desk) if officer.name == "钱组长")
    assert not usecases.dismiss(desk, officer.id).is_active
    assert officer.name not in [one.name for one in store.active_officers(desk)]
    assert store.officer_name(desk, officer.id) == "钱组长"
    with pytest.raises(WrongPassword):
        usecases.sign_in(desk, "钱组长", PASSWORD)
    with pytest.raises(RuleViolation, match="已经停用"):
        usecases.dismiss(desk, officer.id)


def test_the_last_accountant_stays(desk: Desk) -> None:
    assert desk.actor
    old = desk.actor.id
    with pytest.raises(RuleViolation, match="唯一的村会计"):
        usecases.dismiss(desk, old)
    usecases.appoint(desk, "新会计", Role.ACCOUNTANT, "another-one")
    usecases.sign_in(desk, "新会计", "another-one")
    usecases.dismiss(desk, old)
    assert desk.value("SELECT wrapped_key FROM credentials WHERE officer_id = ?", [old]) == ""
    with pytest.raises(RuleViolation, match="唯一的村会计"):
        usecases.dismiss(desk, desk.actor.id)


def test_the_last_clerk_stays(township_desk: Desk) -> None:
    assert township_desk.actor
    with pytest.raises(RuleViolation, match="唯一的乡镇财政所"):
        usecases.dismiss(township_desk, township_desk.actor.id)


def test_whoever_dismisses_themselves_is_signed_out(desk: Desk) -> None:
    usecases.appoint(desk, "新会计", Role.ACCOUNTANT, "another-one")
    assert desk.actor
    usecases.dismiss(desk, desk.actor.id)
    assert desk.signing_seed is None
    with pytest.raises(NotSignedIn):
        usecases.change_password(desk, PASSWORD, "baiyun-2027")


def test_only_the_accountant_dismisses(desk: Desk) -> None:
    officers = {officer.name: officer.id for officer in store.active_officers(desk)}
    usecases.sign_in(desk, "赵主任", PASSWORD)
    with pytest.raises(RuleViolation, match="由村会计、乡镇财政所办理"):
        usecases.dismiss(desk, officers["周监督"])


def test_a_second_accountant_gets_the_key_under_their_own_password(desk: Desk) -> None:
    seed = desk.signing_seed
    usecases.appoint(desk, "新会计", Role.ACCOUNTANT, "another-one")
    usecases.sign_in(desk, "新会计", "another-one")
    assert desk.signing_seed == seed


def test_a_name_stands_for_one_officer(desk: Desk) -> None:
    for name, password, fields in (("钱组长", PASSWORD, ["name"]), (" ", "123", ["password", "name"])):
        with pytest.raises(RuleViolation) as refused:
            usecases.appoint(desk, name, Role.HEAD, password)
        assert [finding.field for finding in refused.value.findings] == fields


@pytest.mark.parametrize("name", ["赵主任", "钱组长", "周监督"])
def test_only_the_accountant_keeps_the_villages_records(desk: Desk, name: str, tmp_path: Path) -> None:
    fund = usecases.open_fund(desk, Fund(year=2026, source="县级补助", planned_fen=100))
    usecases.sign_in(desk, name, PASSWORD)
    before = desk.tip()
    for act in (
        lambda: usecases.appoint(desk, "某某", Role.HEAD, PASSWORD),
        lambda: usecases.update_card(desk, store.office(desk)),
        lambda: usecases.import_people(desk, tmp_path / "无.csv"),
        lambda: usecases.set_up_body(desk, "议事会", [], TODAY, LATER),
        lambda: usecases.open_fund(desk, Fund(year=2027, source="县级补助", planned_fen=100)),
        lambda: usecases.record_arrival(desk, Arrival(fund_id=fund.id, arrived_on=TODAY, amount_fen=1)),
    ):
        with pytest.raises(RuleViolation, match=f"{name}（.*）不能办。请换人登录。") as refused:
            act()
        assert [finding.code for finding in refused.value.findings] == ["village.role"]
    assert desk.tip() == before


def test_the_card_is_updated_when_it_is_sound(desk: Desk) -> None:
    usecases.update_card(desk, replace(store.office(desk), phone="0813-1"))
    assert store.office(desk).phone == "0813-1"
    with pytest.raises(RuleViolation, match="区划代码应是12位"):
        usecases.update_card(desk, replace(store.office(desk), code="1"))


def test_a_body_is_set_up_once_with_its_members(desk: Desk) -> None:
    body = usecases.set_up_body(desk, "议事会", [("张䶮", "组长"), ("王𬭎", "成员")], TODAY, LATER)
    assert [(member.name, member.duty) for member in store.members(desk, body.id)] == [
        ("张䶮", "组长"),
        ("王𬭎", "成员"),
    ]
    assert store.body_of_kind(desk, "议事会") == body
    assert store.bodies(desk) == [body]
    with pytest.raises(RuleViolation, match="已经设立"):
        usecases.set_up_body(desk, "议事会", [], TODAY, LATER)
    assert store.body_of_kind(desk, "村民会议") is None


def test_a_fund_is_opened_once_and_must_be_sound(desk: Desk) -> None:
    fund = usecases.open_fund(desk, Fund(year=2026, source="县级补助", planned_fen=5_000_000))
    with pytest.raises(RuleViolation, match="2026年“县级补助”的专账已经开了"):
        usecases.open_fund(desk, replace(fund, id="", version=0))
    with pytest.raises(RuleViolation) as refused:
        usecases.open_fund(desk, Fund(year=26, source="外星", owner="某人", planned_fen=-1))
    assert [finding.field for finding in refused.value.findings] == ["year", "source", "owner", "planned_fen"]


def test_what_arrives_is_added_up_and_beyond_the_plan_needs_a_reason(desk: Desk) -> None:
    fund = usecases.open_fund(desk, Fund(year=2026, source="县级补助", planned_fen=1000))
    usecases.record_arrival(desk, Arrival(fund_id=fund.id, arrived_on=TODAY, amount_fen=1000))
    more = Arrival(fund_id=fund.id, arrived_on=TODAY, amount_fen=1)
    with pytest.raises(RuleViolation, match="到账累计超过计划数") as refused:
        usecases.record_arrival(desk, more)
    assert refused.value.findings[0].severity is Severity.WARNING
    usecases.record_arrival(desk, more, "县里追加")
    balance = store.fund_balance(desk, fund.id)
    assert (balance.arrived_fen, balance.paid_fen, balance.left_fen) == (1001, 0, 1001)
    assert store.fund_balances(desk, year=2025) == []
    with pytest.raises(RuleViolation, match="到账金额应大于零"):
        usecases.record_arrival(desk, replace(more, amount_fen=0), "无论如何")
    with pytest.raises(KeyError):
        store.fund_balance(desk, "nobody")
