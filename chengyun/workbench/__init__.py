"""The staff's home: work-lists, search, case page, export. Owns saved filters, writes no case."""
