"""Draws illustrative (示意) streets, communities and grids inside a real district outline.

No boundary of a street or community of Baoshan could be found that may be used. What is drawn here has the
right names, codes, counts and rough positions, and no more; every row made from it is marked illustrative.
Real boundaries come in by ``chengyun geography import-areas`` and ``import-grids``.
"""
