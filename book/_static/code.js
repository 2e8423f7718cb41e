/* The switch for the code of a page: pressed, all code is unfolded; else it is hidden. It stays as the reader left it. */
"use strict";
const codeSwitch = document.querySelector(".code-switch");

function showCode(shown) {
  document.documentElement.dataset.code = shown ? "shown" : "hidden";
  codeSwitch.setAttribute("aria-pressed", String(shown));
  document.querySelectorAll("details.above-input").forEach((cell) => (cell.open = shown));
}

codeSwitch.addEventListener("click", () => {
  const shown = codeSwitch.getAttribute("aria-pressed") !== "true";
  localStorage.setItem("code", shown ? "shown" : "hidden");
  showCode(shown);
});
showCode(document.documentElement.dataset.code === "shown");
