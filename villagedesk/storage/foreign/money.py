"""Which of a sheet's columns of money is the one that was paid: told by its head, or one of several to ask about."""

import re
from collections.abc import Collection, Sequence

from villagedesk.storage.foreign import values
from villagedesk.storage.foreign.cells import Cell, is_blank

COUNTED = re.compile(r"序|编号|年龄|电话|手机|人数|面积|天数|工日|单价|标准")
"""Heads of numbers that are no amounts, accounts or days."""

_UNIT = re.compile(r"\((?:单位:)?(?:人民币)?(?:万?元|¥|分|元/人|元/月)\)$")
_COUNT = r"[人日天月工户次]数|数量|面积|系数|比例|亩|率$"
_NO_SUM = re.compile(rf"[人日天月签章号户行时]|单位|方式|对象|{_COUNT}")
_PAID_OUT = re.compile(r"实(?:际)?[发领付得](.*)")
_NEVER_PAID = re.compile(
    r"标准|单价|扣|应发|应付|应领|应得|上[季月年期次]|去年|预算|计划|合同|定额|累计|大写|余额|结余|小计"
)
_MONEY = re.compile(r"金额|扣|缴|社保|税|罚|奖|补贴|补助|津贴|绩效|工资|报酬|薪|费|款")
_NO_RIVAL = re.compile(
    rf"{_COUNT}|分|原因|说明|事由|标准|单价|上[季月年期次]|去年|预算|计划|合同|定额|累计|大写|余额|结余|小计"
)
_LOOKED_AT = 30


def bare(title: str) -> str:
    """Return a head without its unit and leading marks: ``"*金额(元)"`` → ``"金额"``."""
    return _UNIT.sub("", title.lstrip("*#★")).rstrip(":*")


def is_paid_out(titles: Sequence[str]) -> bool:
    """Tell whether a head says that this was paid out: 实发数, 实领金额, 实付."""
    said = [match[1] for title in titles if (match := _PAID_OUT.fullmatch(bare(title)))]
    return any(not _NO_SUM.search(rest) for rest in said) and not _NEVER_PAID.search(titles[-1])


def looks_like(title: str, name: str) -> bool:
    """Tell whether a head begins or ends as a name of an amount does: 金额合计, 劳务费金额; 实发人数 is none."""
    return title.endswith(name) or (title.startswith(name) and not _NO_SUM.search(title.removeprefix(name)))


def is_never_paid(title: str) -> bool:
    """Tell whether a head speaks of money that is not what is paid now: 报酬标准, 应发金额, 扣款, 上季度金额."""
    return _NEVER_PAID.search(title) is not None


def rivals(
    titles: Sequence[Sequence[str]], alike: Sequence[int], rows: Sequence[Sequence[Cell]], others: Collection[int]
) -> tuple[int, ...]:
    """Return the columns of which any may be the one that was paid, () when one alone says so.

    ``alike`` are those whose heads look like it, ``others`` those known to be something else. A column beside them
    that speaks of money (扣款, 奖金) and holds amounts makes it doubtful whether theirs is what is left.
    """
    paid_out = [column for column in alike if is_paid_out(titles[column])]
    if paid_out:
        return tuple(paid_out) if len(paid_out) > 1 else ()
    beside = [
        column
        for column, of_column in enumerate(titles)
        if column not in alike and column not in others and of_column and _is_money(of_column[-1], column, rows)
    ]
    found = sorted([*alike, *beside]) if alike else []
    return tuple(found) if len(found) > 1 else ()


def _is_money(title: str, column: int, rows: Sequence[Sequence[Cell]]) -> bool:
    if not _MONEY.search(title) or _NO_RIVAL.search(bare(title)):
        return False
    cells = [row[column] for row in rows[:_LOOKED_AT] if column < len(row) and not is_blank(row[column])]
    return bool(cells) and sum(map(_is_amount, cells)) >= 0.8 * len(cells)


def _is_amount(cell: Cell) -> bool:
    try:
        values.amount(cell)
    except ValueError:
        return False
    return True
