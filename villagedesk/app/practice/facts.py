"""Who and what the practice village is made of. All invented."""

from dataclasses import dataclass
from datetime import date

from villagedesk.app import practice
from villagedesk.projects.model import ProjectState
from villagedesk.village.model import Role

PASSWORD = practice.PASSWORD
ACCOUNTANT = "李会计"
HEAD = "赵主任"
REVIEWER = "钱组长"
SUPERVISOR = "周监督"
CLERK = "吴所长"

OFFICERS = (
    (HEAD, Role.HEAD),
    (REVIEWER, Role.FINANCE_GROUP),
    ("孙理财", Role.FINANCE_GROUP),
    ("冯理财", Role.FINANCE_GROUP),
    (SUPERVISOR, Role.SUPERVISION),
    ("郑监督", Role.SUPERVISION),
)

BODIES = (
    ("村委会", (HEAD, "杨副主任", ACCOUNTANT, "何委员", "罗委员")),
    ("民主理财小组", (REVIEWER, "孙理财", "冯理财", "秦理财", "褚理财")),
    ("质量监督小组", (SUPERVISOR, "郑监督", "卫监督")),
    ("村务监督委员会", (SUPERVISOR, "郑监督", "沈委员")),
)
REPRESENTATIVES = 60

FUNDS = (
    ("县级补助", 19_000_000, "县财农〔2026〕12号", ((date(2026, 1, 28), 9_500_000), (date(2026, 6, 18), 7_500_000))),
    ("省级补助", 4_000_000, "省财农〔2026〕7号", ((date(2026, 2, 10), 4_000_000),)),
    ("村集体", 3_000_000, "村民代表会议2026年第1次", ((date(2026, 2, 12), 3_000_000),)),
    ("一事一议筹资", 1_130_000, "村民代表会议2026年第1次", ((date(2026, 3, 2), 1_098_000),)),
)
"""(source, planned fen, document, arrivals)."""


@dataclass(frozen=True, slots=True)
class Work:
    """A work of the practice year: where it ends and what it buys as (purpose, payee)."""

    name: str
    class_code: str
    item: str
    place: str
    manager: str
    source: str
    budget_fen: int
    ends: ProjectState
    buys: tuple[tuple[str, str], ...] = ()
    contractor: str = ""


_S = ProjectState
_LABOUR = "荣县鸿运劳务有限公司"
_STONE = "双石镇建材经营部"

WORKS = (
    Work("村内道路破损修补", "1", "村内户外道路", "1组至4组村道", "杨副主任", "县级补助", 4_800_000, _S.RUNNING,
         (("修补路面用水泥、沙石", _STONE), ("修补路面人工", _LABOUR), ("3组路段清障务工", "张䶮"), ("路面切割机租用", "双石镇农机站"))),
    Work("生活垃圾清运", "1", "农村垃圾、污水集中处理", "全村8个组", "何委员", "县级补助", 10_600_000, _S.RUNNING,
         (("清运车燃油", "双石镇加油站"), ("垃圾袋、扫帚、铁锹", "双石镇日杂门市"), ("清运车保养", "荣县顺达汽修厂"), ("填埋场处置费", "荣县环卫所"))),
    Work("3组机耕道涵管更换", "1", "水利", "3组机耕道", "罗委员", "省级补助", 2_200_000, _S.ASSESSED,
         (("涵管材料", _STONE), ("涵管安装人工", _LABOUR), ("挖机台班", "陈龑")), contractor=_LABOUR),
    Work("路灯维护", "1", "供电", "村委会至6组", "罗委员", "省级补助", 1_500_000, _S.ACCEPTED,
         (("路灯灯头、电缆", "荣县明光电料行"), ("路灯检修人工", "王𬭎")), contractor="荣县明光电料行"),
    Work("公共厕所管护", "4", "环境卫生监督管理", "村委会、5组", "何委员", "村集体", 1_400_000, _S.RUNNING,
         (("公厕洁具、消毒液", "双石镇日杂门市"), ("化粪池清掏", "李㛃"))),
    Work("提灌站看护", "1", "水利", "2组、7组提灌站", "杨副主任", "村集体", 1_200_000, _S.RUNNING,
         (("提灌站电费", "国网荣县供电公司"), ("水泵维修配件", "双石镇农机站"))),
    Work("治安巡逻", "4", "治安保卫", "全村", HEAD, "县级补助", 1_600_000, _S.RUNNING,
         (("巡逻误工补助", "欧阳建国"), ("手电、雨衣、袖标", "双石镇日杂门市"))),
    Work("饮用水管网维护", "1", "供水", "5组、6组", "罗委员", "一事一议筹资", 1_100_000, _S.RUNNING,
         (("水管、水表", "荣县恒通管业"), ("管网抢修人工", "尉迟桂香"), ("水质检测", "荣县疾控中心")), contractor="荣县恒通管业"),
    Work("防汛物资储备", "2", "农村防灾减灾", "村委会库房", HEAD, "县级补助", 1_200_000, _S.GRANTED),
    Work("农家书屋开放", "3", "报刊图书阅览", "村委会二楼", "杨副主任", "村集体", 300_000, _S.REJECTED),
    Work("广场健身器材维修", "3", "文体及健身活动", "村文化广场", "何委员", "县级补助", 800_000, _S.PROPOSED),
    Work("电影放映", "3", "电影放映", "村文化广场", "何委员", "县级补助", 0, _S.SHORTLISTED),
)  # fmt: skip
"""Twelve wishes: nine became projects in different states, one was voted down, two wait."""

