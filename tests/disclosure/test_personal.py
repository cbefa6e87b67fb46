"""Numbers of villagers are found however they are typed, and nothing else is taken for one."""

from hypothesis import given
from hypothesis import strategies as st

from villagedesk.disclosure.personal import MASK, Register, bare, masked, numbers_in

NOBODY = Register({})
REGISTER = Register.of({"0813-6209876": "电话", "510322196503021428": "身份证号", "123": "电话"}, "0813-6200001")


def found(text: str, register: Register = NOBODY) -> list[str]:
    return [f"{number.what} {number.digits}" for number in numbers_in(text, register)]


def test_numbers_are_found_with_blanks_strokes_and_full_width_figures() -> None:
    assert found("卡6217 0012 3456 7890 123，电话138-0000-1111") == ["账号 6217001234567890123", "手机号 13800001111"]
    assert found("证５１０３２２１９６５０３０２１４２８") == ["身份证号 510322196503021428"]
    assert found("证51032219650302142X") == ["身份证号 51032219650302142X"]


def test_sums_dates_and_document_numbers_are_not_taken_for_numbers() -> None:
    for text in (
        "金额1,234,567.89元",
        "自2026-04-08至2026-04-17",
        "荣财农〔2026〕1号",
        "电话0813-6200001",
        "项目编号20260001",
    ):
        assert not found(text), text


def test_the_allowed_number_is_let_through() -> None:
    assert not found("13800001111", Register.of({"13800001111": "电话"}, "138-0000-1111"))


def test_masking_takes_out_the_number_and_leaves_the_words() -> None:
    assert masked("请打13800001111找张䶮，或138 0000 2222。", NOBODY) == f"请打{MASK}找张䶮，或{MASK}。"
    assert masked("购买砂石30方", NOBODY) == "购买砂石30方"


@given(st.text(), st.sampled_from(["13800001111", "510322196503021428", "6217001234567890123"]), st.text())
def test_no_number_survives_masking_whatever_stands_around_it(before: str, number: str, after: str) -> None:
    text = f"{before}，{number}，{after}"
    assert number not in bare(masked(text, NOBODY)) or number in bare(f"{before}，") or number in bare(f"，{after}")


def test_a_number_of_the_register_is_found_whatever_its_shape() -> None:
    assert found("请打08136209876", REGISTER) == ["电话 08136209876"]
    assert found("请打0813-6200001", REGISTER) == []
    assert found("电话加分机0813-6209876-801", REGISTER) == ["电话 08136209876801"]
    assert found("123号", REGISTER) == []


def test_where_a_known_number_cannot_be_cut_out_the_whole_text_goes() -> None:
    assert masked("证号51 03 22 19 65 03 02 14 28", REGISTER) == MASK
    assert masked("TEL13800001111", REGISTER) == f"TEL{MASK}"
