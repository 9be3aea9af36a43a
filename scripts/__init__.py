"""What developers run: the test runner, the translations."""
