"""A line of text that proposes what was written before; anything else may be typed all the same."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QListView

from villagedesk.ui.kit.fields import TextField
from villagedesk.ui.theme import styled

MOST = 8
"""Proposals shown at once."""


class SuggestField(TextField):
    """One line of text with proposals below: ↓ and Enter take one, typing on ignores them."""

    def __init__(
        self,
        name: str,
        label: str,
        find: Callable[[str], Sequence[str]],
        *,
        hint: str = "",
        optional: bool = False,
        sample: str = "",
    ) -> None:
        """``find`` returns what fits the typed text, the likeliest first."""
        super().__init__(name, label, hint=hint, optional=optional, sample=sample)
        self._find = find
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(MOST)
        self._completer.setWidget(self._line)
        self._list = styled(QListView(), "suggestions")
        self._list.setAccessibleName(f"{label}：以前写过的")
        self._completer.setPopup(self._list)
        self._completer.activated.connect(self._take)
        self._line.textEdited.connect(self._propose)

    def _propose(self, typed: str) -> None:
        wanted = typed.strip()
        found = [proposal for proposal in self._find(wanted) if proposal != wanted][:MOST] if wanted else []
        self._model.setStringList(found)
        if found:
            self._completer.complete()
        else:
            self._list.hide()

    def _take(self, proposal: str) -> None:
        self._line.setText(proposal)
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()
