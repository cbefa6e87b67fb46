"""监督: what waits for the reviewers, one thing at a time, and what is wrong in the books."""
