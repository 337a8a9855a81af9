"""The ledger: the model's holdings over time as a table, and the versions of it that git keeps."""
