"""What every paper of an office carries: who issues it, and 练习 across it in the practice village."""

from villagedesk.village.model import Office, OfficeKind


def issuer(office: Office) -> str:
    """Return the issuing body: 青山村村民委员会, 双石镇人民政府."""
    return f"{office.name}村民委员会" if office.kind is OfficeKind.VILLAGE else f"{office.name}人民政府"


def watermark(office: Office) -> str:
    """Return what stands pale across each page: 练习 for the practice village, else nothing."""
    return "练习" if office.is_practice else ""
