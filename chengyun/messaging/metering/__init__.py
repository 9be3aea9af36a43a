"""What the messages cost: use of the package, forecast to the end of the month, warnings, the month's file."""
