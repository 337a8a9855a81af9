"""Which sign stands between the cells of a CSV, whoever reads it: a sheet, a table of millions, a set of positions."""

from actorgraph.written_rows import delimiter_of


def test_a_sign_in_quotes_parts_nothing() -> None:
    assert "\t" == delimiter_of('a\tb\n"1,2,3"\t"4,5"\n')
