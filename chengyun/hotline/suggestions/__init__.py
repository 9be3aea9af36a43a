"""What the desk suggests while an order is typed: class, unit, repeats; each with its reason, none by itself."""
