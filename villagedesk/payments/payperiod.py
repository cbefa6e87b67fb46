"""The month or quarter a pay sheet's title tells of; what says more than one of them is asked, never guessed."""

import re
from collections.abc import Sequence

from villagedesk.kernel.dates import Period
from villagedesk.storage.foreign import plain

_DAY = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日")
_YEAR = re.compile(r"(\d{4})年度?")
_AND = r"[-~—–―─至到、,;.和及与]"
_YEAR_AGAIN = re.compile(rf"(?<={_AND})\d{{4}}年")
_MONTHS = re.compile(rf"(?<!\d)\d{{1,2}}(?:月份?)?(?:{_AND}+\d{{1,2}}(?:月份?)?)*(?!\d)")
_QUARTERS = re.compile(rf"(?<!\d)[一二三四1-4](?:季度?)?(?:{_AND}+第?[一二三四1-4](?:季度?)?)*(?!\d)")
_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_UP_TO = re.compile(r"[-~—–―─至到]")
_OTHERWISE = re.compile(r"半年|全年|[一二三四五六七八九十]月|五季度")
_WHEN_MADE = re.compile(r"制表|填表|填报|制单|打印|日期|时间")


def told_period(above: Sequence[str]) -> tuple[Period | None, str]:
    """Return the period the lines above a sheet's heads tell, with the line; None and "" when none does.

    Several months that are one quarter are that quarter. Raises ValueError with a Chinese sentence for any other
    stretch, and for lines that tell different periods.
    """
    found = [(period, line) for line in above if (period := _of_line(line))]
    told = [one for one in found if one[0].months == 3] or found
    if len({period for period, _ in told}) > 1:
        raise ValueError(f"标题里有“{told[0][0].label}”，又有“{told[-1][0].label}”，看不出发的是哪一期")
    return told[0] if told else (None, "")


def _of_line(line: str) -> Period | None:
    written = _DAY.sub(" ", plain(line))
    years = set(_YEAR.findall(written))
    rest = _YEAR.sub(" ", _YEAR_AGAIN.sub("", written))
    quarters, months = _mentioned(_QUARTERS, "季", rest), _mentioned(_MONTHS, "月", rest)
    if not years or not (quarters or months or _OTHERWISE.search(rest)):
        return None
    if not quarters and _WHEN_MADE.search(rest):
        return None
    year = int(min(years))
    if len(years) == 1 and not _OTHERWISE.search(rest):
        for period in (*(Period.quarter(year, one) for one in range(1, 5)), *(Period(year, one, 1) for one in months)):
            if _says(period, quarters, months):
                return period
    raise ValueError(f"标题“{line}”说的不是一个月，也不是一个季度，请写明发的是哪一期；发了不止一期的，请分成几张表")


def _says(period: Period, quarters: list[int], months: list[int]) -> bool:
    """Tell whether these quarters and months are this period and nothing else."""
    own = list(range(period.first_month, period.first_month + period.months))
    if period.months == 1:
        return not quarters and months == own and own[0] <= 12
    return months in ([], own) and quarters in ([], [(own[0] + 2) // 3]) and bool(quarters or months)


def _mentioned(pattern: re.Pattern[str], what: str, line: str) -> list[int]:
    """Return the months or quarters a line mentions: 1-3月 → 1, 2, 3; 1月、3月 → 1, 3."""
    found: set[int] = set()
    for match in pattern.finditer(line):
        if what in match[0]:
            numbers = [_NUMBERS.get(one) or int(one) for one in re.findall(r"\d+|[一二三四]", match[0])]
            if len(numbers) == 2 and _UP_TO.search(match[0]):
                numbers = [*range(numbers[0], numbers[1] + 1)] or numbers
            found.update(numbers)
    return sorted(found)
