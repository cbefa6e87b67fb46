"""The four classes of public service and their sub-items, as the customer's handbook lists them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServiceClass:
    """A class of service: ``code`` "1"–"4", its name and its sub-items in their order."""

    code: str
    name: str
    items: tuple[str, ...]


CLASSES: tuple[ServiceClass, ...] = (
    ServiceClass(
        "1",
        "农村基础设施和环境",
        (
            "村内户外道路",
            "水利",
            "供水",
            "供电",
            "通讯",
            "互联网",
            "农村垃圾、污水集中处理",
            "农村客运",
            "邮政",
            "园林绿化",
        ),
    ),
    ServiceClass(
        "2",
        "农业生产服务",
        (
            "农业科技推广",
            "动植物疫病防控",
            "农产品流通",
            "农用生产资料供应",
            "农业信息化",
            "种养业良种服务",
            "农业资源与生态保护",
            "农村防灾减灾",
            "农村金融服务",
        ),
    ),
    ServiceClass(
        "3",
        "农村生活服务",
        (
            "广播电视“村村通”",
            "电影放映",
            "报刊图书阅览",
            "文体及健身活动",
            "文艺演出和展览",
        ),
    ),
    ServiceClass(
        "4",
        "农村社会管理",
        (
            "治安保卫",
            "环境卫生监督管理",
            "政策宣传",
            "法律咨询和援助",
            "农村土地规划管理",
            "建筑物建设管理",
            "传染病防控",
            "食品安全保障",
        ),
    ),
)

_BY_CODE: Mapping[str, ServiceClass] = {service.code: service for service in CLASSES}
_CODE_OF_ITEM: Mapping[str, str] = {item: service.code for service in CLASSES for item in service.items}


def class_name(code: str) -> str:
    """Return the name of a class. Raises KeyError for a code that is none."""
    return _BY_CODE[code].name


def items_of(code: str) -> tuple[str, ...]:
    """Return the sub-items of a class, none for an unknown code."""
    return _BY_CODE[code].items if code in _BY_CODE else ()


def code_of(item: str) -> str:
    """Return the code of the class a sub-item belongs to. Raises KeyError for an item that is not listed."""
    return _CODE_OF_ITEM[item]
