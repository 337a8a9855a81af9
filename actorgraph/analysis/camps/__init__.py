"""How actors fall apart: into communities, into two camps, and which ties go against a split."""
