"""PDFs for tests, by another library than the one that reads them."""

import io
from collections.abc import Sequence

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas


def pdf(*pages: str, roman: int = 0, lock: str | None = None) -> bytes:
    """Return a PDF with these pages, a line of text a line; an empty one bears a drawing.

    The first `roman` pages are labelled i, ii, …, and the others from 1 on; without any there are no labels.
    """
    buffer = io.BytesIO()
    encrypt = None if lock is None else StandardEncryption(lock, ownerPassword="owner", strength=128)
    canvas = Canvas(buffer, encrypt=encrypt, invariant=True)
    if roman:
        canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
        canvas.addPageLabel(roman, style="ARABIC", start=1)
    for page in pages:
        _draw(canvas, page.splitlines())
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw(canvas: Canvas, lines: Sequence[str]) -> None:
    if not lines:
        canvas.rect(100, 100, 200, 200, fill=1)
    for number, line in enumerate(lines):
        canvas.drawString(72, 720 - 14 * number, line)
