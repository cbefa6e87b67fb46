"""Pages hold every row once, repeat heads, and keep together what belongs together."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from villagedesk.reports.box import INNER, OUTER, Rule
from villagedesk.reports.layout import Layout, lay_out
from villagedesk.reports.paper import PAPERS
from villagedesk.reports.setting import Text
from villagedesk.reports.sheet import Align, Column, Facts, Paragraph, Preset, Seal, Sheet, Signatures, Table

COLUMNS = (Column("序号", Align.CENTER), Column("项目"), Column("金额", Align.AMOUNT))
BODY = Paragraph("村民代表会议通过了户外道路维修等项目的实施方案，现予公示。" * 4)


def table(count: int, words: str = "户外道路维修", *, total: bool = True) -> Table:
    rows = tuple((str(number), words, f"{number}.50") for number in range(1, count + 1))
    return Table(COLUMNS, rows, ("合计", "", "99.00") if total else (), unit="单位：元")


def texts(layout: Layout) -> list[list[str]]:
    """The text of each box of each page."""
    return [["".join(text.text for text in placed.box.texts) for placed in page] for page in layout.pages]


def page_of(layout: Layout, text: str) -> int:
    return next(number for number, page in enumerate(texts(layout)) if any(text in box for box in page))


def placed_texts(layout: Layout, page: int = 0) -> Iterator[Text]:
    for top, box in layout.pages[page]:
        for text in box.texts:
            yield text._replace(y=top + text.y)


def rules(layout: Layout, page: int = 0) -> list[Rule]:
    return [rule for placed in layout.pages[page] for rule in placed.box.rules]


@settings(max_examples=40)
@given(st.lists(st.integers(0, 260), min_size=1, max_size=60), st.sampled_from(Preset))
def test_no_row_is_lost_or_printed_twice(lengths: list[int], preset: Preset) -> None:
    rows = tuple((f"{number:04}", "村" * length) for number, length in enumerate(lengths))
    layout = lay_out(Sheet("公示", (Table((Column("序号"), Column("项目")), rows),), preset=preset))
    boxes = [box for page in texts(layout) for box in page]
    assert [box[:4] for box in boxes if box[:4].isdigit()] == [number for number, _ in rows]
    assert sum(box.count("村") for box in boxes) == sum(lengths)


@settings(max_examples=25)
@given(st.integers(1, 60), st.integers(0, 6), st.sampled_from(Preset))
def test_nothing_leaves_the_paper(count: int, before: int, preset: Preset) -> None:
    sheet = Sheet("公示", (*[BODY] * before, table(count), Seal("村民委员会", "2026年4月5日")), preset=preset)
    layout = lay_out(sheet)
    paper = PAPERS[preset]
    for page in layout.pages:
        for top, box in page:
            assert top >= paper.top - 0.01
            assert all(paper.left - 0.01 <= text.x <= paper.width - paper.right for text in box.texts)
            assert top + box.height <= paper.height - 10


def test_heads_stand_on_every_page_of_a_table() -> None:
    layout = lay_out(Sheet("登记册", (table(100),), preset=Preset.FORM))
    assert len(layout.pages) > 2
    assert all(any("序号" in box for box in page) for page in texts(layout))
    assert sum(box.count("单位：元") for page in texts(layout) for box in page) == 1


@pytest.mark.parametrize("count", range(20, 34))
def test_the_total_never_stands_alone(count: int) -> None:
    layout = lay_out(Sheet("登记册", (table(count),), preset=Preset.FORM))
    assert page_of(layout, "合计") == page_of(layout, f"{count}户外")


@pytest.mark.parametrize("count", range(4, 14))
def test_the_seal_is_whole_and_never_alone_on_a_page(count: int) -> None:
    text = "".join(f"第{number}条道路维修。" for number in range(40 * count))[: 60 * count] + "现予公示"
    layout = lay_out(Sheet("公示", (Paragraph(text), Seal("青山村村民委员会", "2026年4月5日"))))
    assert page_of(layout, "青山村村民委员会") == page_of(layout, "2026年4月5日")
    last = "".join(texts(layout)[page_of(layout, "2026年4月5日")])
    assert len(last) > 28


def test_a_row_taller_than_a_page_goes_on_over_pages() -> None:
    layout = lay_out(Sheet("公示", (table(3, "村" * 3000),)))
    assert len(layout.pages) > 5
    assert sum("".join(page).count("村") for page in texts(layout)) == 9000


def test_a_heading_stays_with_its_text() -> None:
    for lines in range(1, 24):
        blocks = (*[Paragraph("路")] * lines, Paragraph("一、资金来源", 1), Paragraph("中央补助。"))
        layout = lay_out(Sheet("公示", blocks))
        assert page_of(layout, "一、资金来源") == page_of(layout, "中央补助")


def test_no_first_or_last_line_of_a_paragraph_is_left_alone() -> None:
    for lines in range(1, 24):
        layout = lay_out(Sheet("公示", (*[Paragraph("路")] * lines, Paragraph("村" * 26 + "务" * 28 + "公" * 10))))
        pages = [page_of(layout, line) for line in ("村村", "务务", "公公")]
        assert pages[0] == pages[1] == pages[2]


def test_a_notice_has_22_lines_of_28_characters() -> None:
    layout = lay_out(Sheet("题", tuple(Paragraph("村" * 28, flush=True) for _ in range(60))))
    lines = [sum(box == "村" * 28 for box in page) for page in texts(layout)]
    assert lines[1] == 22


def test_pages_are_numbered() -> None:
    layout = lay_out(Sheet("登记册", (table(60),), preset=Preset.FORM))
    count = len(layout.pages)
    assert [page[-1] for page in texts(layout)] == [f"第 {number} 页 共 {count} 页" for number in range(1, count + 1)]


def test_the_footer_stands_whole_on_every_page_beside_the_number() -> None:
    link = "凭证链 " + "3f9a" * 16
    layout = lay_out(Sheet("登记册", (table(60),), preset=Preset.FORM, footer=link))
    assert all(page[-1] == link for page in texts(layout))
    small = [run for run in placed_texts(layout) if run.size == PAPERS[Preset.FORM].fine]
    number = next(run for run in placed_texts(layout) if run.text.startswith("第"))
    assert max(run.x for run in small) < number.x
    assert len({run.y for run in small}) == 1


def test_a_long_footer_takes_more_lines() -> None:
    layout = lay_out(Sheet("登记册", (), footer="凭证链" + "3f9a" * 60))
    assert texts(layout)[0][-1] == "凭证链" + "3f9a" * 60
    assert all(run.y < layout.height - 20 for run in placed_texts(layout))


def test_amounts_align_on_the_decimal_point() -> None:
    rows = (("1,650.00",), ("980.5",), ("7",), ("-325.04",), ("—",))
    layout = lay_out(Sheet("表", (Table((Column("金额", Align.AMOUNT),), rows),)))
    drawn = {run.text: run for run in placed_texts(layout)}

    def point(text: str) -> float:
        whole = text.partition(".")[0]
        return drawn[text].x + drawn[text].size * sum({",": 0.278, "-": 0.347}.get(c, 0.555) for c in whole)

    points = [point(text) for text in ("1,650.00", "980.5", "7", "-325.04")]
    assert points == pytest.approx([points[0]] * 4, abs=0.01)
    assert drawn["—"].x < drawn["7"].x


def test_the_frame_is_strong_and_the_inner_rules_are_thin() -> None:
    layout = lay_out(Sheet("表", (table(3),)))
    drawn = rules(layout)
    assert len([rule for rule in drawn if rule.width == OUTER]) == 4
    assert len([rule for rule in drawn if rule.width == INNER and rule.y1 == rule.y2]) == 4


def test_the_label_of_the_total_spans_the_empty_cells_after_it() -> None:
    with_total, without = (rules(lay_out(Sheet("表", (table(3, total=total),)))) for total in (True, False))
    uprights = [
        [rule for rule in drawn if rule.x1 == rule.x2 and rule.width == INNER] for drawn in (with_total, without)
    ]
    heights = [[rule.y2 - rule.y1 for rule in drawn] for drawn in uprights]
    assert min(heights[0]) < max(heights[0])
    assert min(heights[1]) == max(heights[1])


def test_a_total_without_a_label_spans_nothing() -> None:
    made = Table(COLUMNS, (("1", "修路", "2.00"),), ("", "", "2.00"))
    layout = lay_out(Sheet("表", (made,)))
    assert len({rule.y2 - rule.y1 for rule in rules(layout) if rule.x1 == rule.x2 and rule.width == INNER}) == 1


def test_a_table_without_rows_shows_its_heads() -> None:
    layout = lay_out(Sheet("表", (Table(COLUMNS, ()),)))
    assert any("序号" in box for box in texts(layout)[0])
    layout = lay_out(Sheet("表", (Table(COLUMNS, (), ("合计", "", "0.00")),)))
    assert page_of(layout, "合计") == 0


def test_caption_and_unit_share_a_line_when_there_is_room() -> None:
    for caption, count in [("支出表", 1), ("青山村2026年第三季度农村公共服务运行维护项目资金支出情况表", 2)]:
        made = Table(COLUMNS, (("1", "修路", "2.00"),), caption=caption, unit="单位：元")
        boxes = texts(lay_out(Sheet("公示", (made,))))[0]
        assert len([box for box in boxes if caption in box or "单位：元" in box]) == count


def test_facts_of_a_form_stand_in_pairs_and_long_ones_alone() -> None:
    facts = Facts(
        (("单位", "青山村"), ("日期", "2026年4月5日"), ("经办", "张桂香"), ("事由", "修路" * 30), ("备注", ""))
    )
    layout = lay_out(Sheet("报账单", (facts,), preset=Preset.FORM))
    boxes = [box for box in texts(layout)[0] if box]
    assert boxes[1:5] == ["单位青山村日期2026年4月5日", "经办张桂香", "事由" + "修路" * 30, "备注"]
    assert rules(layout)


def test_facts_of_a_notice_hang_their_values_at_one_place() -> None:
    facts = Facts((("受理人", "张桂香"), ("监督电话", "0830-1234567"), ("地点", "党群服务中心" * 8)))
    layout = lay_out(Sheet("公示", (facts,)))
    drawn = list(placed_texts(layout))
    values = [run.x for run in drawn if run.text.startswith(("张", "0830", "党群"))]
    assert values == pytest.approx([values[0]] * 3)
    assert not rules(layout)


def test_a_very_long_label_wraps_beside_its_value() -> None:
    facts = Facts((("异议受理的部门和人员以及联系的方式", "张桂香"),))
    boxes = texts(lay_out(Sheet("公示", (facts,))))[0]
    assert sum(box.count("异议") for box in boxes) == 1
    assert any(box.endswith("张桂香") and len(box) > 3 for box in boxes)


def test_signatures_share_lines_evenly() -> None:
    layout = lay_out(Sheet("报账单", (Signatures(("审批人", "制表人：", "复核人", "组长")),), preset=Preset.FORM))
    lines = [box for box in texts(layout)[0] if "人" in box or "组长" in box]
    assert lines == ["审批人：制表人：", "复核人：组长："] or lines == ["审批人：制表人：复核人：组长："]
    assert len([rule for rule in rules(layout) if rule.y1 == rule.y2]) == 4


def test_no_signatures_take_no_room() -> None:
    assert len(texts(lay_out(Sheet("报账单", (Signatures(()),))))[0]) == len(texts(lay_out(Sheet("报账单", ())))[0])


def test_a_long_issuer_stays_on_the_paper() -> None:
    layout = lay_out(Sheet("公示", (Seal("双石镇青山村村民委员会暨村务监督委员会联合办公室", "2026年4月5日"),)))
    paper = PAPERS[Preset.NOTICE]
    for run in placed_texts(layout):
        assert run.x >= paper.left - 0.01
        assert run.x + len(run.text) * run.size * 0.5 <= paper.width - paper.right + 1


@pytest.mark.parametrize("preset", [Preset.NOTICE, Preset.FORM, Preset.POSTER])
def test_lines_close_up_a_little_to_save_a_nearly_empty_page(preset: Preset) -> None:
    def laid(lines: int) -> Layout:
        return lay_out(
            Sheet("公示", (*[Paragraph("村" * 20)] * lines, Seal("村民委员会", "2026年4月5日")), preset=preset)
        )

    paper = PAPERS[preset]
    lines = next(count for count in range(60) if len(laid(count).pages) == 2)
    heights = [{box.height for _, box in laid(count).pages[0] if box.texts} for count in (2, lines - 1, lines)]
    assert [paper.pitch in each for each in heights] == [True, False, True]
    assert any(paper.pitch * paper.tightest - 0.01 < height < paper.pitch for height in heights[1])


def test_a_smaller_table_saves_a_nearly_empty_page() -> None:
    layouts = [lay_out(Sheet("公示", (table(count), Seal("村民委员会", "2026年4月5日")))) for count in range(12, 30)]
    sizes = [next(run.size for run in placed_texts(layout) if run.text == "项目") for layout in layouts]
    pages = [len(layout.pages) for layout in layouts]
    assert pages == sorted(pages)
    assert {size for size, count in zip(sizes, pages, strict=True) if count == 1} > {12}


def test_all_that_is_read_from_two_metres_is_large_enough() -> None:
    facts, signed = Facts((("监督电话", "0830-1234567"),)), Signatures(("组长",))
    blocks = (BODY, facts, table(30), table(2, "修"), signed, Seal("村民委员会", "2026年4月5日"))
    layout = lay_out(Sheet("公示", blocks, number="村财〔2026〕3号", preset=Preset.POSTER))
    sizes = {run.size for page in range(len(layout.pages)) for run in placed_texts(layout, page)}
    assert min(sizes - {PAPERS[Preset.POSTER].number}) >= 26
    assert PAPERS[Preset.POSTER].number >= 24


def test_a_watermark_lies_along_the_diagonal_in_the_middle() -> None:
    mark = lay_out(Sheet("公示", (), watermark="练习")).mark
    assert mark is not None
    assert mark.text.x < 0
    assert 40 < mark.angle < 60
    assert lay_out(Sheet("公示", ())).mark is None


def test_blank_lines_and_leading_spaces_of_a_paragraph() -> None:
    boxes = texts(lay_out(Sheet("公示", (Paragraph("　　第一段\n\n第二段"),))))[0]
    assert [box for box in boxes if "段" in box] == ["第一段", "第二段"]
    assert boxes.count("") >= 1
