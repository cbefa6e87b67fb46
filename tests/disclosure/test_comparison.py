"""Two sheets are compared cell by cell, and nothing that differs is passed over."""

from villagedesk.disclosure.comparison import NOTHING, Difference, differences
from villagedesk.reports.sheet import Align, Block, Column, Facts, Paragraph, Table

COLUMNS = (Column("序号", Align.CENTER), Column("项目"), Column("金额", Align.AMOUNT))


def table(*rows: tuple[str, str], total: str = "", caption: str = "支出") -> Table:
    numbered = tuple((str(place), *row) for place, row in enumerate(rows, 1))
    return Table(COLUMNS, numbered, ("合计", "", total) if total else (), caption=caption)


def test_the_same_does_not_differ() -> None:
    blocks: list[Block] = [Paragraph("一、支出", 1), table(("路", "1.00"), total="1.00"), Facts((("公示期", "10天"),))]
    assert differences(blocks, list(blocks)) == []


def test_a_cell_is_named_by_its_table_row_and_column() -> None:
    found = differences([table(("路", "1.00"), ("渠", "2.00"))], [table(("路", "1.00"), ("渠", "3.00"))])
    assert found == [Difference("支出：渠，金额", "2.00", "3.00")]


def test_a_total_is_compared_too() -> None:
    found = differences([table(("路", "1.00"), total="1.00")], [table(("路", "1.00"), total="2.00")])
    assert found == [Difference("支出：合计，金额", "1.00", "2.00")]


def test_a_row_more_or_less_is_told_whole_and_does_not_shift_the_others() -> None:
    more = differences([table(("路", "1.00"))], [table(("灯", "9.00"), ("路", "1.00"))])
    assert more == [Difference("支出", NOTHING, "灯，9.00")]
    assert differences([table(("灯", "9.00"), ("路", "1.00"))], [table(("路", "1.00"))]) == [
        Difference("支出", "灯，9.00", NOTHING)
    ]


def test_a_table_more_or_less_is_told_row_by_row() -> None:
    assert differences([], [Paragraph("三、新表", 1), table(("路", "1.00"), caption="")]) == [
        Difference("新表", NOTHING, "路，1.00"),
        Difference("正文", NOTHING, "三、新表"),
    ]


def test_tables_of_one_name_are_told_apart() -> None:
    old: list[Block] = [Paragraph("附件", 1), table(("路", "1.00"), caption=""), table(("渠", "1.00"), caption="")]
    new: list[Block] = [Paragraph("附件", 1), table(("路", "1.00"), caption=""), table(("渠", "2.00"), caption="")]
    assert differences(old, new) == [Difference("附件（2）：渠，金额", "1.00", "2.00")]


def test_text_is_compared_paragraph_by_paragraph() -> None:
    old: list[Block] = [Paragraph("甲"), Paragraph("乙"), Facts((("期限", "3天"),))]
    new: list[Block] = [Paragraph("甲"), Paragraph("丙"), Facts((("期限", "5天"),))]
    assert differences(old, new) == [
        Difference("正文", "乙", "丙"),
        Difference("正文", "期限：3天", "期限：5天"),
    ]


def test_a_new_last_row_does_not_take_the_totals_place() -> None:
    old, new = table(("路", "1.00"), total="1.00"), table(("路", "1.00"), ("灯", "9.00"), total="10.00")
    assert differences([old], [new]) == [
        Difference("支出", NOTHING, "灯，9.00"),
        Difference("支出：合计，金额", "1.00", "10.00"),
    ]


def test_rows_that_begin_alike_are_compared_with_one_another() -> None:
    old, new = table(("路", "1.00"), ("渠", "2.00")), table(("灯", "9.00"), ("渠", "3.00"))
    assert differences([old], [new]) == [
        Difference("支出", "路，1.00", NOTHING),
        Difference("支出：渠，金额", "2.00", "3.00"),
        Difference("支出", NOTHING, "灯，9.00"),
    ]
