"""Grid patrol: findings of inspectors, and the checks they are asked for."""
