"""Objections to notices: registered with a number, answered within their days, the answer a sheet of its own."""
