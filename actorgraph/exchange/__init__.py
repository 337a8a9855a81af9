"""The ways into a model and out of it: one module a format, and `formats` lists them all."""
