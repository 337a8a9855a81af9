"""The rendering: answers as tables, Markdown, CSV and pictures, one module for each verb. It asks nothing."""
