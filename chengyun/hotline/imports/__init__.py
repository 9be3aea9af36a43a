"""Orders from files of any city: a mapping says what the columns mean, the real verbs replay each row."""
