"""A list as people use it: a filter above, the rows, how many there are, and a friendly word when there are none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from villagedesk.ui.kit.badges import BadgeDelegate
from villagedesk.ui.kit.empty import Empty, EmptyView
from villagedesk.ui.kit.reading import Reading
from villagedesk.ui.kit.rows import Column, ListSource, Row, RowModel
from villagedesk.ui.kit.searchline import SearchLine
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import gap, line, px, styled

FILTER_PAUSE = 150
"""Milliseconds of silence after which typing in the filter asks the source."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of a list. ``name`` is what it lists (报账单), ``unit`` how one counts them (张)."""

    name: str
    unit: str = "条"
    find: str = "查找"
    empty: Empty = Empty("这里还没有内容")


class Listing(QWidget, Generic[Row]):
    """A list with filter, sorting, count and total, empty state, keyboard and context menu.

    Enter or a double click emits ``opened`` with the row's id; moving emits ``moved``. ``total`` returns a
    sentence for the foot, such as 合计 12,300.00 元, for the present filter.
    """

    opened = Signal(object)
    moved = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        source: ListSource[Row],
        texts: Texts,
        *,
        total: Callable[[str], str] | None = None,
        sort_key: str = "",
        descending: bool = False,
        many: bool = False,
    ) -> None:
        """The list is empty until ``reload`` is called. ``many`` lets several rows be chosen (Shift or Ctrl)."""
        super().__init__()
        self.model = RowModel(columns, source, self)
        self._texts, self._total = texts, total
        self._sort, self._descending = sort_key, descending
        self._all = 0
        self._text = ""
        self.filter = _FilterBox(texts)
        self.view = RowTable(self.model, texts.name)
        if many:
            self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._empty = EmptyView()
        self._stack = QStackedWidget()
        self._count = label(name="soft")
        self._sum = label(name="soft")
        self._pause = QTimer(self, singleShot=True, interval=FILTER_PAUSE)
        self._counting = QTimer(self, singleShot=True, interval=0)
        self._reading = Reading(self)
        self._bar = QHBoxLayout()
        self._lay_out()
        self._wire()

    def reload(self) -> None:
        """Ask the source again; the chosen row stays chosen, and where it is, if it is still there."""
        self._pause.stop()
        is_other = self.filter.text().strip() != self._text
        self._load(self.current_id(), None if is_other else self.view.verticalScrollBar().value())

    def ask_anew(self) -> None:
        """Ask the source for something else, such as another narrowing: what it finds is looked at from its top."""
        self._pause.stop()
        self._load(self.current_id())

    def _load(self, chosen: Any = None, top: int | None = None) -> None:
        """Ask the source; show what it finds with ``top`` above, None for whatever shows the chosen row."""
        self._stop_reading()
        was_at = 0 if top is None else max(top, self.model.row_of(chosen))
        self._text = self.filter.text().strip()
        ids = self.model.ask(self._text, self._sort, self._descending)
        if self.model.begins_within(ids, was_at):
            self._show(ids, chosen, top)
        else:
            self._show_whole(ids, chosen, top)

    def _show(self, ids: Sequence[Any], chosen: Any, top: int | None) -> None:
        self.model.show(ids)
        self._choose_again(chosen, top)
        self._say_found()

    def _show_whole(self, ids: Any, chosen: Any, top: int | None) -> None:
        """Show a long list that is looked at far down once all of it is read; what was there stays until then."""

        def read(whole: Any) -> None:
            if whole is not None:
                ids.take(whole)
            len(ids)
            self._show(ids, chosen, top)

        if not self._reading.begin(ids, read):
            read(None)

    def complete(self, whole: Any = None) -> None:
        """Count a long list, whose first rows are shown already, and say how many there are.

        ``whole`` is what was read of it elsewhere, None to read it now.
        """
        self._stop_reading()
        chosen, top = self.current_id(), self.view.verticalScrollBar().value()
        self.model.complete(whole)
        if self.current_id() != chosen:
            self._choose_again(chosen, top)
        self._say_found()

    def _read_on(self) -> None:
        """Read a long list, whose first rows are painted, beside the window; one that cannot be read there, now."""
        if not self._reading.begin(self.model.ids, self.complete):
            self.complete()

    def _stop_reading(self) -> None:
        self._counting.stop()
        self._reading.stop()

    def _choose_again(self, chosen: Any, top: int | None) -> None:
        row = self.model.row_of(chosen) if chosen is not None else -1
        if self.model.rowCount():
            self.view.selectRow(max(row, 0))
            if row >= 0 and top is not None:
                self.view.verticalScrollBar().setValue(top)

    def current_id(self) -> Any:
        """Return the id of the chosen row, or None."""
        row = self.view.currentIndex().row()
        return self.model.id_at(row) if 0 <= row < self.model.rowCount() else None

    def chosen_ids(self) -> list[Any]:
        """Return the ids of all chosen rows, from the top."""
        return [self.model.id_at(index.row()) for index in sorted(self.view.selectionModel().selectedRows())]

    def current_row(self) -> Row | None:
        """Return the chosen record, or None."""
        row = self.view.currentIndex().row()
        return self.model.row_at(row) if 0 <= row < self.model.rowCount() else None

    def choose(self, wanted: object) -> bool:
        """Choose the row with this id; tell whether it is in the list."""
        if self.model.row_of(wanted) < 0 and not self.model.is_whole:
            self.complete()
        row = self.model.row_of(wanted)
        if row >= 0:
            self.view.selectRow(row)
            self.view.scrollTo(self.model.index(row, 0))
        return row >= 0

    def add_to_bar(self, widget: QWidget) -> None:
        """Put a widget, such as Segments, beside the filter. The source reads it; call ``reload`` when it changes."""
        self._bar.insertWidget(self._bar.count() - 1, widget)

    def add_line(self, widget: QWidget) -> None:
        """Put a widget, such as fields that narrow the list, below the filter and above the rows."""
        self._inside.insertWidget(1, widget)

    def set_menu(self, actions: Sequence[QAction]) -> None:
        """Give the rows a context menu; the same actions stand at the page's head."""
        self.view.menu_actions = tuple(actions)

    def _read_soon(self) -> None:
        """Read and count a long list once its first rows are painted, not before."""
        if not self.model.is_whole and not self._reading.is_on:
            self._counting.start()

    def _say_found(self) -> None:
        """Say how many rows there are, or that they are still looked for."""
        text = self.filter.text().strip()
        if not self.model.is_whole:
            self._stack.setCurrentWidget(self.view)
            found = f"已找到 {self.model.rowCount():,} {self._texts.unit}，还在往下找……"
            self._count.setText(found if text else "")
            self._sum.setText("")
            return
        if not text:
            self._all = self.model.rowCount()
        self._say(text)

    def _say(self, text: str) -> None:
        count = self.model.rowCount()
        if count:
            self._stack.setCurrentWidget(self.view)
        else:
            found_none = Empty(f"没有找到“{text}”", "换个字试试，或者按 Esc 清掉查找。", icon="search")
            self._empty.show_empty(found_none if text else self._texts.empty)
            self._stack.setCurrentWidget(self._empty)
        words = f"找到 {count:,} {self._texts.unit}" if text else f"共 {count:,} {self._texts.unit}"
        self._count.setText(words + (f"，全部 {self._all:,} {self._texts.unit}" if text and self._all else ""))
        self._sum.setText(self._total(text) if self._total else "")

    def _sort_by(self, section: int) -> None:
        column = self.model.columns[section]
        if column.sortable:
            self._descending = column.key == self._sort and not self._descending
            self._sort = column.key
            self._point_at_sort()
            self._load()

    def _point_at_sort(self) -> None:
        keys = [column.key for column in self.model.columns]
        order = Qt.SortOrder.DescendingOrder if self._descending else Qt.SortOrder.AscendingOrder
        header = self.view.horizontalHeader()
        header.setSortIndicatorShown(self._sort in keys)
        if self._sort in keys:
            header.setSortIndicator(keys.index(self._sort), order)

    def _wire(self) -> None:
        self._pause.timeout.connect(self.reload)
        self._counting.timeout.connect(self._read_on)
        self.view.painted.connect(self._read_soon)
        self.filter.textChanged.connect(lambda: self._pause.start())
        self.filter.left.connect(self._leave_filter)
        self._empty.pressed.connect(lambda: self._texts.empty.act and self._texts.empty.act())
        self.view.entered_row.connect(lambda row: self.opened.emit(self.model.id_at(row)))
        self.view.asked_to_find.connect(self.filter.start)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self.moved.emit(self.current_id()))
        self.view.horizontalHeader().sectionClicked.connect(self._sort_by)
        self._point_at_sort()
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WindowShortcut)
        find.activated.connect(self.filter.start)
        self.setFocusProxy(self.view)

    def _leave_filter(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self.reload()
        self.view.setFocus()

    def _lay_out(self) -> None:
        self._bar.setContentsMargins(gap(12), gap(10), gap(12), gap(10))
        self._bar.setSpacing(gap(12))
        self._bar.addWidget(self.filter, 1)
        self._bar.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(gap(14), gap(8), gap(14), gap(8))
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(self._sum)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        card = styled(QFrame(), "card")
        self._inside = inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addLayout(self._bar)
        inside.addWidget(self._stack, 1)
        inside.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)


