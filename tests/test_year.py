"""The year in Chinese sentences, walked through the use-cases on two real desks."""

from datetime import date
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from tests.story import Story
from villagedesk.deliberation import usecases as deliberation
from villagedesk.deliberation.model import Meeting, Motion, MotionFacts
from villagedesk.exchange import store as exchange_store
from villagedesk.exchange import usecases as exchange
from villagedesk.exchange.card import fingerprint
from villagedesk.exchange.model import Ruling
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.errors import RuleViolation
from villagedesk.kernel.money import parse_yuan
from villagedesk.oversight import usecases as oversight
from villagedesk.payments import store as payment_store
from villagedesk.payments import usecases as payments
from villagedesk.payments.model import Claim, ClaimState, Outcome, PayWay
from villagedesk.projects import store as project_store
from villagedesk.projects import usecases as projects
from villagedesk.projects.catalogue import code_of
from villagedesk.projects.model import Contract, ContractKind, Project, ProjectState
from villagedesk.storage.desk import Desk
from villagedesk.storage.verify import verify
from villagedesk.township import usecases as township
from villagedesk.village import usecases as village
from villagedesk.village.model import Arrival, Fund

scenarios("year.feature")

DATA = Path(__file__).parent / "data"
ITEMS = {"村内道路破损修补": "村内户外道路", "电影放映": "电影放映"}
step = parsers.parse


@given("青山村和双石镇各有一本账，互相登记了名片", target_fixture="story")
def two_desks(desk: Desk, township_desk: Desk, clock: SetClock, tmp_path: Path) -> Story:
    for here, there in ((desk, township_desk), (township_desk, desk)):
        card = exchange.write_card(there, tmp_path / "card")
        exchange.enrol(here, tmp_path / "card", fingerprint(card).reading)
    return Story(desk, township_desk, clock, tmp_path)


@given("户册已经导入，180户600人")
def register(story: Story) -> None:
    assert village.import_people(story.desk, DATA / "villagers-gb18030.csv") == (600, 0)
    assert story.desk.value("SELECT count(*) FROM households") == 180


@given("168户的意愿已经导入")
def wishes(story: Story) -> None:
    story.on(1, 21)
    assert projects.import_wishes(story.desk, DATA / "wishes-2026.xlsx", 2026) == 168


@then(step("第一意愿最多的是“{item}”"))
def most_wished(story: Story, item: str) -> None:
    ranking = project_store.wish_ranking(story.desk, 2026)
    assert max(ranking, key=lambda wish: wish.first).item == item


@given(step("2026年县级补助计划{planned:d}元，到账{arrived:d}元"))
def money(story: Story, planned: int, arrived: int) -> None:
    day = story.on(1, 25)
    story.fund = village.open_fund(story.desk, Fund(year=2026, source="县级补助", planned_fen=planned * 100))
    village.record_arrival(story.desk, Arrival(fund_id=story.fund.id, arrived_on=day, amount_fen=arrived * 100))


@when(step("“{name}”列入初选，预算{budget:d}元，两委提议"))
def proposed(story: Story, name: str, budget: int) -> None:
    assert story.fund
    item = ITEMS[name]
    facts = Project(
        year=2026, name=name, class_code=code_of(item), item=item, budget_fen=budget * 100, fund_id=story.fund.id
    )
    story.project_id = projects.shortlist(story.desk, facts, story.on(1, 26)).id
    projects.take_step(story.desk, story.project_id, ProjectState.PROPOSED, story.on(1, 28))


@when(step("村民代表会议应到{entitled:d}人，实到{present:d}人，同意{yes:d}票，反对{no:d}票"))
def voted(story: Story, entitled: int, present: int, yes: int, no: int) -> None:
    day = story.on(2, 8)
    members = [(f"代表{number}", "成员") for number in range(1, entitled + 1)]
    body = village.set_up_body(story.desk, "村民代表会议", members, date(2026, 1, 1), date(2028, 12, 31))
    meeting = deliberation.record_meeting(
        story.desk,
        Meeting(
            body_id=body.id, basis="村民代表会议", number="2026年第1次", held_on=day, place="村委会", chair="赵主任",
            recorder="李会计", entitled=entitled, present=present, profile_version="", recorded_by="",
        ),
        motions=[MotionFacts("立项和预算", yes, no, present - yes - no, project_ids=(story.project_id,))],
    )  # fmt: skip
    story.motion = story.desk.find(Motion, "meeting_id = ?", [meeting.id])[0]


@then(step("会议结论是“{sentence}”"))
def outcome(story: Story, sentence: str) -> None:
    assert story.motion
    assert story.motion.arithmetic == sentence


