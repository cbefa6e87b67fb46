"""Who is paid by which post and how the money of the practice village moves besides its bills. All invented."""

from dataclasses import dataclass
from datetime import date

from villagedesk.payments.model import PayWay

KINSHIPS = (("罗委员", "王𬭎", "妻弟"), ("周监督", "李㛃", "侄媳"))
"""(holder, relative, relation): both relatives are paid for work, so each of their claims says why."""
EXCUSES = {
    "王𬭎": "王𬭎是罗委员的妻弟，村里只有他有电工证；工钱按全村统一标准，理财小组逐笔核对",
    "李㛃": "李㛃是周监督的侄媳，村民代表会议定的人选；她的活周监督不检查、不考核",
    "欧阳建国": "误工补助按夜里出勤的次数另算，合同里是全年的值守",
    **dict.fromkeys(
        ("荣县鸿运劳务有限公司", "荣县明光电料行", "荣县恒通管业"), "零星维修用的，当场买、当场做，不在合同里"
    ),
}
"""Why somebody is paid all the same, by payee: a relative, or a contractor beside the contract."""
PUMPS = "提灌站看护"
BOTH_JOBS = "马有玲既清运4组垃圾又看护2组机房，是两份活"


@dataclass(frozen=True, slots=True)
class Job:
    """A caretaker's post: base pay a month and performance pay a quarter, in fen, from ``first_day`` on."""

    work: str
    name: str
    duty: str
    area: str
    base_fen: int
    performance_fen: int
    first_day: date


_SPRING, _WATERING = date(2026, 3, 1), date(2026, 4, 1)

JOBS = (
    Job("生活垃圾清运", "严珍", "保洁员", "1组庄台", 30_000, 30_000, _SPRING),
    Job("生活垃圾清运", "张䶮", "保洁员", "6组庄台", 40_000, 30_000, _SPRING),
    Job("公共厕所管护", "李㛃", "公厕保洁员", "村委会、5组公厕", 25_000, 30_000, _SPRING),
    Job("治安巡逻", "欧阳建国", "巡逻员", "全村", 15_000, 30_000, _SPRING),
    Job(PUMPS, "马有玲", "提灌站看护员", "2组机房", 20_000, 30_000, _WATERING),
    Job(PUMPS, "段树兰", "提灌站看护员", "7组机房", 20_000, 30_000, _WATERING),
)
BANDS = "three"
STANDARDS = "报酬标准经村民代表会议议定，各岗位的绩效按活的多少定"
"""Why the caretakers' pay is split otherwise than the profile says."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A caretaker's quarter on the score sheet: (item, points, why) taken off; why it ``corrects`` another."""

    quarter: int
    name: str
    off: tuple[tuple[str, int, str], ...] = ()
    corrects: str = ""


_TANK = ("责任区", 14, "5组化粪池外溢，七处不合格")
_LEFT_OUT = ("日常巡查", 5, "漏巡一次，发现外溢当天没有报")

SCORED = (
    Scored(1, "严珍", (("责任区", 4, "1组晒坝边两处散落垃圾"),)),
    Scored(1, "张䶮"),
    Scored(1, "李㛃", (("日常巡查", 4, "漏巡两次"),)),
    Scored(1, "欧阳建国", (("工具和资料", 2, "巡逻记录缺两天"),)),
    Scored(2, "严珍", (("责任区", 2, "垃圾桶盖破损没有报"),)),
    Scored(2, "张䶮", (("出勤", 6, "请假十天，顶班的人三天没有到"), ("群众反映", 3, "查实一次"))),
    Scored(2, "李㛃", (_TANK, _LEFT_OUT, ("群众反映", 9, "查实三次"))),
    Scored(2, "欧阳建国", (("工具和资料", 1, "手电没有充电"),)),
    Scored(2, "马有玲", (("工具和资料", 3, "开机记录缺三次"),)),
    Scored(2, "段树兰", (("责任区", 8, "7组机房积水没有及时排"), ("日常巡查", 6, "漏巡三次"))),
    Scored(2, "李㛃", (_TANK, _LEFT_OUT, ("群众反映", 3, "查实一次")), "三次反映里有两次说的是同一件事，不重复扣分"),
    Scored(3, "严珍"),
    Scored(3, "张䶮", (("责任区", 4, "6组晒坝两处没有扫"),)),
    Scored(3, "李㛃", (("责任区", 4, "洗手池两处水垢"),)),
    Scored(3, "欧阳建国"),
    Scored(3, "马有玲", (("日常巡查", 2, "漏巡一次"),)),
    Scored(3, "段树兰", (("责任区", 6, "7组进水口杂草没有清"),)),
)
INSPECTORS = "周监督、郑监督"
"""Who scores the caretakers, but where ``facts.INSPECTORS_INSTEAD`` names others."""
ABSENT = (5, "段树兰", 5, "5月12日上午请假")
"""(month, who, tenths of a day, why)."""

