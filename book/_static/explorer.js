/* Keeps the sentence of an explorer true when its sliders move, and draws its chart. Vega, which does both, is loaded
   when somebody reaches for a slider; until then the page shows a picture. No server is needed. */
"use strict";

const vegaFile = new URL("vega.js", document.currentScript.src).href;
let vega;

/* Vega, asked for once. */
function loaded() {
  vega ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = vegaFile;
    script.onload = () => done();
    script.onerror = () => failed(new Error(`${vegaFile} cannot be loaded`));
    document.head.append(script);
  });
  return vega;
}

/* The chart in the place of the picture. A strict policy lets no page compile an expression, so they are interpreted,
   nor add a style, as the tooltips of the library do. */
async function draw(figure) {
  await loaded();
  const spec = JSON.parse(figure.querySelector("script").textContent);
  for (const parameter of spec.params) delete parameter.bind;
  const options = { actions: false, ast: true, defaultStyle: false, renderer: "svg", tooltip: false };
  const { view } = await vegaEmbed(figure.querySelector(".explorer-chart"), spec, options);
  for (const part of figure.querySelectorAll("[data-signal]")) {
    view.addSignalListener(part.dataset.signal, (_, value) => {
      part.textContent = value;
    });
  }
  return view;
}

function explore(figure) {
  const controls = figure.querySelector(".explorer-controls");
  let drawn;
  const view = () => (drawn ??= draw(figure));
  for (const event of ["focusin", "pointerenter"]) controls.addEventListener(event, view, { once: true });
  for (const slider of controls.querySelectorAll("input")) {
    tell(slider);
    slider.addEventListener("input", async () => {
      tell(slider);
      const chart = await view();
      chart.signal(slider.name, Number(slider.value)).run();
    });
  }
}

/* The value beside a slider, with the separators of the page's language. */
function tell(slider) {
  const language = document.documentElement.lang || undefined;
  slider.nextElementSibling.textContent = Number(slider.value).toLocaleString(language);
}

document.querySelectorAll(".report-explorer").forEach(explore);
