"""A long title is broken evenly and between words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.reports.fonts import Style
from villagedesk.reports.setting import Text, balanced
from villagedesk.reports.titles import title_lines


def broken(title: str, room: float = 20) -> list[str]:
    return [Text(0, 0, 1, line).text for line in title_lines(title, Style.TITLE, room)]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("青山村报账单", ["青山村报账单"]),
        (
            "关于印发《青山村农村公共服务运行维护项目资金管理办法（试行）》的通知",
            ["关于印发《青山村农村公共服务运行维护", "项目资金管理办法（试行）》的通知"],
        ),
        (
            "关于青山村2026年第三季度农村公共服务运行维护项目资金使用情况的公示",
            ["关于青山村2026年第三季度农村公共服务", "运行维护项目资金使用情况的公示"],
        ),
        (
            "青山村村民委员会关于2026年村民代表会议第2次会议表决结果的公示",
            ["青山村村民委员会关于2026年", "村民代表会议第2次会议表决结果的公示"],
        ),
        (
            "青山村村民委员会关于村务公示〔2026〕4号的补充公告",
            ["青山村村民委员会关于", "村务公示〔2026〕4号的补充公告"],
        ),
        ("双石镇青山村村民委员会\n公示", ["双石镇青山村村民委员会", "公示"]),
    ],
)
def test_titles_break_between_words(title: str, lines: list[str]) -> None:
    assert broken(title) == lines


@given(
    st.text(st.sampled_from("关于青山村农村公共服务运行维护的公示《》（）2026年"), min_size=1, max_size=90),
    st.floats(8, 24),
)
def test_no_character_is_lost_and_no_line_is_added(title: str, room: float) -> None:
    assert "".join(broken(title, room)) == title
    assert len(broken(title, room)) == len(balanced(title, Style.TITLE, room))
