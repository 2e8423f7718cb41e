/* The light or dark mode that the reader chose, and whether code is shown, before anything is drawn. */
"use strict";
for (const name of ["mode", "theme"]) document.documentElement.dataset[name] = localStorage.getItem(name) || "auto";
document.documentElement.dataset.code = localStorage.getItem("code") || "hidden";
