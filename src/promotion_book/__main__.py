"""The command: `promotion-book`, or `python -m promotion_book`."""

from __future__ import annotations

import signal


def main() -> None:
    """Run the command; Ctrl-C while it is still being imported ends it without a word, as nothing is begun then.

    A shell that runs it in the background may have it ignore Ctrl-C, which stays so.
    """
    given = signal.getsignal(signal.SIGINT)
    if given is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from promotion_book.cli import main as run

    signal.signal(signal.SIGINT, given)
    run()


if __name__ == "__main__":
    main()
