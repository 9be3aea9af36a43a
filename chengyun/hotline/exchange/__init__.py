"""Orders from above and below: the city platform, street platforms, WeChat; and what they are told."""
