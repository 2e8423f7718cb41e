/* Long tables: a field leaves the rows that have its words, and a heading sorts them: up, down, and as they were. */
"use strict";

const LONG = 16; // rows
const language = document.documentElement.lang;
const SIZES = { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 };
const VIETNAMESE = { "nghìn tỷ": 1e12, nghìn: 1e3, triệu: 1e6, tỷ: 1e9 };
const without = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/\u0111/g, "d");

/* The first number of a text in its size: USD 1.2 million is 1200000. */
function number(text) {
  const [found, digits] = text.match(/([-\u2212]?\d[\d.,]*)/) ?? [];
  if (!found) return null;
  const vietnamese = language === "vi";
  const plain = vietnamese ? digits.replaceAll(".", "").replace(",", ".") : digits.replaceAll(",", "");
  const after = text.slice(text.indexOf(digits) + digits.length).trimStart();
  const sizes = Object.entries(vietnamese ? VIETNAMESE : SIZES);
  const size = sizes.find(([word]) => after.startsWith(word))?.[1] ?? 1;
  return Number.parseFloat(plain.replace("\u2212", "-")) * size;
}

/* A day or a month that a text begins with, as a time; 14 May 2019, about May 2019, 14/5/2019, khoảng tháng 5/2019. */
function day(text) {
  const english = text.match(/^(?:about )?(\d{1,2} )?([A-Z][a-z]+) (\d{4})\b/);
  const vietnamese = text.match(/^(?:khoảng )?(?:tháng )?(\d{1,2}\/)?(\d{1,2})\/(\d{4})\b/);
  if (vietnamese) return Date.UTC(vietnamese[3], vietnamese[2] - 1, Number.parseInt(vietnamese[1] ?? 1));
  return english ? Date.parse(`${english[2]} ${english[1] ?? 1} ${english[3]} UTC`) : null;
}

/* What a row is sorted by in a column; nothing where the cell is empty. */
function key(row, column) {
  const cell = row.cells[column];
  if (cell.classList.contains("missing")) return null;
  const text = cell.textContent.trim();
  return day(text) ?? (cell.classList.contains("number") ? number(text) : null) ?? text;
}

function compare(one, other) {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other), language, { numeric: true });
}

/* The rows in the order of a column, 1 up and -1 down; those without a value come last. */
function ordered(rows, column, direction) {
  const keys = new Map(rows.map((row) => [row, key(row, column)]));
  const [full, empty] = [rows.filter((row) => keys.get(row) !== null), rows.filter((row) => keys.get(row) === null)];
  return [...full.sort((one, other) => direction * compare(keys.get(one), keys.get(other))), ...empty];
}

function sortable(table, rows) {
  const heads = [...table.tHead.rows[0].cells];
  const next = { none: "ascending", ascending: "descending", descending: "none" };
  for (const [column, head] of heads.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    head.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      const order = next[head.getAttribute("aria-sort")];
      for (const other of heads) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", order);
      const sorted = order === "none" ? rows : ordered(rows, column, order === "ascending" ? 1 : -1);
      table.tBodies[0].append(...sorted);
    });
  }
}

function filterable(table, rows) {
  const tools = document.getElementById("table-filter").content.cloneNode(true);
  const [field, count] = [tools.querySelector("input"), tools.querySelector("output")];
  field.addEventListener("input", () => {
    const asked = without(field.value).split(/\s+/);
    for (const row of rows) row.hidden = !asked.every((word) => without(row.textContent).includes(word));
    const left = rows.filter((row) => !row.hidden).length;
    count.textContent = field.value.trim() && count.dataset.text.replace("{n}", left).replace("{all}", rows.length);
  });
  table.closest(".table-scroll").before(tools);
}

for (const table of document.querySelectorAll(".table-scroll table.report-table")) {
  const rows = [...table.tBodies[0].rows];
  if (rows.length < LONG) continue;
  if (matchMedia("(min-width: 600px)").matches) sortable(table, rows); // a phone shows no headings
  filterable(table, rows);
}
