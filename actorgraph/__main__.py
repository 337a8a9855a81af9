"""`actorgraph` and `python -m actorgraph` start here."""

import sys


def main() -> None:
    """Run the command line; who interrupts it while it is being imported is answered as later."""
    try:
        from actorgraph.cli.main import main as command_line

        command_line()
    except KeyboardInterrupt:
        sys.stderr.write("\nAborted!\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
