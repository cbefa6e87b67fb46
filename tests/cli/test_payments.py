"""Money out typed as commands: a claim's whole way by the people whose turn it is, and back."""

import json
from pathlib import Path

import pytest

from tests.cli.shell import Typed
from tests.payments.paying import EXPENSES, PAYROLL, REGISTER, as_, decided, grant_project, moved, open_fund, photo
from tests.payments.test_contracts import sign
from villagedesk.kernel.clock import SetClock
from villagedesk.payments.model import Claim
from villagedesk.projects.model import ProjectState
from villagedesk.storage.desk import Desk
from villagedesk.village.usecases import import_people

CLAIM = (
    "pay", "claim", "垃圾清运", "双石镇建材经营部", "1409.50", "购买垃圾桶20个",
    "--witness", "程贵世", "--number", "37841741",
)  # fmt: skip


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A village with a register, a fund and a granted project."""
    import_people(desk, REGISTER)
    grant_project(desk, fund=open_fund(desk))
    return desk


@pytest.fixture
def grant(desk: Desk, clock: SetClock) -> object:
    """Grant a claim as the township's receipt does."""

    def grant_it(claim_id: str) -> None:
        with Desk.open(desk.folder, clock=clock) as opened:
            as_(opened, "李会计")
            moved(opened, opened.get(Claim, claim_id), "grant")

    return grant_it


def drafted(typed: Typed, *words: str) -> str:
    """Type the claim and return its id."""
    answer = typed(*CLAIM, *words, as_json=True)
    assert answer.code == 0, answer.err
    claim_id: str = json.loads(answer.out)["id"]
    return claim_id


def test_a_claims_whole_way_typed_by_those_whose_turn_it_is(typed: Typed, grant: Typed, tmp_path: Path) -> None:
    claim_id = drafted(typed)
    number = claim_id[-8:]
    assert typed("pay", "submit", number).out == f"报账单 {number} 已提交：待理财小组审核。\n"
    assert typed("review", "pass", claim_id, by="钱组长").code == 0
    assert "待乡镇审核" in typed("pay", "approve", number.lower(), by="赵主任").out
    grant(claim_id)
    assert typed("pay", "post", number).out == "已入账：凭证2026年第1号，1,409.50元。\n"
    reversed_ = json.loads(typed("pay", "reverse", "2026-1", "票据开错单位", as_json=True).out)
    assert (reversed_["number"], reversed_["amount"]) == ("2026-2", "-1409.50")
    shown = typed("pay", "show", number, by="")
    steps = [line.split("  ")[2:5] for line in shown.out.splitlines() if line.startswith("  2026")]
    assert [(who, what) for who, what, *_ in steps] == [
        ("李会计", "起草"),
        ("李会计", "提交审核"),
        ("钱组长", "理财小组同意"),
        ("赵主任", "村主要负责人同意"),
        ("吴所长", "乡镇同意"),
        ("李会计", "付款入账"),
        ("李会计", "红字冲销"),
    ]
    assert "人民币壹仟肆佰零玖元伍角" in shown.out
    assert "凭证2026年第2号：票据开错单位" in shown.out
    listed = typed("pay", "list", "--find", "建材", by="").out
    assert "已冲销\t2026-1" in listed
    assert "共1张，合计0.00元（草稿、未通过、作废、冲销的不算）。" in listed
    register = typed("pay", "register", "2026Q1", by="").out
    assert (
        "2026年第2号\t2026-01-05\t生活垃圾清运\t双石镇建材经营部\t购买垃圾桶20个\t-1,409.50\t票据开错单位" in register
    )
    assert "共2张，合计0.00元。" in register
    for words in (("print", number), ("register", "2026")):
        target = tmp_path / f"{words[0]}.pdf"
        assert typed("pay", *words, "-o", target, by="").code == 0
        assert target.read_bytes().startswith(b"%PDF")


def test_a_claim_typed_with_submit_is_on_its_way_at_once(typed: Typed) -> None:
    answer = typed(*CLAIM, "--submit", "--way", "转账", "--on", "2026年1月3日")
    assert "1,409.50元：待理财小组审核。" in answer.out


def test_a_warning_keeps_the_draft_and_says_how_to_go_on(typed: Typed) -> None:
    refused = typed(*CLAIM[:-1], "", "--submit")
    assert refused.code == 1
    assert "没有填票据号" in refused.err
    number = refused.err.partition("已存为草稿 ")[2][:8]
    assert f"pay submit {number} --reason" in refused.err
    assert typed("pay", "submit", number, "--reason", "零星务工").code == 0


def test_a_block_at_submission_says_nothing_of_reasons(typed: Typed) -> None:
    drafted(typed, "--submit")
    refused = typed(*CLAIM, "--submit")
    assert refused.code == 1
    assert "这张票据已经写在另一笔上（购买垃圾桶20个），不能重复报账。" in refused.err
    assert "--reason" not in refused.err


