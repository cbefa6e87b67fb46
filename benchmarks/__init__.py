"""What the program costs in seconds and bytes, each beside the least it could cost. See docs/decisions/010-speed.md."""
