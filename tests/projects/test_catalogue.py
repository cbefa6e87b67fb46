import pytest

from villagedesk.projects.catalogue import CLASSES, class_name, code_of, items_of


def test_there_are_four_classes_with_their_sub_items() -> None:
    assert [(service.code, service.name, len(service.items)) for service in CLASSES] == [
        ("1", "农村基础设施和环境", 10),
        ("2", "农业生产服务", 9),
        ("3", "农村生活服务", 5),
        ("4", "农村社会管理", 8),
    ]


def test_every_sub_item_belongs_to_one_class_only() -> None:
    items = [item for service in CLASSES for item in service.items]
    assert len(items) == len(set(items))
    assert all(item in items_of(code_of(item)) for item in items)


def test_a_class_is_named_by_its_code() -> None:
    assert class_name("4") == "农村社会管理"
    assert items_of("9") == ()
    with pytest.raises(KeyError):
        class_name("9")