def test_contract_and_decision_are_named_by_their_words(typed: Typed, desk: Desk, clock: SetClock) -> None:
    with Desk.open(desk.folder, clock=clock) as opened:
        as_(opened, "李会计")
        project = grant_project(opened, "道路养护", state=ProjectState.RUNNING)
        contract = sign(opened, project, "甲公司", bands="", cycles=1)
        motion = decided(opened, project)
    words = ("pay", "claim", "道路养护", "甲公司", "3000", "一季度管护", "--number", "9", "--witness", "程贵世")
    claim = json.loads(typed(*words, "--contract", "甲", "--decision", "集体研究", as_json=True).out)
    with Desk.open(desk.folder, clock=clock) as opened:
        stored = opened.get(Claim, claim["id"])
    assert (stored.contract_id, stored.decision_id) == (contract.id, motion)
    refused = typed(*words, "--contract", "某某店")
    assert refused.code == 2
    assert "“道路养护”和“某某店”的合同" in refused.err


def test_of_two_contracts_and_two_decisions_alike_each_can_be_named(typed: Typed, desk: Desk, clock: SetClock) -> None:
    with Desk.open(desk.folder, clock=clock) as opened:
        as_(opened, "李会计")
        project = grant_project(opened, "道路养护", state=ProjectState.RUNNING)
        first, second = (sign(opened, project, bands="", cycles=1, scope=scope) for scope in ("清扫", "补坑"))
        decided(opened, grant_project(opened, "路灯维护"))
        motions = [decided(opened, project) for _ in range(2)]
    words = ("pay", "claim", "道路养护", "甲公司", "3000", "一季度管护", "--number", "9", "--witness", "程贵世")
    refused = typed(*words, "--contract", "甲公司")
    assert (refused.code, refused.err.count("甲公司，9,000.00元")) == (2, 2)
    refused = typed(*words, "--decision", "集体研究")
    assert (refused.code, [motion[-8:] in refused.err for motion in motions]) == (2, [True, True])
    for contract, named in ((first, "清扫"), (second, second.id[-8:])):
        answer = typed(*words, "--contract", named, "--decision", motions[1][-8:], as_json=True)
        with Desk.open(desk.folder, clock=clock) as opened:
            stored = opened.get(Claim, json.loads(answer.out)["id"])
        assert (stored.contract_id, stored.decision_id) == (contract.id, motions[1])


def test_a_sum_below_nothing_is_told_and_nothing_is_drafted(typed: Typed) -> None:
    answer = typed("pay", "claim", "垃圾清运", "甲店", "--", "-5", "手电")
    assert (answer.code, answer.out) == (1, "")
    assert "请填金额，应大于零。" in answer.err
    assert "共0张" in typed("pay", "list", by="").out


def test_drafts_are_discarded_and_claims_withdrawn(typed: Typed) -> None:
    draft, sent = drafted(typed), drafted(typed, "--submit", "--reason", "同日两笔", "--number", "2")
    assert typed("pay", "discard", draft).code == 0
    assert typed("pay", "discard", sent).code == 1
    assert "已作废" in typed("pay", "withdraw", sent, "金额多记一位").out
    assert json.loads(typed("pay", "list", "--state", "已作废", as_json=True).out)[0]["state"] == "withdrawn"


def test_the_head_asks_and_the_accountant_reads_the_question(typed: Typed) -> None:
    claim_id = drafted(typed, "--submit")
    typed("review", "pass", claim_id, by="钱组长")
    assert typed("pay", "approve", claim_id, "--query", by="赵主任").code == 1
    assert "有疑问" in typed("pay", "approve", claim_id, "--query", "--note", "单价偏高", by="赵主任").out
    course = json.loads(typed("pay", "show", claim_id, as_json=True).out)["course"]
    assert (course[-1]["what"], course[-1]["note"]) == ("村主要负责人有疑问", "单价偏高")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("pay", "submit", "ZZZZ"), "找不到编号是“ZZZZ”的报账单。"),
        (("pay", "reverse", "第一号", "错"), "凭证号请写成 2026-12 这样"),
        (("pay", "reverse", "2026-9", "错"), "找不到凭证2026-9。"),
        (("pay", "claim", "没有", "店", "1", "桶"), "找不到名称里有“没有”的项目"),
        (("pay", "claim", "清运", "店", "一元", "桶"), "“一元”不是金额"),
        (("pay", "claim", "清运", "店", "1", "桶", "--on", "明天"), "“明天”不是日期"),
        (("pay", "register", "今年"), "“今年”不是期间"),
    ],
)
def test_what_cannot_be_meant_is_misuse(typed: Typed, words: tuple[str, ...], said: str) -> None:
    answer = typed(*words)
    assert answer.code == 2
    assert said in answer.err


