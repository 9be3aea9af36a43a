"""Every write of the workbench: saved filters, exports, and verbs taken on many cases."""
