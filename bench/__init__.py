"""Measures the product as it is started by its users. `python -m bench --help`."""
