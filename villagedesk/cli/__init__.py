"""The commands: everything the window does, typed."""
