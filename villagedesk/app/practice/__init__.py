"""The practice village: a believable year of 青山村, the same at every making."""
