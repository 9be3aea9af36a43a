"""Settings, addresses, the server and the console: the only place that knows every room."""
