"""Which happenings of an order are told to its callers by text message, and what their answers mean."""
