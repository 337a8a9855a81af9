"""The questions: what is asked of the ledger, one module for each verb. They answer, and print nothing."""
