"""District, streets, communities, grids, addresses and coordinates. Knows nothing of units or cases."""
