"""Named reads of the workbench."""
