"""Numbers that documents carry, as offices write them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class DocumentNumber:
    """A numbered document of a year: series 村财, 2026, 3 → 村财〔2026〕3号."""

    series: str
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.series}〔{self.year}〕{self.number}号"
