"""The kit pages are built from. Import each piece from its own module; none knows a feature.

- page: Page, PageSpec, Context: what the shell shows, and how a page finds its way
- buttons: action(), button(), row(): things to press
- icons: icon(), picture(): the line icons in a colour
- rows: Column, ListSource, RowModel: one model for every list
- table: Listing: a list with filter, count and empty state
- fields: TextField, AmountField, DateField, ChoiceField …: one input, bound by name
- form: Form: fields, findings beside them, reasons for warnings, drafts
- detail: Detail: a record to read: facts, sections, timeline, badges
- cards: Card, FigureCard, Callout, Badge, heading(): the small furniture
- dialogs: ask_reason(), confirm(), show_error(), sign_in(): short questions
- tasks: run_task(): a long task with progress and Cancel
- preview: Preview: the pages of a PDF as they will be printed
"""
