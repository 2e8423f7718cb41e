/* Keeps an explorer at what its sliders say: the sentence, the two paths and the name at the end of the assumed one.
   What is computed and how it is rounded and written is that of the notebook's Python, to the last digit. */
"use strict";

const WAYS = { ROUND_FLOOR: Math.floor, ROUND_CEILING: Math.ceil };

/* A number rounded as Python does it: a half goes away from zero, and a bound to the side on which it stays one. */
function rounded(value, decimals = 0, way = "") {
  const shifted = (number, by) => {
    const [digits, power] = number.toExponential().split("e");
    return Number(`${digits}e${Number(power) + by}`);
  };
  const near = shifted(Number(value.toPrecision(15)), decimals);
  const whole = WAYS[way]?.(near) ?? Math.sign(near) * Math.round(Math.abs(near));
  return shifted(whole, -decimals);
}

/* A number of the page's language with no more decimals than it needs. */
function plain(value, decimals = 0, way = "") {
  const language = document.documentElement.lang || undefined;
  const number = rounded(value, decimals, way) + 0; // no zero below zero
  return number.toLocaleString(language, { maximumFractionDigits: decimals }).replace("-", "\u2212");
}

/* A value with its unit, in the largest size that it reaches. */
function written(value, { forms, decimals }) {
  const [size, before, after] = forms.find(([least]) => Math.abs(value) >= least) ?? forms.at(-1);
  return before + plain(value / size, decimals) + after;
}

/* A value in whole steps: what is short of what is wanted is not as much as that. */
function short(value, wanted, step) {
  const alike = value < wanted && rounded(value / step) === rounded(wanted / step);
  return rounded(value / step, 0, alike ? "ROUND_FLOOR" : "");
}

/* The parts of the sentence and the values of the paths, for a growth in per cent and a start in the size of the page. */
function computed(about, growth, start) {
  const { years, target, size, step } = about;
  const level = start * size;
  const rates = { assumed: growth / 100, required: (target / level) ** (1 / years) - 1 };
  const path = (rate) => Array.from({ length: years + 1 }, (_, year) => level * (1 + rate) ** year);
  const paths = { assumed: path(rates.assumed), required: path(rates.required) };
  const reached = paths.assumed.at(-1);
  const parts = {
    growth: about.rates[rates.assumed < 0 ? 1 : 0].replace("{n}", `${plain(100 * Math.abs(rates.assumed), 1)}%`),
    base: written(level, about),
    reached: written(short(reached, target, step) * step, about),
    share: `${plain(short(100 * (reached / target), 100, 1))}%`,
    required: about.needed.replace("{n}", `${plain(100 * rates.required, 1, about.way)}%`),
    impossible: reached > about.limit ? about.impossible : "",
  };
  return { parts, paths, reached };
}

/* An announcement is made where a text is set, so one that stays is left alone. */
function tell(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function explore(figure) {
  const about = JSON.parse(figure.querySelector("script").textContent);
  const sliders = [...figure.querySelectorAll("input")];
  const show = () => {
    const { parts, paths, reached } = computed(about, ...sliders.map((slider) => Number(slider.value)));
    for (const slider of sliders) tell(slider.nextElementSibling, plain(Number(slider.value), 6));
    for (const part of figure.querySelectorAll("[data-part]")) tell(part, parts[part.dataset.part]);
    for (const [name, values] of Object.entries(paths)) {
      const points = values.map((value, year) => `${year} ${-value / about.size}`).join(" ");
      for (const path of figure.querySelectorAll(`path.${name}`)) path.setAttribute("d", `M${points}`);
    }
    const down = Math.max(0, 100 * (1 - reached / about.size / about.top)); // from the top of the chart, per cent
    for (const name of figure.querySelectorAll("text")) {
      tell(name, parts.reached);
      name.setAttribute("y", `${down}%`);
    }
  };
  for (const slider of sliders) slider.addEventListener("input", show);
  show();
}

document.querySelectorAll(".report-explorer").forEach(explore);
