"""绩效: what was promised for the money, measured from the platform's own records, watched and judged."""
