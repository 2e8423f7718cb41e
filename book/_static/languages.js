/* The switch to another language leads to the part of the page that is being read, and takes a search along. */
"use strict";

function place() {
  const aimed = document.querySelector(":target")?.getBoundingClientRect();
  if (aimed && aimed.bottom > 0 && aimed.top < innerHeight) return location.hash;
  const sections = [...document.querySelectorAll(".bd-article section section[id]")];
  const read = sections.filter((section) => section.getBoundingClientRect().top < innerHeight / 3).at(-1);
  return read ? `#${read.id}` : "";
}

for (const link of document.querySelectorAll(".language-switcher a")) {
  link.addEventListener("click", () => {
    link.search = location.search;
    link.hash = place();
  });
}
