// Tables of the page: sorted by a column, filtered by a word, written as CSV, and walked through with the arrow keys.

import { byId, drawn, element } from "./elements.js";
import { csv, download } from "./downloads.js";

const FEWEST_ROWS = 3;

function ownText(cell) {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll("small, svg").forEach(part => part.remove());
  return copy.textContent.trim();
}

/** What a cell shows, with what stands small below it, such as an interval, in parentheses. */
function wholeText(cell) {
  const small = [...cell.querySelectorAll("small")].map(part => ` (${part.textContent.trim()})`);
  return ownText(cell) + small.join("");
}

function asNumber(text) {
  return text === "" ? NaN : Number(text.replaceAll(",", "").replace("%", ""));
}

function sortRows(table, column, descending) {
  const rows = [...table.tBodies[0].rows].map(row => [row, ownText(row.cells[column])]);
  const numeric = rows.every(([, text]) => text === "" || !Number.isNaN(asNumber(text)));
  const compare = numeric
    ? (a, b) => (Number.isNaN(asNumber(a)) ? -Infinity : asNumber(a)) - (Number.isNaN(asNumber(b)) ? -Infinity : asNumber(b))
    : (a, b) => a.localeCompare(b, "en", { numeric: true });
  rows.sort((a, b) => (descending ? -1 : 1) * compare(a[1], b[1]));
  table.tBodies[0].append(...rows.map(([row]) => row));
}

function addSorting(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = element("button", { type: "button" }, head.textContent);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const before = head.getAttribute("aria-sort"), numeric = head.classList.contains("n");
      const descending = before ? before === "ascending" : numeric;
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      sortRows(table, column, descending);
    });
  });
}

function shownRows(table) {
  const heads = [...table.tHead.rows[0].cells].map(cell => cell.textContent);
  const ends = [...table.tBodies[0].rows].filter(row => !row.hidden);
  return [heads, ...ends.map(row => [...row.cells].map(wholeText))];
}

function toolsOf(table) {
  const rows = [...table.tBodies[0].rows], count = element("span", { role: "status" });
  const filter = element("input", { type: "search", oninput: event => {
    const word = event.target.value.toLowerCase();
    rows.forEach(row => { row.hidden = !row.textContent.toLowerCase().includes(word); });
    const kept = rows.filter(row => !row.hidden).length;
    count.textContent = word ? `${kept} of ${rows.length} rows` : "";
  } });
  return element("p", { class: "tools" },
    element("label", {}, "Rows with ", filter), count,
    element("button", { type: "button", onclick: () => download(`${table.id}.csv`, "text/csv", csv(shownRows(table))) }, "CSV of what is shown"));
}

/** One link of a table is in the order of the tab key; the arrow keys go from it to the others. */
function walk(table) {
  const links = () => [...table.querySelectorAll("a.cell")];
  links().forEach((link, place) => { link.tabIndex = place ? -1 : 0; });
  table.addEventListener("keydown", event => {
    const link = event.target.closest("a.cell"), steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    if (!link || !steps[event.key]) return;
    const [down, right] = steps[event.key], cell = link.closest("td"), rows = [...table.tBodies[0].rows].filter(row => !row.hidden);
    const next = rows[rows.indexOf(cell.parentElement) + down]?.cells[cell.cellIndex + right]?.querySelector("a.cell");
    if (!next) return;
    links().forEach(other => { other.tabIndex = -1; });
    next.tabIndex = 0;
    next.focus();
    event.preventDefault();
  });
}

/** Draw, in cells that have an interval, it as a line and the number as a mark, in percent of the width of the cell. */
export function drawBars(part) {
  for (const cell of part.querySelectorAll("[data-bar]")) {
    const [low, value, high] = cell.dataset.bar.split(" ");
    cell.removeAttribute("data-bar");
    cell.append(drawn("svg", { class: "bar", viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
      drawn("path", { class: "interval", d: `M${low} 4H${high}` }), drawn("path", { class: "rate", d: `M${value} 0V8` })));
  }
}

/** Go to the row of a table that the address names, such as models:5, and mark it. */
export function showRow(asked) {
  document.querySelectorAll("tr.here").forEach(row => row.classList.remove("here"));
  const [name, place] = (asked ?? "").split(":"), row = [...(byId(name)?.querySelectorAll("tr[data-row]") ?? [])].find(each => each.dataset.row === place);
  if (!row) return;
  row.classList.add("here");
  row.tabIndex = -1;
  row.scrollIntoView({ block: "center" });
  row.focus({ preventScroll: true });
}

export function improveTables() {
  for (const table of document.querySelectorAll("table[id]")) {
    if (!table.tHead) continue;
    walk(table);
    if (table.tBodies[0].rows.length < FEWEST_ROWS) continue;
    addSorting(table);
    table.closest(".scroll").before(toolsOf(table));
  }
}
