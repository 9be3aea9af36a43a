"""Messages to people outside: templates, outbox, gateways, receipts, metering. Knows no cases."""
