"""The operator's desk: calls and call-backs, the intake screen with its drafts, the decision table of 2025."""
