"""合同: contracts with their items, what was used, billed and paid, and what the year will cost.

``months``, ``pricing``, ``coverage``, ``forecast`` and ``packages`` are pure: values in, values out.
"""
