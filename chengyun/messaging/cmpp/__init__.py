"""CMPP 2.0 and 3.0, the operators' protocol for SMS: packets, a client that keeps its link, and a simulator.

Layouts follow domain.md §5; what that page marks as general knowledge (sizes of version 3.0, numbers of the
answers) is held in one table in ``packets.py`` so that a gateway that differs is mended in one place.
"""
