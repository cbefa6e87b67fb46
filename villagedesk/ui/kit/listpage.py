"""A page that holds a list and lays a record over it: what such pages do alike, from opening a row to going back."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, Generic

from PySide6.QtGui import QAction

from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.page import Context, Page
from villagedesk.ui.kit.rows import Row
from villagedesk.ui.kit.table import Listing


class ListPage(Page, Generic[Row]):
    """A list, and over it the record of a row. Subclasses call ``show_list`` and lay the record in ``show_record``."""

    list: Listing[Row]
    is_record_fixed = False
    """Whether an open record stays as it is when the desk changed."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.shown = ""
        """The id of the record that is open, "" for none; it stays while a form lies over the record."""

    @property
    def record(self) -> str:
        """The id of the record that is open."""
        return self.shown

    @abstractmethod
    def show_record(self, record_id: str) -> None:
        """Lay a record over the list, with its title and its actions; one that is not there any more is left alone."""

    def show_list(self, listing: Listing[Row], actions: Sequence[QAction] = ()) -> None:
        """Lay the list: a row opens by Enter, a double click and its menu."""
        self.list = listing
        listing.opened.connect(self.open_row)
        listing.set_menu([action(self, "打开", lambda: self.open_row(listing.current_id()), icon="eye")])
        self.show_first(listing, actions)

    def open_row(self, row_id: Any) -> None:
        """Show the record of a row; of none, nothing."""
        self.open(row_id)

    def refresh(self, changed: frozenset[str] | None) -> None:
        """Ask for the list again, and for the record that is open."""
        del changed
        self.list.reload()
        if self.shown and self.steps_in == 1 and not self.is_record_fixed:
            self.open(self.shown)

    def look_at(self, record: str) -> None:
        """Show a record that another page pointed at."""
        self.open(record)

    def open(self, record_id: str | None) -> None:
        """Show a record; what lay over the list goes."""
        if record_id is None:
            return
        while self.steps_in and self.back(ask=False):
            pass
        self.show_record(record_id)
        self.shown = record_id if self.steps_in else ""

    def back(self, *, ask: bool = True) -> bool:
        """Take the top away; with the record its id is forgotten."""
        went = super().back(ask=ask)
        if went and self.steps_in == 0:
            self.shown = ""
        return went
