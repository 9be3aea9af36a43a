"""How messages leave the outbox: claimed, handed over without an open transaction, and what came of it written down."""
