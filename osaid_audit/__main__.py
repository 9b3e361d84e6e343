"""`python -m osaid_audit` is `osaid-audit`."""

from osaid_audit.cli.main import main

if __name__ == "__main__":
    main()
