"""Rows and cells: what stands in sheets that people fill in and in large tables, and which statements that makes."""
