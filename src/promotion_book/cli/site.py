"""Commands on the published site."""

from __future__ import annotations

from typing import Annotated

import typer

from promotion_book.cli.common import (
    LanguagesOption,
    PeriodOption,
    PlaceOption,
    languages,
    newest,
    project,
    require_place,
    stop,
)


def publish(place: PlaceOption = "hanoi", period: PeriodOption = "", language: LanguagesOption = "") -> None:
    """Publish a built edition to _site/, each language in one atomic switch."""
    from promotion_book.publishing.archive import ArchiveError
    from promotion_book.publishing.plan import Built, work_folder
    from promotion_book.publishing.site import SiteError
    from promotion_book.publishing.site import publish as put

    root = project()
    require_place(place)
    chosen = period or newest(place)
    try:
        for one in languages(language):
            address = put(root, Built(work_folder(root, place, chosen, one), place, chosen, one))
            typer.echo(f"published {address.relative_to(root)}")
    except (SiteError, ArchiveError, OSError) as error:
        stop(f"{error}; the site stays as it was", 1)
    typer.echo("look at it with 'promotion-book serve'")


def serve(port: Annotated[int, typer.Option(help="The port on this machine; 0 takes any free one.")] = 8000) -> None:
    """Show the published site on this machine."""
    from promotion_book.publishing.site import SiteError, server

    try:
        running = server(project(), port)
    except (SiteError, OSError) as error:
        stop(error, 2)
    typer.echo(f"http://127.0.0.1:{running.server_port}/  (stop with Ctrl-C)")
    try:
        running.serve_forever()
    except KeyboardInterrupt:
        running.server_close()
