"""One model for every list: ids in the order SQL gave, rows fetched near the viewport, a few pages kept."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from villagedesk.ui.theme import Colour, Tone, ink

PAGE = 200
"""Rows fetched at once."""
KEPT = 12
"""Pages kept in memory."""

TONE_ROLE = Qt.ItemDataRole.UserRole + 1
Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex


class ListSource(Protocol[Row]):
    """Where a list comes from. Sorting and filtering are the source's work, in SQL."""

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[Any]:
        """Return the ids that match, in order: an ``array('q')`` of rowids, or a list of record ids.

        A list that knows its beginning before its length (``storage.longlist``) is shown at once, read beside the
        window and counted then.
        ``filter_text`` is "" for everything; ``sort_key`` is a column's key, or "" for the list's own order.
        """

    def rows(self, ids: Sequence[Any]) -> list[Row]:
        """Return one row for each id, in the same order. At most a few hundred are asked for at a time."""


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column as data.

    ``width`` is in pixels at 100 % text; 0 takes the room that is left (give it to one or two columns).
    ``tone`` makes the cell a badge: icon, word and colour. ``sortable`` needs the source to know the key.
    A ``spare`` column is left out where there is no room for it (large type, narrow window). ``faint`` tells of which
    rows the cell stands back, such as an amount that does not count.
    """

    key: str
    head: str
    text: Callable[[Row], str]
    width: int = 0
    align: str = "left"
    tone: Callable[[Row], Tone] | None = None
    sortable: bool = True
    spare: bool = False
    faint: Callable[[Row], bool] | None = None


class RowModel(QAbstractTableModel, Generic[Row]):
    """Shows a ListSource. Nothing but ids and a few pages of rows is held, however long the list is."""

    def __init__(self, columns: Sequence[Column[Row]], source: ListSource[Row], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._source = source
        self._ids: Sequence[Any] = ()
        self._count = 0
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()

    def load(self, filter_text: str = "", sort_key: str = "", descending: bool = False) -> None:
        """Ask the source again, and show what it finds."""
        self.show(self.ask(filter_text, sort_key, descending))

    def ask(self, filter_text: str = "", sort_key: str = "", descending: bool = False) -> Sequence[Any]:
        """Ask the source again, and show nothing else yet."""
        return self._source.ids(filter_text, sort_key, descending)

    def show(self, ids: Sequence[Any]) -> None:
        """Show what the source found."""
        self.beginResetModel()
        self._ids = ids
        self._count = len(ids) if getattr(ids, "is_whole", True) else ids.known  # type: ignore[attr-defined]
        self._pages.clear()
        self.endResetModel()

    @property
    def ids(self) -> Sequence[Any]:
        """The ids that are shown."""
        return self._ids

    @property
    def is_whole(self) -> bool:
        """Whether all rows are there, not only the first ones of a long list."""
        return bool(getattr(self._ids, "is_whole", True)) and self._count == len(self._ids)

    @staticmethod
    def begins_within(ids: Sequence[Any], row: int) -> bool:
        """Tell whether a row lies where a list is known already; in one that is whole each does."""
        return bool(getattr(ids, "is_whole", True)) or row < ids.known  # type: ignore[attr-defined]

    def complete(self, whole: Any = None) -> None:
        """Let all rows of a long list be there, which are in ``whole`` or read now; those shown are asked for again.

        Where they do not begin as was shown, the list is shown anew.
        """
        if self.is_whole:
            return
        begun = list(self._ids[: self._count])
        if whole is not None:
            self._ids.take(whole)  # type: ignore[attr-defined]
        count = len(self._ids)
        if list(self._ids[: len(begun)]) != begun:
            self.show(self._ids)
            return
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()
        self._pages.clear()
        self.dataChanged.emit(self.index(0, 0), self.index(count - 1, len(self.columns) - 1))

    def id_at(self, row: int) -> Any:
        """Return the id of a row."""
        return self._ids[row]

    def row_of(self, wanted: object) -> int:
        """Return the row of an id, or -1; of a long list that is not whole yet, among the rows that are there."""
        try:
            return (self._ids if self.is_whole else self._ids[: self._count]).index(wanted)
        except ValueError:
            return -1

    def row_at(self, row: int) -> Row:
        """Return the row's record, fetching its page if need be."""
        page, place = divmod(row, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            rows = self._source.rows(self._ids[page * PAGE : (page + 1) * PAGE])
            self._pages[page] = rows
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(page)
        return rows[place]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many rows match."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, alignment, tone or font."""
        if not index.isValid() or not 0 <= index.row() < self._count:
            return None
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(self.row_at(index.row()))
        if role == Qt.ItemDataRole.ToolTipRole:
            text = column.text(self.row_at(index.row()))
            return text if len(text) > 8 else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column.align)
        if role == TONE_ROLE:
            return column.tone(self.row_at(index.row())) if column.tone else None
        if role == Qt.ItemDataRole.ForegroundRole and column.tone:
            return QColor(ink(column.tone(self.row_at(index.row()))))
        if role == Qt.ItemDataRole.ForegroundRole and column.faint and column.faint(self.row_at(index.row())):
            return QColor(Colour.SOFT)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's head and its alignment."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].head
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section].align)
        return None


def _alignment(align: str) -> Qt.AlignmentFlag:
    sides = {"left": Qt.AlignmentFlag.AlignLeft, "right": Qt.AlignmentFlag.AlignRight}
    return sides.get(align, Qt.AlignmentFlag.AlignHCenter) | Qt.AlignmentFlag.AlignVCenter
