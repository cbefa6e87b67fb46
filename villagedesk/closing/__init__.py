"""Closing a month, and opening it again with the township's leave."""
