"""The page: a snapshot as one interactive HTML file that needs no network. The only user of pyvis and jinja2."""

from actorgraph.explorer.page import to_html

__all__ = ["to_html"]
