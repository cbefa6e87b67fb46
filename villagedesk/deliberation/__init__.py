"""How villagers decide: scoring, meetings, votes, resolutions."""
