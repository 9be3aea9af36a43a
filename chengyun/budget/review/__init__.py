"""Pages on which budgets are checked: hand in, read the report, settle findings, compare two documents."""
