"""Closed months: what must be seen to first, the closing by two people, and opening again with the township's word."""
