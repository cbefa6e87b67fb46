"""The village itself: its card, who may act, people and households, bodies, funds, and the rules it lives by."""
