/* What a search looks for, and what it shows of a page: the words around the first place found, of its text without
   code and frame, and also where the page writes a word with marks that the query leaves out, or a number with what
   parts its thousands. `folded` and `splitQuery` come with the language of the index. */
"use strict";

const isNumber = (word) => /^[0-9]/.test(word);

/* All words of a query; the theme's search leaves out numbers, and takes a part of one for the whole. */
Search._parseQuery = (query) => {
  const stemmer = new Stemmer();
  const words = splitQuery(query.trim().toLowerCase()).filter((word) => !stopwords.includes(word));
  const terms = words.map((word) => stemmer.stemWord(word));
  const { terms: inTexts, titleterms: inTitles } = Search._index;
  for (const known of [inTexts, inTitles]) for (const number of terms.filter(isNumber)) known[number] ??= [];
  if (SPHINX_HIGHLIGHT_ENABLED) localStorage.setItem("sphinx_highlight_terms", words.join(" "));
  return [query, new Set(terms), new Set(), new Set(words), new Set(words)];
};

/* The titles of sections are texts, which the theme's search writes as HTML; those of pages are HTML already. */
const asHtml = (text) => Object.assign(document.createElement("p"), { textContent: text }).innerHTML;
Search._index.alltitles = Object.fromEntries(
  Object.entries(Search._index.alltitles).map(([title, places]) => [asHtml(title), places]),
);

/* A pattern that finds a word in a text without marks. */
const pattern = (word) =>
  isNumber(word)
    ? `(?<![0-9.,])${word.replace(/[0-9](?=[0-9])|[.]/g, (sign) => (sign === "." ? "[.,]" : `${sign}[.,]?`))}(?![0-9])`
    : `(?<![a-z0-9])${word}`;

const LEFT_OUT = ".headerlink, .chapter-box, .dateline, .about-page, details.hide, .figure-files";
const PARTS = "p, li, dt, dd, th, td, br, caption, figcaption, summary"; // what one says does not run into the next

Search.htmlToText = (page) => {
  const article = new DOMParser().parseFromString(page, "text/html").querySelector(".bd-article");
  article.querySelectorAll(LEFT_OUT).forEach((part) => part.remove());
  article.querySelectorAll(PARTS).forEach((part) => part.after(" "));
  return article.textContent.replace(/\s+/g, " ").trim().normalize("NFC");
};

Search.makeSearchSummary = (page, words) => {
  const text = Search.htmlToText(page);
  const plain = folded(text); // a letter for each letter
  const patterns = [...words].map(pattern);
  const places = [patterns.join(" "), ...patterns].map((one) => plain.search(new RegExp(one)));
  const start = Math.max((places.find((place) => place > -1) ?? 0) - 120, 0);
  const summary = document.createElement("p");
  summary.className = "context";
  summary.textContent = (start ? "…" : "") + text.slice(start, start + 240).trim() + (start + 240 < text.length ? "…" : "");
  return summary;
};
