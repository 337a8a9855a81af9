"""Which addresses may become links, however they are spelled."""

import pytest

from actorgraph.model.links import is_link


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org", True),
        ("HTTP://EXAMPLE.ORG", True),
        ("mailto:desk@example.org", True),
        ("javascript:alert(1)", False),
        (" java\nscript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("file:///etc/passwd", False),
        ("//example.org", False),
        ("www.example.org", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_what_may_become_a_link(url: str, link: bool) -> None:  # noqa: FBT001
    assert link == is_link(url)
