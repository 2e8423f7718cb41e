"""Marks in the pages of a built edition, which publication fills: what is not known when a page is built.

    <!--revision-->Not published.<!--/revision-->

* `revision`: which revision this is, and of which day; `dataset`: the description for search engines;
* `notice`: the corrections of this page; `cite`: how the revision is cited;
* `pdf`: the way to the edition on paper, if there is one;
* `online`: what leads out of the book, which copies for reading from a disk do without.

A page can be published again and again from what was built: filling a mark twice is filling it once.
"""

from __future__ import annotations

import re

REVISION, NOTICE, DATASET, PDF, ONLINE, CITE = "revision", "notice", "dataset", "pdf", "online", "cite"
METHODS, READING = "../book/methods.html", "../book/reading.html"  # to which the foot of each page leads
ARTICLE = re.compile('<article class="bd-article">.*?</article>', re.DOTALL)


def mark(name: str, content: str = "") -> str:
    """A mark around what stands there as long as nothing else does."""
    return f"<!--{name}-->{content}<!--/{name}-->"


def fill_marks(page: str, name: str, *, content: str) -> str:
    """A page with other content in each mark of a name."""
    return re.sub(f"<!--{name}-->.*?<!--/{name}-->", lambda _: mark(name, content), page, flags=re.DOTALL)


def page_content(page: str) -> str:
    """What a page says on its own subject, without the frame around it and what publication wrote."""
    article = ARTICLE.search(page)
    text = article[0] if article else page
    for name in (REVISION, NOTICE, DATASET, ONLINE, CITE):
        text = fill_marks(text, name, content="")
    return text
