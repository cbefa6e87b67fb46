"""Taking foreign sheets in: columns named, doubts answered, lines and faults looked at, then in, or back again."""
