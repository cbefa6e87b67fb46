"""收支账: the books to read, print and export; cash, bank and advances to write down."""
