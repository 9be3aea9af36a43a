"""预算: the department's own budget, its projects, contracts and targets.

Answers for: checking published budgets (``check``, which knows neither Django nor a database).
Knows nothing of how a case is handled; what was promised is measured through the rooms below.
"""
