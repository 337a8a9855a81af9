"""The rendering: answers as tables, Markdown, CSV and JSON, one module for each verb. It asks nothing."""
