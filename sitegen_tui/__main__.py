"""`python -m sitegen_tui`: the same as `sitegen`."""

from sitegen_tui.cli.main import main

if __name__ == "__main__":
    main()
