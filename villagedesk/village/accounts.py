"""Whose an account is: people of two households never share one, or one would get the other's money."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from villagedesk.kernel.findings import Finding
from villagedesk.village.model import Person
from villagedesk.village.rules import named

BASIS = "报酬通过一折通发给本人，不发现金"
_ADVICE = "请照存折核对：表上写错的改表，户册写错的先改户册。"


def tail(account: str) -> str:
    """Return an account as it is told to whoever has the paper beside it: 尾号3475."""
    return f"尾号{account[-4:]}" if account else "没有账号"


def strangers(person: Person, known: Iterable[Person]) -> list[str]:
    """Return who of those an account is known to belong to is of another household than a person."""
    return [one.name for one in known if one.household_id != person.household_id]


def misdirected(
    pay: Iterable[tuple[int, Person, str]], holders_of: Callable[[str], Sequence[Person]]
) -> Iterator[tuple[int, str]]:
    """Yield the rows whose money would reach another household, each with a sentence: (row, who is paid, account).

    The register gives the account to somebody of another household, or it stands beside people of two households.
    """
    first: dict[str, tuple[int, Person]] = {}
    for row, person, account in pay:
        if not account:
            continue
        if theirs := strangers(person, holders_of(account)):
            yield (
                row,
                f"“{person.name}”的账号（{tail(account)}）在户册里是{named(theirs)}的，不是同一户，钱会发给别人。{_ADVICE}",
            )
            continue
        at, other = first.setdefault(account, (row, person))
        if other.household_id != person.household_id:
            message = f"“{person.name}”和第{at}行“{other.name}”是同一个账号（{tail(account)}），不是同一户，钱会发给其中一个人。"
            yield row, message + _ADVICE


def own_accounts(
    pay: Iterable[tuple[int, Person, str]], holders_of: Callable[[str], Sequence[Person]]
) -> Iterator[Finding]:
    """Money goes to an account of the payee's own household and of nobody else's."""
    for _, message in misdirected(pay, holders_of):
        yield Finding("village.strangers_account", message, "account", BASIS)
