"""The curation: all that writes a curator's files, every change shown first and made whole or not at all."""
