"""The command line, one module for each command: each parses, calls one library function, and prints."""
