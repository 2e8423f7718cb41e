/* The light or dark mode that the reader chose, before anything is drawn. */
"use strict";
for (const name of ["mode", "theme"]) document.documentElement.dataset[name] = localStorage.getItem(name) || "auto";
