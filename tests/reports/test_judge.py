"""The judge of papers is judged: what lies on something else is found, what stands beside it is not."""

from tests.reports.judge import Glyph, overlaps


def test_a_glyph_on_another_is_found() -> None:
    one, other = Glyph("村", 16, 100, 100, 116, 116), Glyph("民", 16, 110, 104, 126, 120)
    assert list(overlaps([one, other])) == [(other, one)]


def test_neighbours_that_touch_are_well_set() -> None:
    line = [Glyph("村", 16, 100 + 16 * place, 100, 116 + 16 * place, 116) for place in range(3)]
    assert not list(overlaps([*line, Glyph("民", 16, 100, 84.5, 116, 100.5)]))
