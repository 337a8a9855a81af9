"""`python -m actorgraph` is the command line."""

from actorgraph.cli.main import main

if __name__ == "__main__":
    main()
