"""Pay runs from posts, attendance and scores; the bank's batches until everybody is paid."""
