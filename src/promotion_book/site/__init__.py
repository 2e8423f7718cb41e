"""The published site: every edition at its own address for ever, changed in one switch.

    _site/
        index.html archive.en.html ...      the archive, the revision log, the feed, the sitemap
        latest/                             leads to the newest edition
        hanoi/2025/en/...                   an edition: its newest revision
        hanoi/2025/r0/en/...                a revision, with its manifest and downloads

`publish` tells in its order what happens when an edition is published. `edition` and `seal` make what is published,
`candidate` and `revision` put it on the site, `front` makes the pages of the site itself, `copies` the downloads,
`preview` and `preview.serving` show pages on this machine, `verify` and `rebuild` hold the site to its manifests.
A revision is never changed once it is published: what must be newer than a page, such as the way to a newer edition,
its script reads from `editions.en.json` when the page is looked at.
"""
