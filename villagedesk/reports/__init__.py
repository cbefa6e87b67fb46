"""The press: a sheet of paper is plain data, and one file draws it. No window, no database."""
