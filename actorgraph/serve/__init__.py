"""The server: a model's page while it is written, for this machine alone, made again when a file is saved."""
