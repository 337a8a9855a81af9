"""How long the frustration index of every window of a table takes, and whether it is proved: a line for each.

    python tests/benchmarks/frustration.py EDGES.csv [COLUMN]

The table has the columns source, target and sign; COLUMN is the one in which its windows stand.
"""

import sys
from time import perf_counter

from actorgraph.analysis.table_balance import balance_of_table
from actorgraph.exchange.sheets.signed_ties import read_signed_ties


def main(file: str, column: str | None = None) -> None:
    """Print what each window takes, and what all take."""
    whole = perf_counter()
    exact = 0
    ties = read_signed_ties(file, windows_in=column)
    for window, some in ties.items():
        start = perf_counter()
        (found,) = balance_of_table(file, {window: some})
        structure = found.structure
        exact += structure.exact
        print(
            f"{window or 'all'}: {structure.actors} actors, {len(some)} ties, at least {structure.bound}, "
            f"at most {structure.frustration}, {perf_counter() - start:.2f} s"
        )
    print(f"{len(ties)} windows, {exact} exact, {perf_counter() - whole:.1f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
