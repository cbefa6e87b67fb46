"""公示: the five slots, the notices and their paper."""
