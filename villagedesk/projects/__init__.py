"""The works: what villagers wished for, what became of it, contracts and inspections."""
