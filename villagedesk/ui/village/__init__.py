"""村情: the village with its money, bodies, officers and people."""
