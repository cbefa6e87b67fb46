"""The kit pages are built from. Import each piece from its own module; none knows a feature.

- page: Page, PageSpec, Context: what the shell shows, and how a page finds its way
- listpage: ListPage: a page that holds a list and lays a record over it
- buttons: action(), button(), Segments: things to press
- table: Listing, Texts: a list with filter, count and empty state; rows: Column, ListSource, RowModel
- reading: Reading: the rest of a long list, beside the window
- fields: TextField, LongTextField, AmountField, NumberField, PasswordField, CheckField: one input, bound by name
- datefield: DateField; choicefield: ChoiceField, Choice
- form: Form: fields, findings beside them, reasons for warnings; formlines, formsheet: how its parts stand
- keeping: Keeping: what is typed is kept beside the books until it is saved; takingup: what of it comes back; the page
  that lays a form over itself sees to both (page: Unfinished)
- detail: Detail, Fact, Step: a record to read
- cards: Card, FigureCard, TaskRow, Tiles, Scrolling, heading(): the small furniture
- badges: Badge; notes: Callout, SignedLine, FindingLines; empty: Empty; text: label(), ElidedLabel
- icons: icon(), picture(): the line icons in a colour
- dialogs: ask_reason(), confirm(), show_error(), show_note(), sign_in(), Question: short questions
- tasks: run_task(): a long task with progress and Cancel
- preview: Preview: the pages of a PDF as they will be printed; paperstack: PaperStack: those pages
- printing: print_pdf(), Watch: to a printer, and what came of it; printdialog: PrintDialog: how to print
- doing: signed_in(), show_sheet(), take_in(), on_worker(), show_fault(): what pages do alike
- exporting: export_sheet(): a sheet's tables, for Excel, into a folder; stick: stick_folder(): where the stick is
- papers: Papers: a record's photos and PDFs, one at a time
- beside: Beside; sides: Sides: two columns, or one; readtable: ReadTable: a few rows inside a record
- chart: ChartView: a chart as on paper; bars: MoneyBars: money on the first page, before charts are loaded
- filefield: FileField; filesfield: FilesField; suggestfield: SuggestField: files, a line with proposals
- popup: drop_down(); searchline: SearchLine; commands: CommandList; titlebar: TitleBar; thumbs: Thumbs: parts of those
"""
