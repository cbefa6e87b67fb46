"""What a score is worth in money: the arithmetic of bands, exact to the fen."""

from fractions import Fraction

from villagedesk.village.workrules import BandRule


def band_of(score: int, rule: BandRule) -> Fraction:
    """Return the share of the whole that a score from 0 to 100 is worth by a rule's bands."""
    return rule.ratio(score)


def times(fen: int, ratio: Fraction) -> int:
    """Return an amount times a share in whole fen, half a fen rounded up."""
    return (2 * fen * ratio.numerator + ratio.denominator) // (2 * ratio.denominator)
