"""The doors of contracts."""