CARETAKERS = (
    ("生活垃圾清运", "严珍", "1组庄台保洁", 480_000),
    ("生活垃圾清运", "张䶮", "6组庄台保洁", 600_000),
    ("公共厕所管护", "李㛃", "村委会、5组公厕每日保洁", 420_000),
    ("提灌站看护", "马有玲", "2组、7组提灌站开停机与看护", 360_000),
    ("治安巡逻", "欧阳建国", "每晚巡逻一遍", 300_000),
)
"""Caretaking agreements: (work, party, scope, yearly fen)."""

BOARD = "村委会公示栏"
TEAM_LEADERS = ("程贵世", "区林世", "程凤桂", "查水")
BINDER = "2026年公示卷宗第1盒"
LAST_QUARTER = 7
"""First month of the last quarter whose notices hang; they stay on the board until the next ones come."""
PAY_LEAD = "现将我村{事项}一笔一笔写在下面，请大家对一对、议一议。"
PAY_ENDING = "顶班、请假扣发的，都按各组组长签字的考勤算。"
"""This village's own words for the pay notices."""

LEVIED = "饮用水管网维护"
DAYS_WORKED = {3: 180, 5: 340, 8: 465}
"""Days worked for it by the end of a month, of 520."""

SURVEYS = (
    (6, "生活垃圾清运", 168, 121, 34, 9, "5组的垃圾桶离得远，请再放一个"),
    (6, "村内道路破损修补", 168, 103, 47, 15, ""),
    (9, "生活垃圾清运", 170, 139, 23, 5, ""),
    (9, "3组机耕道涵管更换", 23, 19, 3, 0, "涵管口再垒两层石头更好"),
    (9, "路灯维护", 86, 61, 18, 7, "6组拐弯处还缺一盏"),
)
"""(month, work, asked, 好, 中, 差, what was said)."""

TEAM_MEETINGS = (
    ((3, 6), "3组", 18, "机耕道换涵管期间改走后山路，损坏的菜地由施工方照价补", 16, 1),
    ((9, 10), "6组", 17, "路灯从晚上七点开到十一点，农忙时开到十二点", 13, 3),
)
"""((month, day), team, households present, motion, yes, no)."""

ASSESSMENTS = (("路灯维护", 88, "两盏灯罩松动，已紧固"), ("生活垃圾清运", 83, "7组清运晚了两次"))
"""What is assessed in September besides the finished work, so that there is a ranking: (work, score, note)."""
INSPECTORS = "周监督、郑监督、卫监督"
INSPECTORS_INSTEAD = {"公共厕所管护": "郑监督、卫监督"}
"""Who looks at the works, and where 周监督 stands back because a relative does the work."""
SPOT_CHECKS = (
    (5, "公共厕所管护", 55, "5组公厕化粪池外溢没有及时清掏，限3天整改"),
    (6, "公共厕所管护", 86, "5组公厕已清掏，复查合格"),
)
"""(month, work, score, note); less than 60 fails."""
ADDED_TO_BUDGET = """新增项目：防汛物资储备，地点村委会库房，预算12,000.00元，资金来源县级补助。
新增后本年县级补助已安排项目182,000.00元；同日议定的预算调整另行公示，原公示其余各项不变。"""
