// Figures: the choice of what is drawn, and the drawing as a file.

import { unpacked } from "./data.js";
import { byId, element } from "./elements.js";
import { download } from "./downloads.js";

let drawings = null;

/** Unpack the drawings that do not stand in the page as elements. */
export async function unpackDrawings() {
  drawings ??= await unpacked(byId("drawings").textContent.trim());
}

function draw(figure, choice) {
  const parsed = new DOMParser().parseFromString(drawings[figure][choice], "image/svg+xml");
  byId(figure).querySelector(".paper").replaceChildren(document.importNode(parsed.documentElement, true));
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
    draw(figure.id, figure.dataset.waiting);
    figure.removeAttribute("data-waiting");
  }
}

export function improveFigures() {
  for (const list of document.querySelectorAll("select[data-figure]")) {
    list.addEventListener("change", async () => {
      await unpackDrawings();
      draw(list.dataset.figure, list.value);
    });
  }
  for (const figure of document.querySelectorAll("figure.drawing")) {
    figure.querySelector("figcaption").append(" ", element("button", { type: "button", onclick: () =>
      download(`${figure.id}.svg`, "image/svg+xml", new XMLSerializer().serializeToString(figure.querySelector(".paper svg"))) },
      "SVG of what is shown"));
  }
}
