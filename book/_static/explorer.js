/* Draws the explorers of a page and keeps their sentences true. Needs vega.js, and no server. */
"use strict";

async function explore(figure) {
  const { view } = await vegaEmbed(
    figure.querySelector(".explorer-chart"),
    JSON.parse(figure.querySelector("script").textContent),
    { actions: false, renderer: "svg", bind: figure.querySelector(".explorer-controls") },
  );
  tellValues(figure);
  for (const part of figure.querySelectorAll("[data-signal]")) {
    view.addSignalListener(part.dataset.signal, (_, value) => {
      part.textContent = value;
    });
  }
}

/* The value beside a slider, with the separators of the page's language. */
function tellValues(figure) {
  for (const slider of figure.querySelectorAll(".explorer-controls input")) {
    const shown = slider.parentElement.querySelector("span:last-child");
    const tell = () => {
      shown.textContent = Number(slider.value).toLocaleString(document.documentElement.lang || undefined);
    };
    for (const moved of ["input", "change"]) slider.addEventListener(moved, tell);
    tell();
  }
}

document.querySelectorAll(".report-explorer").forEach(explore);
