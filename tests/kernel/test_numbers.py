"""Documents carry their numbers as offices write them."""

from villagedesk.kernel.numbers import DocumentNumber


def test_a_number_is_written_with_its_series_and_year() -> None:
    assert str(DocumentNumber("村财", 2026, 3)) == "村财〔2026〕3号"


def test_numbers_sort_by_year_then_number() -> None:
    numbers = [DocumentNumber("村财", 2027, 1), DocumentNumber("村财", 2026, 10), DocumentNumber("村财", 2026, 9)]
    assert [str(number) for number in sorted(numbers)] == ["村财〔2026〕9号", "村财〔2026〕10号", "村财〔2027〕1号"]
