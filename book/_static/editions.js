/* What is newer than a page: links to the other editions, and that a newer edition or revision exists.
   It is read from editions.<language>.json, two folders above the start of the book, when the page is looked at.
   A page that is opened from a disk stays as it is. */
"use strict";

async function showEditions(nav) {
  const start = new URL(document.documentElement.dataset.content_root, location.href);
  const [language, above, higher] = start.pathname.split("/").filter(Boolean).reverse();
  const revision = /^r\d+$/.test(above) ? Number(above.slice(1)) : null;
  const place = new URL(revision === null ? "../../" : "../../../", start);
  const answer = await fetch(new URL(`editions.${language}.json`, place));
  if (!answer.ok) return;
  const known = await answer.json();
  const page = nav.dataset.page;
  const period = revision === null ? above : higher;
  const address = (edition) =>
    new URL(`${edition.period}/${language}/${edition.pages.includes(page) ? page : known.start}.html`, place).href;
  const own = known.editions.find((edition) => edition.period === period);
  const newest = known.editions[0];
  addLinks(nav, known, own, address);
  const news = [];
  if (own && revision !== null && revision < own.revision) {
    for (const notice of own.corrections.filter((n) => n.revision > revision && n.pages.includes(page))) {
      news.push([notice.text]);
    }
    news.push([known.words.revised, own.name, address(own)]);
  }
  if (own && own !== newest) news.push([known.words.newer, newest.name, address(newest)]);
  if (news.length) addNews(known.words.news, news);
  if (known.next) document.querySelectorAll(".edition-next").forEach((line) => (line.textContent = known.next));
}

function addLinks(nav, known, own, address) {
  const list = document.createElement("ul");
  for (const edition of known.editions) {
    const item = list.appendChild(document.createElement("li"));
    const link = item.appendChild(document.createElement("a"));
    link.href = address(edition);
    link.textContent = edition.name;
    if (edition === own) link.setAttribute("aria-current", "true");
  }
  nav.querySelector(".edition-menu p").after(list);
}

function addNews(label, news) {
  const box = document.createElement("aside");
  box.className = "edition-news";
  box.setAttribute("aria-label", label);
  for (const [text, name, href] of news) {
    const line = box.appendChild(document.createElement("p"));
    line.append(text, " ");
    if (href) {
      const link = line.appendChild(document.createElement("a"));
      link.href = href;
      link.textContent = name;
    }
  }
  document.querySelector(".bd-article, .bd-search-container").prepend(box);
}

const switcher = document.querySelector(".edition-switcher");
if (switcher && location.protocol.startsWith("http")) {
  showEditions(switcher);
  const menu = switcher.querySelector("details");
  switcher.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}
