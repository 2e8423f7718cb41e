/* Whoever comes to the site reads its start page in the first language of their browser that the site has. They are
   led on once, and only from the page that asks; the links between the languages lead where they say. */
"use strict";
const came = sessionStorage.getItem("came");
sessionStorage.setItem("came", "yes");
if (!came && "asks" in document.currentScript.dataset) {
  const others = new Map([...document.querySelectorAll("link[hreflang]")].map((link) => [link.hreflang, link.href]));
  const spoken = navigator.languages.map((language) => language.slice(0, 2));
  const wanted = spoken.find((code) => code === document.documentElement.lang || others.has(code));
  if (others.has(wanted)) location.replace(others.get(wanted));
}
