"""What a pay line comes to: exact arithmetic from standard, days, ratio and deduction, rounded once, at the end."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from villagedesk.kernel.dates import Period
from villagedesk.kernel.money import yuan
from villagedesk.payments.model import PayrollKind, PayrollLine
from villagedesk.payroll.quantities import quantity

TENTHS = 10
"""Tenths of a day in a day: work is counted in them (5.5 工日 = 55)."""

MONTHLY = (PayrollKind.BASE, PayrollKind.POST)
"""Kinds whose standard is for a month; that of performance pay is for a quarter, that of labour for a day."""

ROUNDING = "四舍五入到分"
"""The rounding rule as it is said: half a fen counts as a fen, once a line, at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A pay sheet that is being made: what it is for, and its lines, which have no id yet."""

    project_id: str
    kind: PayrollKind
    period: Period
    title: str
    sheet_date: date
    lines: tuple[PayrollLine, ...]
    previous_id: str | None = None

    @property
    def brief(self) -> str:
        """What it is called where its title is too long: 2026年3月基本报酬."""
        return f"{self.period.label}{self.kind.label}"

    @property
    def total_fen(self) -> int:
        """What all lines come to, in fen."""
        return sum(line.amount_fen for line in self.lines)


@dataclass(frozen=True, slots=True)
class Worth:
    """What a line's arithmetic gives: the exact sum, and the fen it is rounded to. Never less than nothing."""

    exact: Fraction

    @property
    def fen(self) -> int:
        """The sum in whole fen, half a fen counted as one."""
        return max(0, half_up(self.exact))

    @property
    def rounded_by(self) -> str:
        """What rounding added or took, in fen to two places, "" where nothing was rounded."""
        added = self.fen - self.exact
        if not added or self.exact < 0:
            return ""
        hundredths = half_up(abs(added) * 100)
        sign = "多" if added > 0 else "少"
        return f"{ROUNDING}，{sign}{hundredths // 100}.{hundredths % 100:02d}分" if hundredths else ROUNDING


def half_up(exact: Fraction) -> int:
    """Return the nearest whole number, a half rounded up."""
    return int((2 * exact + 1) // 2)


def worth(kind: PayrollKind, period: Period, line: PayrollLine) -> Worth:
    """Return what a line's standard, days, ratio and deduction give.

    Labour pays a standard a day, rent one for each 亩 or whatever is counted. Any other standard is for the whole month
    or quarter; days, where there are any, are those of the period in which the post was held, counted by the calendar.
    """
    exact = Fraction(line.standard_fen)
    if kind is PayrollKind.LABOUR:
        exact *= Fraction(line.day_tenths, TENTHS)
    elif line.day_tenths:
        exact *= Fraction(line.day_tenths, TENTHS * days_of(period))
    if line.ratio:
        exact *= Fraction(line.ratio)
    return Worth(exact - line.deduction_fen)


def has_arithmetic(line: PayrollLine) -> bool:
    """Tell whether a line says what its amount was made from; one that was taken in as it came does not."""
    return bool(line.standard_fen)


def is_changed(kind: PayrollKind, period: Period, line: PayrollLine) -> bool:
    """Tell whether a line's amount is not what its arithmetic gives."""
    return has_arithmetic(line) and worth(kind, period, line).fen != line.amount_fen


def arithmetic(kind: PayrollKind, period: Period, line: PayrollLine) -> str:
    """Return how a line's amount was made, for a person to recount: ``"600.00 × 4/5 ＝ 480.00"``.

    A standard that is paid as it is stands alone: ``"600.00"``.
    """
    if not has_arithmetic(line):
        return ""
    parts = [yuan(line.standard_fen)]
    if kind is PayrollKind.LABOUR:
        parts.append(f" × {days(line.day_tenths)}工日")
    elif line.day_tenths:
        parts.append(f" × {days(line.day_tenths)}/{days_of(period)}天")
    if kind is PayrollKind.RENT and line.ratio:
        parts.append(f" × {quantity(line)}")
    elif line.ratio and Fraction(line.ratio) != 1:
        parts.append(f" × {line.ratio}")
    if line.deduction_fen:
        parts.append(f" − {yuan(line.deduction_fen)}")
    given = worth(kind, period, line)
    if len(parts) > 1:
        parts.append(f" ＝ {yuan(given.fen)}")
    if given.rounded_by:
        parts.append(f"（{given.rounded_by}）")
    if given.fen != line.amount_fen:
        parts.append(f"，改为{yuan(line.amount_fen)}")
    return "".join(parts)


def days(tenths: int) -> str:
    """Return tenths of a day in days: 55 → ``"5.5"``, 60 → ``"6"``."""
    whole, rest = divmod(tenths, TENTHS)
    return f"{whole}.{rest}" if rest else str(whole)


def days_of(period: Period) -> int:
    """Return how many days a period has."""
    return (period.last - period.first).days + 1


def held_tenths(period: Period, first_day: date, last_day: date | None) -> int:
    """Return tenths of the days of a period in which a post was held; 0 when it was held throughout, or not at all."""
    first = max(first_day, period.first)
    last = min(last_day or period.last, period.last)
    held = (last - first).days + 1
    return 0 if held >= days_of(period) or held <= 0 else held * TENTHS


def absence_fen(base_fen: int, absent_tenths: int, month: Period) -> int:
    """Return what days absent take off a month's base pay: its share of the calendar month, half up."""
    return half_up(Fraction(base_fen * absent_tenths, TENTHS * monthrange(month.year, month.first_month)[1]))
