"""The exchange as a person sees it: reporting to the township, cards, and what a file would bring."""
