/* What a search shows of a page: the words around the first place found, of its text without code and frame, and also
   where the page writes a word with marks that the query leaves out. `folded` comes with the language of the index. */
"use strict";

const LEFT_OUT = ".headerlink, .chapter-box, details.hide, .figure-files";
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
  const places = [[...words].join(" "), ...words].map((word) => plain.search(new RegExp(`(?<![a-z0-9])${word}`)));
  const start = Math.max((places.find((place) => place > -1) ?? 0) - 120, 0);
  const summary = document.createElement("p");
  summary.className = "context";
  summary.textContent = (start ? "…" : "") + text.slice(start, start + 240).trim() + (start + 240 < text.length ? "…" : "");
  return summary;
};