def test_a_pay_sheet_is_imported_and_submitted(typed: Typed) -> None:
    answer = typed("import", "payroll", PAYROLL, "--project", "垃圾清运")
    assert "共21,601.00元。报账单" in answer.out
    number = answer.out.partition("报账单 ")[2][:8]
    assert typed("pay", "submit", number).code == 0


def test_a_roster_and_old_expenses_are_imported(typed: Typed) -> None:
    roster = PAYROLL.parent / "roster-17-columns.xls"
    assert typed("import", "roster", roster).out == "导入完：更新0人，60人没有变化。\n"
    taken = typed("import", "expenses", EXPENSES)
    assert taken.out.startswith("导入完：2025年支出91笔，共")
    assert typed("import", "expenses", EXPENSES).code == 1
    past = typed("pay", "past", "2025", by="").out
    assert "2025-01-04\t防汛物资储备\t双石镇建材经营部\t4,085.42\t上级补助\t73107278" in past
    assert past.endswith(taken.out.partition("，共")[2].replace("。", "").join(["共91笔，合计", ""]).strip() + "。\n")


def test_a_chain_is_looked_at_and_chosen(typed: Typed) -> None:
    shown = typed("chain", by="")
    assert all(word in shown.out for word in ("三签一章", "三审一把关", "按金额分级审批", "待县级口径确认"))
    assert json.loads(typed("chain", "three_signatures", "--reason", "镇里统一", as_json=True).out)["chain"] == (
        "three_signatures"
    )
    assert typed("chain", "whatever").code == 1


def test_three_signatures_and_a_seal_are_typed_by_those_who_sign(typed: Typed, tmp_path: Path) -> None:
    typed("chain", "three_signatures")
    scan = photo(tmp_path / "签字单.jpg")
    claim_id = drafted(typed, "--witness", "程贵世", "--submit")
    assert "待证明人签字" in typed("pay", "list").out
    assert typed("pay", "witness", claim_id, "--paper", scan).code == 1, "the maker records nobody's signature"
    assert "待村主要负责人审批" in typed("pay", "witness", claim_id, "--paper", scan, by="孙理财").out
    assert "待理财小组审核" in typed("pay", "approve", claim_id, by="赵主任").out
    assert "还差1人签字" in typed("review", "pass", claim_id, by="孙理财").out
    assert "待财政所审核" in typed("review", "pass", claim_id, by="钱组长").out


def test_a_scanned_sheet_stands_for_members_who_did_not_come(typed: Typed, tmp_path: Path) -> None:
    scan = photo(tmp_path / "签字单.jpg")
    claim_id = drafted(typed, "--submit")
    assert typed("review", "pass", claim_id, "--signer", "孙理财", by="钱组长").code == 1
    said = typed("review", "pass", claim_id, "--signer", "孙理财", "--paper", scan, by="钱组长")
    assert "待村主要负责人审批" in said.out


def test_a_voucher_is_reversed_and_made_anew_in_one_command(typed: Typed, grant: Typed) -> None:
    claim_id = drafted(typed, "--submit")
    typed("review", "pass", claim_id, by="钱组长")
    typed("pay", "approve", claim_id, by="赵主任")
    grant(claim_id)
    typed("pay", "post", claim_id)
    made = json.loads(typed("pay", "redo", "2026-1", "收款人写错", as_json=True).out)
    assert (made["voucher"]["number"], made["claim"]["state"]) == ("2026-2", "draft")
    assert typed("pay", "submit", made["claim"]["id"]).code == 0


def test_a_refused_claim_is_made_anew(typed: Typed) -> None:
    claim_id = drafted(typed, "--submit")
    typed("review", "refuse", claim_id, "--note", "不能列支", by="钱组长")
    assert "重起了草稿" in typed("pay", "resubmit", claim_id).out
    assert typed("pay", "resubmit", claim_id, by="钱组长").code == 1


def test_papers_are_added_and_all_three_forms_are_printed(typed: Typed, tmp_path: Path) -> None:
    claim_id = drafted(typed)
    assert "存好了1张" in typed("pay", "papers", claim_id, photo(tmp_path / "发票.jpg")).out
    for form in ("报账单", "支出审批单", "票据粘贴单"):
        target = tmp_path / f"{form}.pdf"
        assert typed("pay", "print", claim_id, "--as", form, "-o", target, by="").code == 0
        assert target.read_bytes().startswith(b"%PDF")


def test_relatives_are_recorded_listed_and_taken_back(typed: Typed) -> None:
    assert "赵小明" in typed("relative", "赵主任", "赵小明", "--relation", "儿子").out
    assert "儿子" in typed("relative", by="").out
    assert "没有登记" in typed("relative", "赵主任", "赵小明", "--drop", "弄错了").out
