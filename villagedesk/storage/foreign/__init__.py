"""Foreign sheets as they come: CSV in any encoding, .xls, .xlsx, a bank's text; opened, their heads found, read."""

from villagedesk.storage.foreign.book import Book, open_book, read_bytes, read_grid
from villagedesk.storage.foreign.cells import Cell, is_blank, plain, squeezed, text
from villagedesk.storage.foreign.grid import Grid

__all__ = ["Book", "Cell", "Grid", "is_blank", "open_book", "plain", "read_bytes", "read_grid", "squeezed", "text"]
