"""A model's page while it is written: served to this machine alone, and made anew when a file is saved.

The only user of uvicorn and watchfiles.
"""

from actorgraph.serving.server import serve
from actorgraph.serving.watching import Preview

__all__ = ["Preview", "serve"]
