"""Deliberation: the council's scores, meetings with their roll, motions with their votes."""
