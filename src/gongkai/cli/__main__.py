"""`python -m gongkai.cli`."""

from gongkai.cli import run

if __name__ == "__main__":
    run()
