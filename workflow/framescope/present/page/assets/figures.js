// Figures: the choice of what is drawn, marks that are walked through with the keyboard, and what is shown as files.

import { unpacked } from "./data.js";
import { byId, decimal, drawn, element } from "./elements.js";
import { csv, download } from "./downloads.js";

const PIXELS = 7.5, FEWEST_LETTERS = 50, SHARPNESS = 2, MARGIN = 8;
const svgOf = figure => figure.querySelector(".paper svg"), listOf = figure => figure.querySelector("select");

let drawings = null;

/** Unpack what figures show, and the drawings that do not stand in the page as elements. */
export async function unpackDrawings() {
  drawings ??= await unpacked(byId("drawings").textContent.trim());
}

async function shownOf(figure) {
  await unpackDrawings();
  return drawings[figure.id][listOf(figure)?.selectedIndex ?? 0];
}

/** One mark of a figure is in the order of the tab key; the arrow keys go from it to the others. */
function walkMarks(figure) {
  const marks = [...svgOf(figure).querySelectorAll("a")];
  marks.forEach((mark, place) => {
    mark.setAttribute("tabindex", place ? "-1" : "0");
    mark.prepend(drawn("title", {}, mark.getAttribute("aria-label")));
    mark.addEventListener("keydown", event => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key], next = step && marks[place + step];
      if (!next) return;
      mark.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
      event.preventDefault();
    });
  });
}

function draw(figure, svg) {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
  figure.querySelector(".paper").replaceChildren(document.importNode(parsed.documentElement, true));
  walkMarks(figure);
}

async function drawChoice(figure) {
  const chosen = await shownOf(figure);
  draw(figure, chosen.svg);
  figure.querySelector("h3").textContent = chosen.claim;
  figure.querySelector(".note").textContent = chosen.note;
  if (tableOf(figure)) await showTable(figure);
}

/** Draw the figures of a part of the page that are not drawn yet. */
export async function drawFigures(part) {
  if (!part.querySelector("figure[data-waiting]")) return;
  await unpackDrawings();
  drawUnpacked(part);
}

/** Draw what `drawFigures` does if the drawings are unpacked, at once, because a browser does not wait to print. */
export function drawUnpacked(part) {
  if (!drawings) return;
  for (const figure of part.querySelectorAll("figure[data-waiting]")) {
    draw(figure, drawings[figure.id][0].svg);
    figure.removeAttribute("data-waiting");
  }
}

function rowsOf({ rows }) {
  const columns = Object.keys(rows);
  return [columns, ...(rows[columns[0]] ?? []).map((_, place) => columns.map(column => rows[column][place]))];
}

function tableOf(figure) {
  return figure.querySelector(".values");
}

async function showTable(figure) {
  const [heads, ...rows] = rowsOf(await shownOf(figure));
  const cell = value => (typeof value === "number" ? element("td", { class: "n" }, Number.isInteger(value) ? value : decimal(value)) : element("td", {}, value === true ? "yes" : value === false ? "no" : value));
  const table = element("table", {}, element("caption", { class: "unseen" }, "What the figure shows"),
    element("thead", {}, element("tr", {}, heads.map((head, place) => element("th", { scope: "col", class: typeof rows[0]?.[place] === "number" && "n" }, head)))),
    element("tbody", {}, rows.map(row => element("tr", {}, row.map(cell)))));
  tableOf(figure)?.remove();
  figure.append(element("div", { class: "scroll values", tabindex: "0", role: "region", "aria-label": "What the figure shows" }, table));
}

/** The words of a text in lines of at most so many letters. */
function wrapped(text, letters) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if ((lines.at(-1) + word).length > letters) lines.push("");
    lines.push(`${lines.pop()} ${word}`.trim());
  }
  return lines.filter(Boolean);
}

/** The drawing as it stands alone: without links into the page, below its claim and note. */
function alone(figure) {
  const svg = svgOf(figure).cloneNode(true), width = Number(svg.getAttribute("width")), height = Number(svg.getAttribute("height"));
  svg.querySelectorAll("a").forEach(link => link.replaceWith(...[...link.childNodes].filter(node => node.nodeName !== "title")));
  const letters = Math.max(FEWEST_LETTERS, width / PIXELS), wide = Math.max(width, FEWEST_LETTERS * PIXELS);
  const lines = [...wrapped(figure.querySelector("h3").textContent, letters * 0.85).map(text => [text, 15, 600]),
    ...wrapped(figure.querySelector(".note").textContent, letters).map(text => [text, 12, 400])];
  let top = MARGIN;
  const words = lines.map(([text, size, weight]) => drawn("text", { x: MARGIN, y: (top += size + 5), "font-size": size, "font-weight": weight, "font-family": "system-ui, sans-serif", fill: "#1d2528" }, text));
  top += MARGIN;
  svg.replaceChildren(drawn("rect", { width: wide, height: height + top, fill: "white" }), ...words, drawn("g", { transform: `translate(0,${top})` }, ...svg.childNodes));
  for (const [name, value] of Object.entries({ width: wide, height: height + top, viewBox: `0 0 ${wide} ${height + top}` })) svg.setAttribute(name, value);
  return { text: new XMLSerializer().serializeToString(svg), width: wide, height: height + top };
}

async function pictureOf({ text, width, height }) {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" })), image = new Image();
  image.src = address;
  await image.decode();
  const canvas = element("canvas", { width: SHARPNESS * width, height: SHARPNESS * height });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return new Promise(resolve => canvas.toBlob(resolve, "image/png"));
}

function toolsOfFigure(figure) {
  const button = (label, act) => element("button", { type: "button", onclick: act }, label);
  const table = button("Table of what is shown", async () => {
    const open = !tableOf(figure);
    table.setAttribute("aria-expanded", open);
    if (open) await showTable(figure);
    else tableOf(figure).remove();
  });
  table.setAttribute("aria-expanded", "false");
  return element("p", { class: "tools" }, table,
    button("CSV", async () => download(`${figure.id}.csv`, "text/csv", csv(rowsOf(await shownOf(figure))))),
    button("SVG", () => download(`${figure.id}.svg`, "image/svg+xml", alone(figure).text)),
    button("PNG", async () => download(`${figure.id}.png`, "image/png", await pictureOf(alone(figure)))));
}

export function improveFigures() {
  for (const figure of document.querySelectorAll("figure.drawing")) {
    listOf(figure)?.addEventListener("change", () => drawChoice(figure));
    figure.append(toolsOfFigure(figure));
    if (svgOf(figure)) walkMarks(figure);
  }
}
