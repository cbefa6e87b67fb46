"""The kinds of notices; a new one is a line here, the file of that name, and its rhythm in the profile."""

from villagedesk.disclosure.kind import Kind

KINDS = (
    Kind("wishes", "项目征集结果与量分排名", 1, "农村公共服务运行维护项目征集结果与量分排名", cites_vote=False),
    Kind("votes", "表决结果", 1, "村民会议、村民代表会议表决结果", cites_vote=False),
    Kind("approval", "项目立项公示", 1, "农村公共服务运行维护立项项目", cites_vote=False),
    Kind("projects", "项目进度", 1, "农村公共服务运行维护项目进度情况"),
    Kind("budget", "年度支出预算", 2, "农村公共服务运行维护支出预算"),
    Kind("funds", "资金到账与台账", 2, "农村公共服务运行维护资金到账和收支台账"),
    Kind("levies", "一事一议筹资筹劳", 2, "一事一议筹资筹劳情况", cites_vote=False),
    Kind("annual", "年度决算", 2, "农村公共服务运行维护资金决算"),
    Kind("contracts", "承包人与合同", 3, "农村公共服务运行维护承包人和合同情况"),
    Kind("caretakers", "管护人员名单与报酬标准", 3, "农村公共服务运行维护管护人员名单和报酬标准"),
    Kind("spending", "项目支出明细", 4, "农村公共服务运行维护项目支出明细"),
    Kind("pay", "人员报酬发放", 4, "农村公共服务运行维护人员报酬发放情况"),
    Kind("inspections", "检查与验收结果", 5, "农村公共服务运行维护项目检查和验收结果"),
    Kind("assessment", "考核结果", 5, "农村公共服务运行维护项目考核结果"),
    Kind("satisfaction", "满意度", 5, "农村公共服务运行维护村民满意度调查结果"),
    Kind("group", "组务公开", 1, "村民小组组务情况", cites_vote=False),
)
"""What is made from the books, in the order of the five slots."""


ANSWERS = {"correction": "更正公告", "supplement": "补充公告"}
"""Notices that answer an earlier one; their labels by code."""


def kind_named(name: str) -> Kind | None:
    """Return the kind with this code or Chinese label, None when there is none."""
    return next((kind for kind in KINDS if name in {kind.code, kind.label}), None)


def label_of(code: str) -> str:
    """Return what a kind of notice is called in Chinese, that of an answer included."""
    kind = kind_named(code)
    return kind.label if kind else ANSWERS[code]
