/* The search: words without their marks and endings, a number without what parts its thousands. A page is found that
   says all words; the more of them stand in a row in its title, its headings and its text, the earlier it comes. */
"use strict";

const ENGLISH = document.documentElement.lang === "en";
const NUMBER = "[0-9]{1,3}(?:[.,][0-9]{3})+(?:[.,][0-9]{1,2})?%?|[0-9]+(?:[.,][0-9]{1,2})?%?";
const WORD = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${NUMBER})(?![\\p{L}\\p{N}_])|[\\p{L}\\p{N}_]+`, "gu");
const TITLE = 4, HEADING = 1.5, TOP = 0.5; // what a place counts, beside the text as a whole
const USUAL = 4000; // words of a page; a longer one says a word more often by chance

const folded = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/\u0111/g, "d");
const isNumber = (word) => /^[0-9]/.test(word);

/* 60,000 and 60.000 are one number, and so are 16.2% and 16,2%. In English, villages is village. */
function plain(word) {
  if (isNumber(word)) return folded(word).replace(/[.,](?=[0-9]{3}(?![0-9]))/g, "").replace(",", ".");
  const whole = folded(word);
  return ENGLISH && whole.length > 3 ? whole.replace(/ies$/, "y").replace(/(?<![su])s$/, "") : whole;
}

const known = new Map();
const words = (text) =>
  Array.from(text.matchAll(WORD), ({ 0: word, index }) => {
    if (!known.has(word)) known.set(word, plain(word));
    return { word: known.get(word), index };
  });

/* 8 finds 8%, too; in English the beginning of a word finds it. */
const fits = (asked, said) =>
  asked === said || (isNumber(asked) ? said === `${asked}%` : ENGLISH && asked.length > 3 && said.startsWith(asked));

/* How often words are said, how many of those asked for stand in a row, and where they do first. */
function look(said, asked) {
  let [times, longest, place] = [0, 0, 0];
  for (const [at] of said.entries()) {
    for (const from of asked.keys()) {
      let run = 0;
      while (from + run < asked.length && at + run < said.length && fits(asked[from + run], said[at + run].word)) run++;
      if (run === asked.length) times++;
      if (run > longest) [longest, place] = [run, said[at].index];
    }
  }
  return { times, row: longest / asked.length, place };
}

/* What a page has of the words asked for; null if one of them is missing. */
function rate({ page, parts }, asked) {
  const looks = parts.map(([address, heading, text]) => {
    const [above, below] = [words(heading), words(text)];
    const [name, body] = [look(above, asked), look(below, asked)];
    return { address, heading, text, size: below.length, name, body, has: [...above, ...below] };
  });
  const all = looks.flatMap((part) => part.has);
  if (!asked.every((word) => all.some((said) => fits(word, said.word)))) return null;
  const times = looks.reduce((sum, part) => sum + part.body.times, 0);
  const often = times / (times + 1.5 + (2 * all.length) / USUAL);
  const row = Math.max(...looks.map((part) => part.body.row));
  const [top, ...others] = looks;
  const heading = Math.max(0, ...others.map((part) => part.name.row));
  const score = TITLE * top.name.row ** 2 + HEADING * heading ** 2 + TOP * top.body.row ** 2 + row ** 2 + 2 * often;
  const weight = (part) => 2 * part.name.row ** 2 + part.body.row ** 2 + part.body.times / (part.body.times + 2);
  const best = looks.reduce((found, part) => (weight(part) > weight(found) ? part : found));
  return { page, title: top.heading, part: top.name.row === 1 ? top : best, score };
}

/* The words around the first place found, those asked for marked. */
function around({ text, body }, asked) {
  const start = body.place > 120 ? text.indexOf(" ", body.place - 120) + 1 : 0;
  const end = start + 240 < text.length ? text.lastIndexOf(" ", start + 240) : text.length;
  const shown = text.slice(start, end);
  const context = document.createElement("p");
  context.className = "context";
  let done = 0;
  for (const { 0: word, index } of shown.matchAll(WORD)) {
    if (!asked.some((one) => fits(one, plain(word)))) continue;
    context.append(shown.slice(done, index), mark(word));
    done = index + word.length;
  }
  context.append(shown.slice(done), end < text.length ? "…" : "");
  if (start) context.prepend("…");
  return context;
}

function mark(word) {
  const marked = document.createElement("span");
  marked.className = "highlighted";
  marked.textContent = word;
  return marked;
}

function show({ page, title, part }, asked) {
  const item = document.createElement("li");
  const link = item.appendChild(document.createElement("a"));
  link.href = `${page}.html${part.address && part.heading !== title ? `#${part.address}` : ""}`;
  link.textContent = part.heading === title ? title : `${title} > ${part.heading}`;
  item.append(around(part, asked));
  return item;
}

/* The pages that say what is asked for, the best first; two that are as good stay in their order. */
function rank(pages, query) {
  const asked = words(query).map(({ word }) => word);
  const found = asked.length ? pages.map((page) => rate(page, asked)).filter(Boolean) : [];
  return { asked, found: found.sort((one, other) => other.score - one.score) };
}

/* The script of the texts calls this. */
function search(pages) {
  const query = (new URLSearchParams(location.search).get("q") ?? "").normalize("NFC").trim();
  for (const field of document.querySelectorAll('input[name="q"]')) field.value = query;
  if (!query) return;
  const { asked, found } = rank(pages, query);
  const results = document.getElementById("search-results");
  const [summary, list] = results.querySelectorAll(".search-summary, ul");
  const { found: said, none } = summary.dataset;
  results.hidden = false;
  summary.textContent = found.length ? said.replace("${resultCount}", found.length) : none;
  list.append(...found.map((one) => show(one, asked)));
  list.addEventListener("click", () => {
    localStorage.setItem("sphinx_highlight_terms", query.toLowerCase().match(WORD).join(" "));
  });
}
