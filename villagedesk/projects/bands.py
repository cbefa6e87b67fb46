"""What a score is worth in money: the arithmetic of parts and bands, exact to the fen and told aloud."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import yuan
from villagedesk.projects.model import Contract
from villagedesk.village.workrules import BandRule, in_percent

_BY_CONTRACT = "按合同和检查考核结果付款"


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be paid of one part of a fee, in fen; ``arithmetic`` is the sentence anybody can recount.

    ``ratio`` is the share of the part the score is worth, ``due_fen`` the part times it; ``least_fen`` is what written
    deductions leave of it at least, where the bands say so.
    """

    part_fen: int
    ratio: Fraction
    due_fen: int
    least_fen: int
    arithmetic: str

    @property
    def withheld_fen(self) -> int:
        """What the score costs."""
        return self.part_fen - self.due_fen


def band_of(score: int, rule: BandRule) -> Fraction:
    """Return the share of the whole that a score from 0 to 100 is worth by a rule's bands."""
    return rule.ratio(score)


def times(fen: int, ratio: Fraction) -> int:
    """Return an amount times a share in whole fen, half a fen rounded up."""
    return (2 * fen * ratio.numerator + ratio.denominator) // (2 * ratio.denominator)


def parts_of(amount_fen: int, cycles: int) -> tuple[int, ...]:
    """Return a sum in equal parts that add up to it; the fen that cannot be shared out go to the last."""
    each = amount_fen // cycles
    return (*(each,) * (cycles - 1), amount_fen - each * (cycles - 1))


def payment_due(amount_fen: int, score: int | None, rule: BandRule, *, cycles: int = 1, place: int = 1) -> Due:
    """Return what is due of part ``place`` of a sum that is paid in ``cycles`` parts, after a visit's ``score``.

    Without a score, or by a rule without bands, the part is due in full.
    """
    part = parts_of(amount_fen, cycles)[place - 1]
    band = rule.band(score) if score is not None else None
    ratio = rule.of_whole(band.ratio) if band else Fraction(1)
    due = times(part, ratio)
    least = times(part, rule.of_whole(band.lowest)) if band and band.lowest is not None else 0
    words = (_part_words(amount_fen, cycles, place, part), _score_words(part, score, rule, ratio, due))
    return Due(part, ratio, due, least, f"{'；'.join(words)}；应付{yuan(due)}元。")


def is_whole(contract: Contract) -> bool:
    """Tell whether a contract says nothing of parts and bands: it is paid in any pieces, up to its sum."""
    return contract.cycles == 1 and not contract.bands


def rest_due(contract: Contract, claimed_fen: int) -> Due:
    """Return what may still be asked for of a contract that is paid in any pieces."""
    rest = max(contract.amount_fen - claimed_fen, 0)
    told = f"合同金额{yuan(contract.amount_fen)}元，前面已经报了{yuan(claimed_fen)}元，还能报{yuan(rest)}元。"
    return Due(rest, Fraction(1), rest, 0, told)


def kept_within(due: Due, left_fen: int) -> Due:
    """Return what is due of a part when no more than ``left_fen`` of the contract's sum is unclaimed."""
    left = max(left_fen, 0)
    if due.due_fen <= left:
        return due
    told = f"{due.arithmetic}合同金额里只剩{yuan(left)}元没有报，最多付{yuan(left)}元。"
    part = due.part_fen - due.due_fen + left
    return replace(due, part_fen=part, due_fen=left, least_fen=min(due.least_fen, left), arithmetic=told)


def within_due(contract: Contract, due: Due, amount_fen: int, parts: int, claimed_fen: int) -> Iterator[Finding]:
    """A claim on a contract asks for what its next part is due by the score: no more, and less only with a reason.

    ``parts`` and ``claimed_fen`` are what is claimed or paid already; no part is claimed twice. Of a contract that says
    nothing of parts and bands only the whole sum is kept. A recorded decision lets more pass.
    """
    place, left = f"projects:{contract.project_id}", contract.amount_fen - claimed_fen
    if is_whole(contract):
        if amount_fen > left:
            message = (
                f"{contract.party}的合同{yuan(contract.amount_fen)}元，已经报了{yuan(claimed_fen)}元，"
                f"还能报{yuan(max(left, 0))}元，这一笔是{yuan(amount_fen)}元。"
            )
            yield Finding("projects.over_due", message, "amount_fen", _BY_CONTRACT, place=place, can_be_decided=True)
    elif parts >= contract.cycles:
        message = f"{contract.party}的合同约定分{contract.cycles}期付，已经报了{parts}期，没有下一期了。"
        yield Finding("projects.over_due", message, "contract_id", _BY_CONTRACT, place=place, can_be_decided=True)
    elif amount_fen > due.due_fen:
        message = f"这一笔{yuan(amount_fen)}元，比按合同算的多{yuan(amount_fen - due.due_fen)}元。{due.arithmetic}"
        yield Finding("projects.over_due", message, "amount_fen", _BY_CONTRACT, place=place, can_be_decided=True)
    elif amount_fen < due.due_fen:
        yield from _deducted(contract, due, amount_fen)


def _deducted(contract: Contract, due: Due, amount_fen: int) -> Iterator[Finding]:
    """What is claimed less than due is a deduction (扣款): it leaves what the bands say, and somebody says why."""
    less = due.due_fen - amount_fen
    told = f"这一笔{yuan(amount_fen)}元，比按合同算的少{yuan(less)}元。{due.arithmetic}"
    if amount_fen < due.least_fen:
        most = yuan(due.due_fen - due.least_fen)
        message = f"{told}这一档扣款最多{most}元，至少付{yuan(due.least_fen)}元。"
        yield Finding("projects.deduction", message, "amount_fen", _BY_CONTRACT, can_be_decided=True)
    else:
        agreed = f"（合同约定：{contract.deductions}）" if contract.deductions else ""
        message = f"{told}是扣款的，请写明扣了什么{agreed}；这一期不能再补报。"
        yield Finding("projects.deduction", message, "amount_fen", _BY_CONTRACT, Severity.WARNING)


def ratio_words(score: int, rule: BandRule) -> str:
    """Return how a score comes to its share: 得85分，按“合格”付90%."""
    if not rule.key:
        return f"得{score}分，{rule.source}"
    band, ratio = rule.band(score), rule.ratio(score)
    if not rule.fixed:
        return f"得{score}分，按“{band.name}”付{in_percent(ratio)}"
    fixed, rest = in_percent(rule.fixed), in_percent(1 - rule.fixed)
    return f"得{score}分，{fixed}固定，另{rest}按“{band.name}”付{in_percent(band.ratio)}，共{in_percent(ratio)}"


def _part_words(amount_fen: int, cycles: int, place: int, part: int) -> str:
    if cycles == 1:
        return f"应付基数{yuan(part)}元"
    each = amount_fen // cycles
    words = f"第{place}期：{yuan(amount_fen)}元÷{cycles}期＝{yuan(each)}元"
    if part != each:
        words += f"，除不尽的{yuan(part - each)}元并入最后一期，共{yuan(part)}元"
    return words if amount_fen % cycles == 0 or part != each else f"{words}（尾数并入最后一期）"


def _score_words(part: int, score: int | None, rule: BandRule, ratio: Fraction, earned: int) -> str:
    if score is None:
        return "还没有检查得分，按全额算" if rule.key else "不按得分，全额"
    if not rule.key:
        return ratio_words(score, rule)
    return f"{ratio_words(score, rule)}：{yuan(part)}元×{in_percent(ratio)}＝{yuan(earned)}元"
