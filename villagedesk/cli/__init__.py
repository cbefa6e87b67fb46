"""The commands: everything the window does, typed. A new command is one new file and one name in a tuple."""
