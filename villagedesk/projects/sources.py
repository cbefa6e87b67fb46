"""Where a year's budget takes its money from: what was carried to its funds or begun with, and this year's plans."""

from collections.abc import Iterable
from dataclasses import dataclass

from villagedesk.kernel.money import yuan
from villagedesk.village.model import Fund


@dataclass(frozen=True, slots=True)
class Source:
    """A fund of the year; ``begun`` is what it did not get this year, each sum in fen under its name."""

    fund: Fund
    begun: tuple[tuple[str, int], ...] = ()

    @property
    def name(self) -> str:
        """The fund as people call it: 2026年县级补助."""
        return self.fund.label

    @property
    def begun_fen(self) -> int:
        """What was carried to it from the year before, or taken over from older books."""
        return sum(fen for _, fen in self.begun)

    @property
    def available_fen(self) -> int:
        """What the year's budget may arrange of it: what it began with and this year's plan."""
        return self.begun_fen + self.fund.planned_fen


def source_lines(sources: Iterable[Source]) -> list[tuple[str, int]]:
    """Return every sum the year has to arrange under its own name, the carried ones of a fund before its plan."""
    return [line for source in sources for line in (*source.begun, (f"{source.name}计划", source.fund.planned_fen))]


def begun_name(fund: Fund, carried_from: Fund | None) -> str:
    """Return what a sum is called that a fund began with: 2025年县级补助结转."""
    if carried_from is None:
        return f"{fund.label}期初（旧账接入）"
    return f"{carried_from.label}结转"


def sums_told(begun_fen: int, planned_fen: int, arranged_fen: int) -> str:
    """Return how opening and plan make what is available, and what of it is arranged, for anybody to recount."""
    available = begun_fen + planned_fen
    plan = f"本年计划{yuan(planned_fen)}元"
    plan = f"结转和期初{yuan(begun_fen)}元，加{plan}，可用{yuan(available)}元" if begun_fen else plan
    return f"{plan}，减已安排{yuan(arranged_fen)}元，{rest_told(available - arranged_fen)}。"


def rest_told(left_fen: int) -> str:
    """Return what is not arranged yet, or by how much too much is."""
    if not left_fen:
        return "正好全部安排"
    return f"还有{yuan(left_fen)}元没有安排" if left_fen > 0 else f"安排超过可用{yuan(-left_fen)}元"


def use_told(arranged_fen: int, reviewing_fen: int, paid_fen: int, left_fen: int) -> str:
    """Return what becomes of what is arranged, adding up."""
    parts = f"正在报账{yuan(reviewing_fen)}元，加已付{yuan(paid_fen)}元，加还可用{yuan(left_fen)}元"
    return f"{parts}，等于已安排{yuan(arranged_fen)}元。"
