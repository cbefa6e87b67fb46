"""Neighbours of one group share a head above their own; the others span both tiers."""

from villagedesk.reports.box import Box
from villagedesk.reports.layout import Layout, lay_out
from villagedesk.reports.sheet import Align, Column, Preset, Sheet, Table

COLUMNS = (
    Column("姓名"),
    Column("应发", Align.AMOUNT, "本期报酬"),
    Column("实发", Align.AMOUNT, "本期报酬"),
    Column("签名", group="领取"),
)
ROWS = (("张桂香", "980.00", "960.00", ""),)


def laid(columns: tuple[Column, ...] = COLUMNS, count: int = 1, preset: Preset = Preset.FORM) -> Layout:
    return lay_out(Sheet("表", (Table(columns, ROWS * count),), preset=preset))


def head_of(layout: Layout, page: int = 0) -> Box:
    return next(box for _, box in layout.pages[page] if box.xs)


def test_a_group_stands_once_above_its_columns() -> None:
    head = head_of(laid())
    drawn = {text.text: text for text in head.texts}
    assert sorted(drawn) == sorted(["姓名", "本期报酬", "应发", "实发", "领取", "签名"])
    assert len(list(head.texts)) == 6
    assert drawn["本期报酬"].y == drawn["领取"].y < drawn["姓名"].y < drawn["应发"].y == drawn["实发"].y
    assert drawn["应发"].x < drawn["本期报酬"].x + 2 * drawn["本期报酬"].size < drawn["实发"].x + 30


def test_the_rule_between_the_tiers_lies_only_under_groups() -> None:
    layout = laid()
    head = head_of(layout)
    across = [rule for rule in head.rules if rule.y1 == rule.y2]
    assert [(rule.x1, rule.x2) for rule in across] == [(head.xs[1], head.xs[2]), (head.xs[2], head.xs[3])]
    (upright,) = [rule for rule in head.rules if rule.x1 == rule.x2]
    assert (upright.y1, upright.y2) == (across[0].y1, head.height)
    assert len(head.xs) == 4


def test_merged_heads_stand_on_every_page() -> None:
    layout = laid(count=90)
    assert len(layout.pages) > 2
    for page in range(len(layout.pages)):
        assert [text.text for text in head_of(layout, page).texts].count("本期报酬") == 1


def test_groups_apart_are_two_groups() -> None:
    columns = (Column("甲", group="金额"), Column("乙"), Column("丙", group="金额"), Column("丁", group="金额"))
    assert [text.text for text in head_of(laid(columns)).texts].count("金额") == 2


def test_heads_without_groups_have_one_tier() -> None:
    plain = tuple(Column(column.head, column.align) for column in COLUMNS)
    assert head_of(laid(plain)).height < head_of(laid()).height
    assert not head_of(laid(plain)).rules


def test_a_long_group_wraps_over_its_columns() -> None:
    name = "上级转移支付和村集体自筹以及一事一议筹资筹劳资金合计金额"
    columns = (Column("甲", Align.AMOUNT, name), Column("乙", Align.AMOUNT, name), *COLUMNS[2:])
    head = head_of(laid(columns, preset=Preset.SLIP))
    assert name in "".join(text.text for text in head.texts)


def test_heads_deeper_than_half_a_page_are_not_repeated_and_not_lost() -> None:
    deep = "村" * 700
    columns = (Column(deep, group="组"), *COLUMNS[1:])
    layout = laid(columns, count=60, preset=Preset.SLIP)
    shown = "".join(text.text for page in layout.pages for _, box in page for text in box.texts)
    assert shown.count("村") == 700
    assert shown.count("张桂香") == 60