@then(step("项目进到“{label}”"))
def project_stands(story: Story, label: str) -> None:
    assert story.project.state.label == label


@when("项目张榜公示、乡镇批复、签订合同、开工")
def begun(story: Story) -> None:
    projects.take_step(story.desk, story.project_id, ProjectState.PUBLICIZED, story.on(2, 9), "贴在村委会")
    projects.take_step(story.desk, story.project_id, ProjectState.GRANTED, story.on(2, 25), "批复17号")
    day = story.on(2, 26)
    projects.sign_contract(
        story.desk,
        Contract(
            project_id=story.project_id, kind=ContractKind.CARETAKING, party="张䶮", scope="3组路段", standard="平整",
            amount_fen=600_000, pay_cycle="按季", signed_on=day, first_day=day, last_day=date(2026, 12, 31),
        ),
    )  # fmt: skip
    projects.take_step(story.desk, story.project_id, ProjectState.RUNNING, story.on(3, 1))


@when(step("会计给“{payee}”记一笔{amount}元的“{purpose}”，说明“{excuse}”，提交审核"))
def claimed(story: Story, payee: str, amount: str, purpose: str, excuse: str) -> None:
    assert story.fund
    facts = Claim(
        spent_on=story.on(3, 10), project_id=story.project_id, fund_id=story.fund.id, payee=payee,
        amount_fen=parse_yuan(amount), purpose=purpose, invoice_kind="税务代开发票", invoice_number="73107278",
        handler="李会计", witness="程贵世", pay_way=PayWay.PASSBOOK,
    )  # fmt: skip
    story.claim_id = payments.draft(story.desk, facts).id
    with pytest.raises(RuleViolation, match="在这个项目里有合同"):
        payments.submit(story.desk, story.claim_id)
    assert payments.submit(story.desk, story.claim_id, excuse=excuse).state is ClaimState.SUBMITTED


@then("会计自己不能审核，也不能入账")
def maker_cannot_check(story: Story) -> None:
    with pytest.raises(RuleViolation):
        oversight.review(story.desk, Claim.table, story.claim_id, Outcome.PASSED)
    with pytest.raises(RuleViolation, match="待理财小组审核"):
        payments.post(story.desk, story.claim_id)


@when(step("理财小组提问“{question}”，会计答复“{answer}”，理财小组同意"))
def reviewed(story: Story, question: str, answer: str) -> None:
    story.on(3, 12)
    story.acts("钱组长")
    oversight.review(story.desk, Claim.table, story.claim_id, Outcome.QUERIED, question)
    story.acts("李会计")
    oversight.answer(story.desk, Claim.table, story.claim_id, answer)
    story.acts("钱组长")
    oversight.review(story.desk, Claim.table, story.claim_id, Outcome.PASSED)


@when("村主任同意")
def approved(story: Story) -> None:
    story.acts("赵主任")
    payments.approve(story.desk, story.claim_id, Outcome.PASSED)
    story.acts("李会计")


@when("会计把数据包交给乡镇，乡镇同意，回执收回")
def exchanged(story: Story) -> None:
    story.on(3, 25)
    (story.folder / "u盘").mkdir()
    sent = exchange.export(story.desk, story.folder / "u盘")
    exchange.receive(story.township, sent.path)
    township.give_verdict(story.township, story.township.get(Claim, story.claim_id), Ruling.PASSED)
    peer = exchange_store.peer_named(story.township, "青山村")
    assert peer
    back = exchange.receipt(story.township, peer, story.folder / "u盘")
    exchange.receive(story.desk, back.path)


@then(step("报账单是“{label}”"))
def claim_stands(story: Story, label: str) -> None:
    assert story.claim.state.label == label


@when("会计付款入账")
def posted(story: Story) -> None:
    story.on(3, 27)
    story.vouchers.append(payments.post(story.desk, story.claim_id))


@when(step("会计冲销这张凭证，原因“{reason}”"))
def reversed_(story: Story, reason: str) -> None:
    story.on(3, 29)
    story.vouchers.append(payments.reverse(story.desk, story.vouchers[-1].id, reason))


@then(step("凭证号是{number:d}，项目还剩{left}元"))
@then(step("红字凭证号是{number:d}，项目还剩{left}元"))
def numbered(story: Story, number: int, left: str) -> None:
    assert story.vouchers[-1].number == number
    assert story.project.budget_fen - payment_store.paid_for(story.desk, story.project_id) == parse_yuan(left)


@then("两本账都经得起核对")
def sound(story: Story) -> None:
    for desk in (story.desk, story.township):
        assert verify(desk.folder).faults == ()
