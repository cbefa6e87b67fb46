"""Breaks a long title into few lines of nearly equal length, where the sense allows it.

The standard for official papers asks that a title's lines keep words whole and look symmetrical. Breaking by sense
needs no dictionary here: titles of a village are made of few words.
"""

from collections.abc import Iterator

from villagedesk.reports.fonts import Style
from villagedesk.reports.linebreak import may_break
from villagedesk.reports.setting import Set, balanced, measured, natural

WORDS = """
关于 印发 农村 公共 服务 运行 维护 项目 资金 使用 情况 公示 公告 公开 通知 管理 办法 实施 方案 村民委员会 村务 监督 代表 会议 决议
表决 结果 名单 年度 季度 上半年 下半年 第一季度 第二季度 第三季度 第四季度 收支 支出 收入 预算 决算 明细 报酬 补贴 补助 发放 人员
保洁员 管护 道路 维修 工程 建设 验收 考核 评分 质量 理财 小组 集体 经济 组织 财务 账目 更正 补充 征求 意见 汇总 登记 统计 报表 清单
台账 合同 承包 工资 结算 付款 申请 审批 审核 检查 报告 满意度 测评 议事会 签到 记录 户外 供水 供电 垃圾 污水 处理 环境 卫生 乡镇
人民政府 社区 居民 土地 租金 一卡通 一折通 村民代表会议 村民会议 村民小组 村务公示 农村公共服务 运行维护 立项 征集 量分 排名 筹资筹劳
一事一议 管网 饮用水 调查 进度 决算 组务 异议
"""
"""Words of village titles; two neighbours that stand together here are not torn apart."""
BAD_STARTS = frozenset("的了和与及等〔")
GOOD_ENDS = frozenset("的年度》）、")

_QUOTES = (("“", "”"), ("《", "》"), ("〔", "〕"))

MOST = 4
"""Lines up to which a title is broken by sense; a longer one is no title."""

_TORN = 6.0
_QUOTED = 3.0
_GOOD = 1.5


def title_lines(text: str, style: Style, room: float) -> list[Set]:
    """Set a title on as few lines of ``room`` ems as it needs; newlines in it are kept."""
    return [line for part in text.split("\n") for line in _part_lines(part, style, room)]


def _part_lines(text: str, style: Style, room: float) -> list[Set]:
    even = balanced(text, style, room)
    lines = _by_sense(text, style, room, len(even)) if len(even) <= MOST else []
    return [natural(line, style) for line in lines] if lines else even


def _by_sense(text: str, style: Style, room: float, count: int) -> list[str]:
    """Cut off one line after another; empty when no cut keeps every line within the room."""
    if count == 1:
        return [text] if measured(text, style) <= room else []
    whole = measured(text, style)
    costs = {cut: _cost(text, cut, abs(own - whole / count)) for cut, own in _cuts(text, style, room, whole, count)}
    for cut in sorted(costs, key=costs.__getitem__):
        rest = _by_sense(text[cut:], style, room, count - 1)
        if rest:
            return [text[:cut], *rest]
    return []


def _cuts(text: str, style: Style, room: float, whole: float, count: int) -> Iterator[tuple[int, float]]:
    """Each place a line may end, with the width before it, that leaves no more than the other lines hold."""
    for cut in range(1, len(text)):
        own = measured(text[:cut], style)
        if own <= room and whole - own <= room * (count - 1) and may_break(text, cut):
            yield cut, own


def _cost(text: str, cut: int, uneven: float) -> float:
    before, after = text[cut - 1], text[cut]
    torn = before + after in WORDS or after in BAD_STARTS or before.isdigit() or before == "第"
    good = before in GOOD_ENDS or after == "《"
    quoted = any(text.count(mark, 0, cut) > text.count(end, 0, cut) for mark, end in _QUOTES)
    return uneven + _TORN * torn + _QUOTED * quoted - _GOOD * good
