"""The ledger's SQL on tables of millions: DuckDB's engine and Spark's, and how statements become tables of holdings."""
