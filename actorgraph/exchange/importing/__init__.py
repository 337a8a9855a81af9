"""What files of other programs hold, and what becomes of it: compared with a model, and merged into its files."""
