"""Works of the village: what households wish, projects on their way, contracts and inspections."""
