"""The language of a book: the switch to the other ones, and the words of the theme.

* each page links to itself in the other languages, which lie beside it: `../vi/notebooks/ocop.html`; `languages.js`
  keeps the section and the search;
* words of the configuration and of scripts, and words that templates hard-code, come from the catalogues;
* the glossary of another language has its terms first, in the order of its alphabet.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from promotion_book.book.when_built import when_built
from promotion_book.words.alphabet import alphabet_key
from promotion_book.words.language import LANGUAGES, SOURCE
from promotion_book.words.translation import THEME, load_language, read_entries

GLOSSARY = "book/glossary"
BUTTONS = {"copy": "Copy", "copy_to_clipboard": "Copy to clipboard", "copy_success": "Copied!"} | {
    "copy_failure": "Failed to copy"
}


def _configure(app: Sphinx, config: Config) -> None:
    """The words of the configuration, which catalogues do not reach."""
    text = load_language(config.language).text
    config.nb_code_prompt_show, config.nb_code_prompt_hide = text("Show code"), text("Hide code")
    config.html_theme_options["search_bar_text"] = text("Search this report")
    config.html_theme_options["extra_footer"] = text("Data and text: CC BY 4.0. Code: MIT.")


def _sort_glossary(app: Sphinx, doctree: nodes.document) -> None:
    """The terms in the language of the book stand first, in the order of its alphabet."""
    if app.env.docname != GLOSSARY or app.config.language == SOURCE:
        return
    for row in doctree.findall(nodes.row):
        row.insert(0, row.pop(1))
    for body in doctree.findall(nodes.tbody):
        body[:] = sorted(body.children, key=lambda row: alphabet_key(row[0].astext()))


def _link(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Links to the same page in each language: for machines in the head, for readers in the header."""
    if app.config.what_if:
        return
    links = [(code, LANGUAGES[code], language_address(page, code)) for code in app.config.languages]
    if len(links) < 2:
        return
    alternates = [(code, where) for code, _, where in links] + [("x-default", links[0][2])]
    heads = [f'<link rel="alternate" hreflang="{code}" href="{where}" />' for code, where in alternates]
    context["metatags"] = "\n".join([context.get("metatags", ""), *heads])
    context["other_languages"] = [link for link in links if link[0] != app.config.language]
    context["languages_label"] = load_language(app.config.language).text("Language")
    app.add_js_file("languages.js", loading_method="defer")


def language_address(page: str, code: str) -> str:
    """Where a page lies in another language, from itself: each language of an edition has a folder."""
    return f"{'../' * (page.count('/') + 1)}{code}/{page}.html"


def _say_words(app: Sphinx) -> None:
    """The words that no template takes from a catalogue: those of scripts, and labels written into templates."""
    if app.config.language == SOURCE:
        return
    words = read_entries(app.config.language, THEME)
    static = Path(app.outdir) / "_static"
    (static / "translations.js").write_text(_translations(app.config.language, words), encoding="utf-8")
    buttons = json.dumps({key: words[word] for key, word in BUTTONS.items()}, ensure_ascii=False)
    copy = (static / "copybutton.js").read_text(encoding="utf-8")
    told = f"const messages = {{\n  '{app.config.language}': {buttons},"
    if told not in copy:  # a preview builds into the same folder again
        (static / "copybutton.js").write_text(copy.replace("const messages = {", told, 1), encoding="utf-8")
    for path in sorted(Path(app.outdir).rglob("*.html")):
        path.write_text(translate_labels(path.read_text(encoding="utf-8"), words), encoding="utf-8")


def translate_labels(page: str, words: dict[str, str]) -> str:
    """A page with the labels of its elements in the words of a language."""
    return re.sub(
        r'\b(aria-label|title)="([^"<>]+)"', lambda found: f'{found[1]}="{words.get(found[2], found[2])}"', page
    )


def _translations(code: str, words: dict[str, str]) -> str:
    """What addTranslations of Sphinx does, which makes a function of a text; a strict policy refuses that."""
    said = json.dumps(words, ensure_ascii=False, indent=1)
    return (
        f"Object.assign(Documentation.TRANSLATIONS, {said});\n"
        f"Documentation.PLURAL_EXPR = () => 0;\nDocumentation.LOCALE = {json.dumps(code)};\n"
    )


def setup(app: Sphinx) -> None:
    """Called by the extension of the book."""
    app.add_config_value("languages", list(LANGUAGES), "html")
    app.connect("config-inited", _configure)
    app.connect("doctree-read", _sort_glossary)
    app.connect("html-page-context", _link)
    when_built(app, _say_words)
