"""The registry: every page of the window, in the order it stands at the left. A new page is one entry here."""

from villagedesk.ui.kit.page import PageSpec

PAGES: tuple[PageSpec, ...] = ()
