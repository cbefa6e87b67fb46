"""The page of deliberation: meetings with their votes, the council's ranking, the form of a meeting."""
