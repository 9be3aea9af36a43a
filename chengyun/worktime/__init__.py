"""Statutory calendar, office hours, time limits and clocks. Knows nothing of cases."""
