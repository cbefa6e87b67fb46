"""The township's side: its villages at a glance, verdicts on what they sent."""