CHANNEL = "bank_text_utf8"
"""The bank's text in UTF-8: the GBK one cannot write 张䶮."""
FAILED_IN = "2026Q1"
FAILED = {"查水": "账户已销户", "薛有": "户名不符"}
"""Whom the bank could not pay of the first quarter's sheet, and why."""
NEW_ACCOUNTS = {
    "查水": ("5103223590132970415533", "原存折已销户，换了新存折"),
    "薛有": ("5103599137927329641207", "卡在儿子名下，改发到本人的存折"),
}
STILL_AT_THE_BANK = "2026Q3"
"""The quarter of the imported sheet whose answer has not come when the practice year ends."""

WITHDRAWN = ((date(2026, 4, 3), 100_000, "零星采购备用"), (date(2026, 6, 4), 60_000, "零星采购备用"))
"""(day, fen, note): money taken from the bank into the cash box."""
ADVANCED = ("何委员", "清运车年检、保险", 150_000, date(2026, 5, 4), date(2026, 5, 31))
STILL_ADVANCED = ("杨副主任", "秋灌前买提灌站皮带、黄油", 80_000, date(2026, 11, 18), date(2026, 12, 10))
"""(taker, purpose, fen, day, due): the first was spent in part and the rest handed back, the second is still open."""


@dataclass(frozen=True, slots=True)
class Buy:
    """What was bought outside the year's rhythm: in cash, from the advance, or by a contract after its acceptance."""

    spent_on: date
    work: str
    purpose: str
    payee: str
    fen: int
    invoice: str
    pay_way: PayWay = PayWay.TRANSFER
    is_advanced: bool = False
    is_contracted: bool = False


BUYS = (
    Buy(date(2026, 4, 15), PUMPS, "4月提灌站换锁、配钥匙", "双石镇日杂门市", 16_800, "04117208", PayWay.CASH),
    Buy(date(2026, 5, 12), "生活垃圾清运", "5月清运车年检、保险", "荣县顺达汽修厂", 138_000, "04117311", is_advanced=True),
    Buy(date(2026, 6, 16), "治安巡逻", "6月巡逻用电池、哨子", "双石镇日杂门市", 24_600, "04117563", PayWay.CASH),
    Buy(date(2026, 7, 17), "3组机耕道涵管更换", "涵管更换工程款，验收合格后支付", "荣县鸿运劳务有限公司", 1_150_000, "04117702",
        is_contracted=True),
)  # fmt: skip

BUDGET_MOVED = ("村内道路破损修补", "治安巡逻", 200_000, "7月起增加夜间巡逻；道路修补询价低于预算，从结余里调2,000元")
"""(from, to, fen, why), both of one fund."""

LATE_LEVY = ("一事一议筹资", date(2026, 5, 20), 32_000, "16人补交的一事一议筹资")
"""(source, day, fen, what): on the bank's statement of May, in the books only when May was opened again."""
REOPENED = (5, "5月对账单上有一笔320元，查明是16人补交的一事一议筹资，漏登到账，要补记", 5)
"""(month, why, days)."""
CLOSED_BY_HEAD = (1, 5)
"""Months the village head closes; the others the finance group's 组长."""
LEFT_TO_CLOSE = (9, 10)
UNCASHED = {3: "荣县恒通管业"}
"""The payee of a voucher the bank had not paid yet at the end of a month."""
NO_PHOTOS = "纸质票据已按凭证号粘贴装订，不再逐张拍照"
"""Why a month is closed without photos of its invoices."""
LEFT_OPEN = {8: "8月冲销重做的一张9月办完；"}
"""What else is passed over when a month is closed."""
PAID_LATER = "上季度的报酬在本季度头一个月发放，记在发放的月份"
REDONE = "收款人写错冲销重做的，原支出在8月，记在9月"
