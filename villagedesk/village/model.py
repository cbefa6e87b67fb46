"""The village's own records: office, officers, households, people, bodies, funds."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from villagedesk.kernel.records import Record, VillageRecord


class OfficeKind(StrEnum):
    """Whose desk it is."""

    VILLAGE = "village"
    TOWNSHIP = "township"


class Purse(StrEnum):
    """Where money lies that can be paid out: in the bank or in the cash box."""

    BANK = "bank"
    CASH = "cash"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return {"bank": "银行存款", "cash": "库存现金"}[self]


class Role(StrEnum):
    """What an officer is for; each use-case names the roles that may do it."""

    ACCOUNTANT = "accountant"
    HEAD = "head"
    FINANCE_GROUP = "finance_group"
    SUPERVISION = "supervision"
    CLERK = "clerk"
    LEADER = "leader"

    @property
    def label(self) -> str:
        """The Chinese name of the role."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.ACCOUNTANT: "村会计",
    Role.HEAD: "村主要负责人",
    Role.FINANCE_GROUP: "民主理财小组",
    Role.SUPERVISION: "监督小组",
    Role.CLERK: "乡镇财政所",
    Role.LEADER: "乡镇主要领导",
}

SOURCES = ("中央补助", "省级补助", "市级补助", "县级补助", "村集体", "一事一议筹资", "社会捐赠")
"""Where money may come from, in the order of the books (domain: 专账)."""

GRANTS = tuple(source for source in SOURCES if source.endswith("补助"))
"""Where money comes from above, by a numbered document (文号); what the village raises itself, a meeting decides."""

OWNERS = ("村民委员会", "农村集体经济组织")
"""Whose money it is."""

OWNER_MARKS = {"村民委员会": "", "农村集体经济组织": "（集体经济组织）"}
"""What stands behind a fund's name, so that the money of two owners never reads the same; the committee's is plain."""

BODIES = (
    "村委会", "议事会", "村民代表会议", "村民会议", "村民小组会议", "党员大会",
    "民主理财小组", "质量监督小组", "村务监督委员会",
)  # fmt: skip
"""The bodies of a village. 村民小组会议 stands for every team's meeting; the meeting's number says which team met."""

RESOLVING_BODIES = ("村民代表会议", "村民会议")
"""The bodies whose passed motion resolves a project (村民委员会组织法: 村民会议、村民代表会议讨论决定)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCard(Record):
    """Which office this desk belongs to. ``public_key`` is its Ed25519 key in hexadecimal.

    ``restored_from`` is the id of the desk a backup of which this one was laid out from; "" for none.
    """

    table: ClassVar[str] = "desks"

    office_id: str
    kind: OfficeKind
    public_key: str
    restored_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(VillageRecord):
    """A village or a township. ``code`` has 12 digits (villages) or 9 (townships); contact and phone are printed.

    ``chain`` names the profile's sign-off chain by which new claims go.
    """

    table: ClassVar[str] = "offices"

    kind: OfficeKind = OfficeKind.VILLAGE
    name: str
    code: str
    township: str = ""
    households: int = 0
    population: int = 0
    contact: str = ""
    phone: str = ""
    is_practice: bool = False
    chain: str = "standard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer(VillageRecord):
    """Somebody who may act on this desk."""

    table: ClassVar[str] = "officers"

    name: str
    role: Role
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential(Record):
    """How an officer proves who they are. ``verifier`` and ``salt`` are hexadecimal; see ``village/secrets.py``."""

    table: ClassVar[str] = "credentials"

    officer_id: str
    salt: str
    verifier: str
    wrapped_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Household(VillageRecord):
    """A household: its number in the register and its team (村民小组)."""

    table: ClassVar[str] = "households"

    number: str
    team: str
    head_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(VillageRecord):
    """A villager. Id, account and phone never reach the board."""

    table: ClassVar[str] = "people"

    household_id: str
    name: str
    initials: str
    relation: str
    sex: str
    id_number: str
    born_on: date
    phone: str = ""
    account: str = ""
    bank: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(VillageRecord):
    """A body of the village; ``kind`` is one of BODIES."""

    table: ClassVar[str] = "bodies"

    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(VillageRecord):
    """A member of a body with duty (组长, 成员 …) and term."""

    table: ClassVar[str] = "memberships"

    body_id: str
    name: str
    duty: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship(VillageRecord):
    """``relative`` is a close relative of ``holder``, who holds an office: neither checks nor is quietly paid by."""

    table: ClassVar[str] = "kinships"

    holder: str
    relative: str
    relation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund(VillageRecord):
    """The money of one year, source and owner (专账). ``planned_fen`` is what the document grants."""

    table: ClassVar[str] = "funds"

    year: int
    source: str
    owner: str = OWNERS[0]
    planned_fen: int
    document: str = ""

    @property
    def name(self) -> str:
        """What the fund is called within its year: 县级补助, 村集体（集体经济组织）."""
        return f"{self.source}{OWNER_MARKS.get(self.owner, '')}"

    @property
    def label(self) -> str:
        """What the fund is called everywhere: 2026年县级补助; no two of a village's funds are called the same."""
        return f"{self.year}年{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival(VillageRecord):
    """Money of a fund that really arrived, or, with a negative amount, the red reversal of such an entry.

    ``number`` counts the receipts of a year; 0 = from before they were numbered.
    """

    table: ClassVar[str] = "arrivals"
    series: ClassVar[str] = "收款凭证"

    fund_id: str
    arrived_on: date
    amount_fen: int
    document: str = ""
    year: int = 0
    number: int = 0
    reverses_id: str | None = None
    reason: str = ""

    @property
    def label(self) -> str:
        """The receipt's number as written: 收款凭证2026年第3号; "" for one from before they were numbered."""
        return f"{self.series}{self.year}年第{self.number}号" if self.number else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening(VillageRecord):
    """What a fund began with: carried from an earlier year's fund, or (``from_fund_id`` None) from older books.

    A negative amount takes such an entry back.
    """

    table: ClassVar[str] = "openings"

    fund_id: str
    opened_on: date
    amount_fen: int
    from_fund_id: str | None = None
    document: str = ""
    reverses_id: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import(VillageRecord):
    """A foreign file that was taken in as it came, with how its columns were read.

    ``shape`` is the digest of its heads: the next file of the same shape is read the same way. ``mapping`` is JSON.
    """

    table: ClassVar[str] = "imports"

    kind: str
    file_name: str
    attachment_id: str
    shape: str
    mapping: str
    count: int
    made_by: str
    is_undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo(VillageRecord):
    """A photo about a record, kept as an attachment. ``taken_at`` is by the camera's clock, "" when it does not say."""

    table: ClassVar[str] = "photos"

    subject_table: str
    subject_id: str
    attachment_id: str
    taken_at: str = ""
    added_by: str
