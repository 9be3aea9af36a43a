"""chengyun (城运): the platform that a district's city-operations centre runs on."""

__version__ = "0.2.0"
