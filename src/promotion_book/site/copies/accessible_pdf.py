"""What PDF/UA asks of a PDF beside the tags that Chromium writes.

* it says that it is PDF/UA, its title, its author and what it is, as XMP; nothing of the moment is in it;
* a link says where it leads; the order of the keyboard is that of the tags;
* a figure around a picture is a part, so that only the picture needs a text;
* the outline has the headings with the spaces that a line break took from them.

Source: ISO 14289-1. Whether a text fits its picture, no program can tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf


def make_accessible(document: pikepdf.Pdf, titles: Sequence[str], *, author: str, subject: str) -> None:
    """Add to a tagged PDF what its printer leaves out; `titles` are its headings."""
    document.docinfo["/Author"], document.docinfo["/Subject"] = author, subject
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
        told["pdfuaid:part"] = "1"
        told["dc:title"] = str(document.docinfo.get("/Title", ""))
        told["dc:creator"], told["dc:description"] = [author], subject
    whole = {"".join(title.split()): title for title in titles}
    with document.open_outline() as outline:
        for item in _items(outline.root):
            item.title = whole.get("".join(item.title.split()), item.title)
    for page in document.pages:
        page.obj.Tabs = pikepdf.Name.S
    for node in _nodes(document.Root.get("/StructTreeRoot")):
        if node.get("/S") == "/Figure" and "/Alt" not in node:
            node.S = pikepdf.Name.Div
        if node.get("/S") == "/Link":
            _describe(node)


def _items(found: Sequence[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    for item in found:
        yield item
        yield from _items(item.children)


def _nodes(node: Any) -> Iterator[Any]:
    """The elements of a tagged PDF."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += list(one)
        elif isinstance(one, pikepdf.Dictionary):
            yield one
            waiting += [one["/K"]] if "/K" in one else []


def _describe(link: Any) -> None:
    """Let the annotation of a link say where it leads."""
    kids = link.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
            leads = kid.Obj.get("/A", pikepdf.Dictionary()).get("/URI", kid.Obj.get("/Dest", ""))
            kid.Obj.Contents = pikepdf.String(str(leads).removeprefix("/"))
