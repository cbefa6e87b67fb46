"""How a person's numbers are shown on the screen: only their ends."""


def tail(number: str) -> str:
    """Return what is shown of an id, an account or a phone: ``"尾号 5305"``; "" for none."""
    return f"尾号 {number[-4:]}" if number else ""
