"""Amounts and small numbers in Chinese words, by the payment rules (支付结算办法 附一 正确填写票据和结算凭证的基本规定)."""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_SMALL = "零一二三四五六七八九"


def amount_in_words(fen: int) -> str:
    """Return an amount in words: 140950 → ``"人民币壹仟肆佰零玖元伍角"``; red amounts begin with 负.

    A 零 stands between 元 and 角 when the last digit before the point is zero (the first of the two forms
    the rules allow); 整 closes an amount that ends at 元.
    """
    whole, rest = divmod(abs(fen), 100)
    jiao, cents = divmod(rest, 10)
    words = f"{_whole_in_words(whole)}元" if whole else ""
    if not rest:
        words = f"{words or '零元'}整"
    elif jiao:
        gap = "零" if whole and whole % 10 == 0 else ""
        words += f"{gap}{_DIGITS[jiao]}角" + (f"{_DIGITS[cents]}分" if cents else "")
    else:
        words += ("零" if whole else "") + f"{_DIGITS[cents]}分"
    return f"人民币{'负' if fen < 0 else ''}{words}"


def small_number(number: int) -> str:
    """Return 0–99 as written in text: 3 → ``"三"``, 21 → ``"二十一"``."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _SMALL[ones]
    return ("" if tens == 1 else _SMALL[tens]) + "十" + (_SMALL[ones] if ones else "")


def _whole_in_words(whole: int) -> str:
    words = ""
    gap = False
    for group in range(len(_GROUPS) - 1, -1, -1):
        four = whole // 10_000**group % 10_000
        if not four:
            gap = bool(words)
            continue
        if words and (gap or four < 1_000):
            words += "零"
        words += _four_in_words(four) + _GROUPS[group]
        gap = False
    return words


def _four_in_words(four: int) -> str:
    words = ""
    gap = False
    for place in range(3, -1, -1):
        digit = four // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return words
