"""Our press and the others, each printing the same papers in a process of its own."""
