"""Numbers of villagers are found however they are typed, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.disclosure.personal import MASK, Register, bare, masked, numbers_in
from villagedesk.storage.desk import Desk
from villagedesk.village.profile import load

NOBODY = Register({})
KNOWN = ("13800001111", "510322196503021428", "6217001234567890123", "51032219650302142X", "08136209876")
REGISTER = Register.of(
    {"0813-6209876": "电话", "510322196503021428": "身份证号", "6217001234567890123": "账号", "13800001111": "电话",
     "51032219650302142x": "身份证号", "123": "电话"},
    "0813-6200001",
)  # fmt: skip
INVOICE = "25127000000012345678"
FIGURES = ("0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
PARTING = st.text(" \t\n\r\u3000\xa0\u200b-－—–_．.，,·、/（）", max_size=3)


def found(text: str, register: Register = NOBODY) -> list[str]:
    return [f"{number.what} {number.digits}" for number in numbers_in(text, register)]


def test_numbers_are_found_with_blanks_strokes_and_full_width_figures() -> None:
    assert found("卡6217 0012 3456 7890 123，电话138-0000-1111") == ["账号 6217001234567890123", "电话 13800001111"]
    assert found("证５１０３２２１９６５０３０２１４２８") == ["身份证号 510322196503021428"]
    assert found("证51032219650302142X") == ["身份证号 51032219650302142X"]
    assert found("证51032219650302142x") == ["身份证号 51032219650302142X"]
    assert found("打+8613800001111") == ["电话 8613800001111"]


def test_sums_dates_and_document_numbers_are_not_taken_for_numbers() -> None:
    for text in (
        "金额1,234,567.89元",
        "自2026-04-08至2026-04-17",
        "荣财农〔2026〕1号",
        "电话0813-6200001",
        "项目编号20260001",
        "9,999,999,999.99",
    ):
        assert not found(text), text
        assert not found(text, REGISTER), text


def test_the_allowed_number_is_let_through() -> None:
    assert not found("13800001111", Register.of({"13800001111": "电话"}, "138-0000-1111"))


def test_an_invoice_of_the_books_is_no_account_unless_a_villager_has_it() -> None:
    assert found(f"发票{INVOICE}") == [f"账号 {INVOICE}"]
    assert not found(f"发票{INVOICE}", Register.of({}, "", [INVOICE]))
    assert not found("发票2512 7000 0000 1234 5678", Register.of({}, "", [INVOICE]))
    assert found(f"发票{INVOICE}", Register.of({INVOICE: "账号"}, "", [INVOICE])) == [f"账号 {INVOICE}"]


def test_masking_takes_out_the_number_and_leaves_the_words() -> None:
    assert masked("请打13800001111找张䶮，或138 0000 2222。", NOBODY) == f"请打{MASK}找张䶮，或{MASK}。"
    assert masked("购买砂石30方", NOBODY) == "购买砂石30方"


@given(st.text(), st.sampled_from(["13800001111", "510322196503021428", "6217001234567890123"]), st.text())
def test_no_number_survives_masking_whatever_stands_around_it(before: str, number: str, after: str) -> None:
    text = f"{before}，{number}，{after}"
    assert number not in bare(masked(text, NOBODY)) or number in bare(f"{before}，") or number in bare(f"，{after}")


@given(st.sampled_from(KNOWN), st.data(), st.text(max_size=12), st.text(max_size=12))
def test_no_number_of_the_register_survives_however_it_is_parted(
    number: str, data: st.DataObject, before: str, after: str
) -> None:
    signs = PARTING if len(number) >= 11 else st.text(" \n-", max_size=2)
    figures = data.draw(st.sampled_from(FIGURES))
    parted = "".join(
        data.draw(signs) + (figures[int(figure)] if figure.isdigit() else data.draw(st.sampled_from("xXＸ")))
        for figure in number
    )
    clean = masked(f"{before}{parted}{after}", REGISTER)
    assert MASK in clean
    assert numbers_in(clean, REGISTER) == []
    assert number not in bare(clean)


def test_a_number_of_the_register_is_found_whatever_its_shape() -> None:
    assert found("请打08136209876", REGISTER) == ["电话 08136209876"]
    assert found("请打0813-6200001", REGISTER) == []
    assert found("电话加分机0813-6209876-801", REGISTER) == ["电话 08136209876801"]
    assert found("123号", REGISTER) == []


def test_a_known_number_is_cut_out_and_the_words_around_it_stay() -> None:
    assert masked("证号51 03 22 19 65 03 02 14 28，已核对", REGISTER) == f"证号{MASK}，已核对"
    assert masked("TEL13800001111", REGISTER) == f"TEL{MASK}"
    assert masked("138.0000.1111或138/0000/1111", REGISTER) == f"{MASK}或{MASK}"


def test_a_number_within_free_text_of_the_register_is_known() -> None:
    assert found("08136201234", Register.of({"打0813-6201234，晚上在家": "电话"}, "")) == ["电话 08136201234"]


def test_every_personal_column_of_the_dictionary_has_its_line_in_the_policy(desk: Desk) -> None:
    personal = {f"{table}.{column}" for table, rule in desk.table_rules.items() for column in rule.personal}
    policy = [column for rule in load().personal for column in rule.columns]
    assert sorted(personal) == sorted(policy)
    assert personal


def test_the_policy_names_columns_that_are_there(desk: Desk) -> None:
    for rule in load().personal:
        for table, column in (each.split(".") for each in rule.columns):
            assert desk.value("SELECT 1 FROM pragma_table_info(?) WHERE name = ?", [table, column]), rule.what


@pytest.mark.parametrize("what", ["身份证号", "账号", "电话"])
def test_each_sort_of_number_has_its_own_mask(what: str) -> None:
    (rule,) = [rule for rule in load().personal if rule.what == what]
    assert rule.shapes
    assert REGISTER.mask_of(what) == rule.mask
