"""The ways into a model and out of it: a module a format, listed by `formats`, and rooms for what they share."""
