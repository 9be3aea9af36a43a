"""What every room shares and no room owns: actor, clock, loop, events, errors, ids. No tables."""
