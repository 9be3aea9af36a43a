"""The doors of the workbench."""
