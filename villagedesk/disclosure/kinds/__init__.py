"""The kinds of notices; a new one is a line here, the file of that name, and its rhythm in the profile."""

from villagedesk.disclosure.kind import Kind

KINDS = (
    Kind("projects", "项目公开", 1, "农村公共服务运行维护项目申报、量分和决议情况", cites_vote=False),
    Kind("funds", "资金公开", 2, "农村公共服务运行维护资金收支情况"),
    Kind("contracts", "承包与人员公开", 3, "农村公共服务运行维护承包和管护人员情况"),
    Kind("spending", "支出公开", 4, "农村公共服务运行维护支出明细"),
    Kind("assessment", "考评结果公开", 5, "农村公共服务运行维护检查、验收和考核结果"),
)
"""What is made from the books, in the order of the five slots."""


def kind_named(name: str) -> Kind | None:
    """Return the kind with this code or Chinese label, None when there is none."""
    return next((kind for kind in KINDS if name in {kind.code, kind.label}), None)
