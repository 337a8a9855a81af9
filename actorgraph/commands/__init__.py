"""The commands: each parses, calls one library function, and prints. stdout is the answer, stderr the talk."""
