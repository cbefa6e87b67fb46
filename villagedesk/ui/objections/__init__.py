"""异议: what people ask about the notices, the clock, the answer."""
