"""Measures over positions and statements: who stands with whom, what divides and unites, and how it moved."""
