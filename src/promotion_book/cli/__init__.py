"""Check the data of the report book, run its notebooks, build its editions and publish them.

Exit codes: 0 done; 1 the content is at fault (findings, a failed notebook); 2 the call or setup is.
"""

from __future__ import annotations

import signal
import sys

import typer

from promotion_book.cli import building, caching, data, reporting_round, site
from promotion_book.cli.common import tell_faults

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
for command in (
    data.check,
    data.new_place,
    data.parameters,
    building.run,
    building.compare,
    building.build,
    building.watch,
    reporting_round.form,
    reporting_round.preview,
    reporting_round.commentary,
    reporting_round.sign_off,
    site.due,
    site.publish,
    site.changes,
    site.rebuild,
    site.verify,
    site.serve,
    site.doctor,
    building.references,
    data.catalogues,
):
    app.command()(tell_faults(command))
app.command(name="import")(tell_faults(reporting_round.take))
cache = typer.Typer(no_args_is_help=True, help=caching.__doc__)
for command in (caching.show, caching.verify, caching.prune):
    cache.command()(tell_faults(command))
app.add_typer(cache, name="cache")


def main() -> None:
    """The command in a process of its own: asked to end, it stops as after Ctrl-C, and leaves nothing half done."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if sys.getfilesystemencoding() != "utf-8":
        print(
            f"names of files are {sys.getfilesystemencoding()} here; write PYTHONUTF8=1 before the command",
            file=sys.stderr,
        )
        sys.exit(2)
    app()
