"""A date: typed as one likes, its weekday beside it, a calendar behind a button."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QVBoxLayout

from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.buttons import icon_button
from villagedesk.ui.kit.dates import read_date, weekday
from villagedesk.ui.kit.fields import TextField
from villagedesk.ui.kit.popup import drop_down
from villagedesk.ui.kit.text import label as text_label
from villagedesk.ui.theme import Colour, px


def today_of(desk: Desk) -> Callable[[], date]:
    """Return what tells today by the desk's clock."""
    return lambda: desk.clock.now().date()


class DateField(TextField):
    """A date. ``value`` is a ``datetime.date``, None when empty or unreadable."""

    effort = 0
    is_day = True

    def __init__(
        self,
        name: str,
        label: str,
        *,
        hint: str = "",
        optional: bool = False,
        today: Callable[[], date] = date.today,
        is_past: bool = False,
        says_weekday: bool = True,
    ) -> None:
        """``today`` supplies the month of 3, the year of 4月5日 and the day of 今天; ``is_past``: none lies ahead.

        Let ``says_weekday`` be False where there is little room.
        """
        self._today, self._is_past = today, is_past
        self._weekday = text_label("", "words")
        super().__init__(name, label, hint=hint, optional=optional, sample="如 4月5日", longest=20)
        self._line.setFixedWidth(px(150))
        self._button = icon_button("打开日历", "calendar", self._open_calendar)
        self._beside(self._button, *([self._weekday] if says_weekday else []))

    def value(self) -> date | None:
        """Return the date."""
        try:
            text = self._line.text()
            return read_date(text, self._today(), is_past=self._is_past) if text.strip() else None
        except ValueError:
            return None

    def set_value(self, value: Any) -> None:
        """Show a date, or nothing for None."""
        self._line.setText("" if value is None else value.isoformat())

    def fault(self) -> str:
        """Return why what is typed is no date."""
        if not self._line.text().strip() or self.value():
            return ""
        return f"“{self._line.text().strip()}”不是日期，请写成 4月5日 或 2026-04-05 这样。"

    def _on_changed(self) -> None:
        day = self.value()
        self._weekday.setText(weekday(day) if day else "")

    def _on_left(self) -> None:
        day = self.value()
        if day:
            self._line.setText(day.isoformat())
        super()._on_left()

    def _open_calendar(self) -> None:
        popup = CalendarPopup(self.value() or self._today(), self._pick)
        drop_down(popup, self._line)

    def _pick(self, day: date) -> None:
        self.set_value(day)
        self._line.setFocus()
        self.edited.emit()


class CalendarPopup(QFrame):
    """A month to pick a day from; closes after the pick."""

    def __init__(self, shown: date, pick: Callable[[date], None]) -> None:
        super().__init__()
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._pick = pick
        month = QCalendarWidget()
        month.setAccessibleName("日历")
        month.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        month.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        plain = QTextCharFormat()
        plain.setForeground(QColor(Colour.SOFT))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            month.setWeekdayTextFormat(day, plain)
        month.setMinimumSize(px(360), px(300))
        month.clicked.connect(self._take)
        month.activated.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(month)
        self.setFocusProxy(month)

    def _take(self, day: QDate) -> None:
        self.close()
        self._pick(date(day.year(), day.month(), day.day()))
