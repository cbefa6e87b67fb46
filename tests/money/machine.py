"""A machine that does to a village's money whatever people do, in any order, by anybody, with deaths in between.

Each room of ``deeds`` holds the rules of one theme and stands on the one before it: funds, claims, contracts, cash, pay,
sheets, notices, months.
"""

from tests.money.deeds.months import Months


class MoneyMachine(Months):
    """Every use-case that moves money, tells of it or shuts it away, as rules."""
