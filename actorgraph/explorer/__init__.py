"""The page: a model as one interactive HTML file that needs no network. The only user of pyvis and jinja2."""

from actorgraph.explorer.page import Opening, to_html

__all__ = ["Opening", "to_html"]
