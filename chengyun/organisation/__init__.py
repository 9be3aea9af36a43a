"""Units, people, posts, accounts, and who answers for which grid and which catalogue branch."""
