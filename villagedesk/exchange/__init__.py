"""Signed packages between a village and its township, and the receipts that come back."""
