"""The page: a model as one interactive HTML file that needs no network. The only user of pyvis and jinja2."""

from actorgraph.explorer.live import Live, live
from actorgraph.explorer.page import Opening, to_html

__all__ = ["Live", "Opening", "live", "to_html"]
