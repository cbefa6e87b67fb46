"""What was typed wide is made plain, and nothing else."""

from villagedesk.kernel.halfwidth import half_width


def test_figures_letters_and_marks_become_plain() -> None:
    assert half_width("１２，３４５．６７－Ａｂ／　！～") == "12,345.67-Ab/ !~"


def test_what_is_no_wide_form_of_a_key_stays() -> None:
    assert half_width("2026年4月5日。、￥½①⑴ａ") == "2026年4月5日。、￥½①⑴a"