def _least(column: Column[Any]) -> int:
    return px(column.width or 150)


class _FilterBox(SearchLine):
    left = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__(f"查找{texts.name}", texts.find)
        self.setToolTip("按 / 或 Ctrl+F 到这里，按 Esc 清掉")
        self.setMinimumWidth(px(220))
        self.setMaximumWidth(px(420))

    def start(self) -> None:
        """Go here and choose what stands here."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Enter or ↓; clear, then leave, with Esc."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class RowTable(QTableView):
    """The rows alone: no filter, no foot. ``entered_row`` and ``asked_to_find`` tell what was pressed."""

    entered_row = Signal(int)
    asked_to_find = Signal()
    painted = Signal()

    def __init__(self, model: RowModel[Any], name: str) -> None:
        super().__init__()
        self.setObjectName("rows")
        self.setModel(model)
        self._columns = model.columns
        self.menu_actions: tuple[QAction, ...] = ()
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(line(42))
        self.verticalHeader().setMinimumSectionSize(line(36))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(px(48))
        self.setItemDelegate(BadgeDelegate(self))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and tell that they can be seen."""
        super().paintEvent(event)
        self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide spare columns that find no room; give what is left to the columns without a width."""
        super().resizeEvent(event)
        room = self.viewport().width()
        shown = list(self._columns)
        for column in [column for column in reversed(self._columns) if column.spare]:
            if sum(_least(column) for column in shown) > room:
                shown.remove(column)
        fixed = sum(px(column.width) for column in shown)
        share = (room - fixed) // max(1, sum(not column.width for column in shown))
        for place, column in enumerate(self._columns):
            self.setColumnHidden(place, column not in shown)
            self.setColumnWidth(place, px(column.width) or max(share, _least(column)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, find with /."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_row.emit(self.currentIndex().row())
        elif event.text() == "/":
            self.asked_to_find.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the row under the mouse."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.entered_row.emit(index.row())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the row's actions."""
        if self.menu_actions and self.currentIndex().isValid():
            menu = QMenu(self)
            menu.addActions(list(self.menu_actions))
            menu.exec(event.globalPos())
