/* Draws the explorers of a page and keeps their sentences true. Needs vega.js, and no server. */
"use strict";

async function explore(figure) {
  const { view } = await vegaEmbed(
    figure.querySelector(".explorer-chart"),
    JSON.parse(figure.querySelector("script").textContent),
    { actions: false, renderer: "svg", bind: figure.querySelector(".explorer-controls") },
  );
  for (const part of figure.querySelectorAll("[data-signal]")) {
    view.addSignalListener(part.dataset.signal, (_, value) => {
      part.textContent = value;
    });
  }
}

document.querySelectorAll(".report-explorer").forEach(explore);
