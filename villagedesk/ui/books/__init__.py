"""账本: the books as a whole: copies, proof, archive, restoring, passwords and who may act."""
