"""Which claims still stand: what every question about them says the same of. SQL, about the claim ``c``."""

REVERSED = """EXISTS (
    SELECT 1 FROM vouchers v JOIN vouchers r ON r.reverses_id = v.id WHERE v.claim_id = c.id
       AND v.reverses_id IS NULL)"""
"""It was paid and its voucher reversed. A claim's voucher is found by its index: that one knows no red vouchers."""
LIVING = f"c.state NOT IN ('refused', 'withdrawn') AND NOT {REVERSED}"
"""It was neither refused, withdrawn nor reversed; a draft stands too."""
HANDED_IN = f"c.state <> 'draft' AND {LIVING}"
"""It stands and is no draft any more."""
