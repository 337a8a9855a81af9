"""The explorer: a model as one interactive HTML file that needs no network."""
