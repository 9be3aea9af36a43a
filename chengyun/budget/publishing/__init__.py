"""Publishing a compiled budget: rendered files, the check of those very files, versions and their difference."""
