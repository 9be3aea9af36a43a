"""The closed loop: the only room that writes the state of a case, and the keeper of its history."""
