"""A channel is data: it says where it comes from, holds only what a file can hold, and one that is wrong is refused."""

import tomllib
from datetime import date
from typing import Any

import pytest

from villagedesk.kernel.places import own_file
from villagedesk.payroll.bank import FILLINGS, committee
from villagedesk.payroll.channels import DEFAULT, FileKind, channel, channels, parse
from villagedesk.village.roster import HEADS


def a_text(**facts: Any) -> dict[str, Any]:
    written = own_file("resources/channels/bank_text.toml").read_text("utf-8")
    return {**tomllib.loads(written), **facts}


def test_the_one_card_platforms_roster_stands_first_with_its_17_columns() -> None:
    first = channels()[0]
    assert (first.key, first.kind) == (DEFAULT, FileKind.XLS)
    assert tuple(column.head for column in first.columns) == HEADS


@pytest.mark.parametrize("key", [one.key for one in channels()])
def test_every_channel_says_its_source_and_holds_what_a_file_can_hold(key: str) -> None:
    one = channel(key)
    assert one.source
    assert one.as_of >= date(2026, 1, 1)
    assert all(column.holds in {*FILLINGS, "text"} for column in one.columns)
    assert {"account", "amount", "payee_name"} <= {column.holds for column in one.columns}
    assert not any(column.is_number for column in one.columns if column.holds in ("account", "amount", "payee_id"))


@pytest.mark.parametrize(
    "facts", [{"kind": "pdf"}, {"encoding": "mars"}, {"separator": "||"}, {"columns": [{"head": "账号"}]}]
)
def test_a_channel_that_is_wrong_is_refused(facts: dict[str, Any]) -> None:
    with pytest.raises((ValueError, LookupError, TypeError)):
        parse("mine", a_text(**facts))


def test_in_the_platforms_roster_nobody_stands_twice() -> None:
    assert [one.key for one in channels() if one.one_row_each] == [DEFAULT]


def test_an_unknown_channel_is_no_channel() -> None:
    with pytest.raises(KeyError):
        channel("../../etc/passwd")


def test_a_community_has_another_committee_than_a_village() -> None:
    assert (committee("青山村"), committee("双石社区")) == ("青山村村民委员会", "双石社区居民委员会")
