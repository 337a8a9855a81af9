"""CSV files with something wrong in them, and what is told of each: by whichever engine reads it."""

import gzip

HEAD = b"actor,position,proposal,date,note\n"
ROW = b"France,supports,Tram,2025-01-02,said\n"

FAULTS = [
    ("t.csv", b"", "t.csv is empty; there should be headings, and rows below them"),
    ("t.csv", b"\xef\xbb\xbf\r\n\n", "t.csv is empty; there should be headings, and rows below them"),
    ("t.csv.gz", gzip.compress(b""), "t.csv.gz is empty; there should be headings, and rows below them"),
    ("t.csv", HEAD + ROW + b"Italy,open,Tram\n" + ROW, "t.csv:3: it has 3 cells, and the header 5"),
    (
        "t.csv",
        HEAD + ROW * 2 + b'Italy,"open,Tram,2025-01-02,said\n' + ROW * 2,
        "t.csv:4: it has 2 cells, and the header 5; a quote that opens in it ends 2 lines below, or nowhere",
    ),
    ("t.csv", HEAD + ROW + b"A,open,Tram,2025," + b"x" * 2_000_001, "t.csv:3: the line has more than 2,000,000"),
    ("t.csv", HEAD + ROW + b"T\xfcrkiye,open,Tram,2025,\n", "t.csv:3: it is not UTF-8"),
    *(
        ("t.csv", raw, "t.csv is UTF-16, and not UTF-8; save the file as CSV in UTF-8")
        for raw in (
            (HEAD + ROW).decode().encode("utf-16-le"),
            (HEAD + ROW).decode().encode("utf-16-be"),
            b"\xff\xfe" + (HEAD + ROW).decode().encode("utf-16-le"),
            b"\xfe\xff" + (HEAD + ROW).decode().encode("utf-16-be"),
        )
    ),
    ("t.csv", (HEAD + ROW).decode().encode("utf-32"), "t.csv is UTF-32, and not UTF-8; save the file as CSV in UTF-8"),
    ("t.csv.gz", gzip.compress((HEAD + ROW).decode().encode("utf-16")), "t.csv.gz is UTF-16, and not UTF-8"),
    (
        "t.csv",
        HEAD + ROW + b'Italy,open,Tram,2025,"unclosed\n',
        "t.csv:3: a quote that opens in it is closed nowhere, or in the middle of a cell further below",
    ),
    ("t.csv", HEAD + ROW + b'Italy,open,Tram,2025,"unclosed\n' + ROW * 30_000, "t.csv:3: a quote that opens in it"),
    ("t.csv", HEAD + ROW * 30_000 + b'Italy,open,Tram,2025,"unclosed\n', "t.csv:30002: a quote that opens in it"),
    (
        "t.csv.gz",
        gzip.compress(HEAD + ROW + b'Italy,open,Tram,2025,"unclosed\n'),
        "t.csv.gz:3: a quote that opens in it",
    ),
    (
        "t.csv",
        HEAD + ROW + b'"Smith"son,open,Tram,2025,\n' + ROW,
        "t.csv:3: text stands behind the quote that closes a cell; a quote that belongs to a cell is written twice",
    ),
    ("t.csv", HEAD + ROW * 30_000 + b'Italy,open,Tram,2025,"a \\"b"\n' + ROW, "t.csv:30002: text stands behind the"),
    ("t.csv", HEAD + ROW.replace(b"\n", b"\r\n") + b'"Smith"son,open,Tram,2025,\n', "t.csv:3: text stands behind the"),
    (
        "t.csv",
        b"sep=;\n" + (HEAD + ROW).replace(b",", b";"),
        "t.csv:1: 'sep=;' is for Excel alone, and no heading; delete this line",
    ),
    ("t.csv", b"\n,,,,\n" + HEAD + ROW, "t.csv:2: its cells are empty, where headings should stand; delete this"),
    ("t.csv.gz", gzip.compress(HEAD + ROW * 99)[:-9], "t.csv.gz is cut off, or no gzip file"),
    ("t.csv.gz", HEAD + ROW, "t.csv.gz is cut off, or no gzip file"),
    ("t.csv", b"PAR1\x15\x04", "t.csv is Parquet, and no CSV; let its name end in .parquet"),
    ("t.csv", b"PK\x03\x04\x14\x00", "t.csv is a workbook or a zip archive, and no CSV; save the file as CSV in UTF-8"),
    ("t.csv", gzip.compress(HEAD + ROW), "t.csv is packed by gzip, and no CSV; let its name end in .csv.gz"),
]
"""The name of each file, what it holds, and how the message begins."""

CALLED = (
    *("empty", "line-ends", "empty-gz"),
    *("short", "quote", "long", "latin", "utf-16-le", "utf-16-be", "utf-16-le-bom", "utf-16-be-bom", "utf-32"),
    *("utf-16-gz", "open-quote", "open-quote-above", "open-quote-below", "open-quote-gz"),
    *("behind-quote", "behind-quote-below", "behind-quote-two-ways", "sep", "commas", "cut"),
    *("plain", "parquet", "workbook", "gzip"),
)
