// What happens when the page opens and when its address changes.

import { byId } from "./elements.js";
import { showComparison } from "./compare.js";
import { closeEvidence, showEvidence } from "./evidence.js";
import { drawFigures, drawUnpacked, improveFigures, unpackDrawings } from "./figures.js";
import { showReader, step } from "./read.js";
import { state } from "./state.js";
import { showChapter } from "./story.js";
import { drawBars, improveTables, showRow } from "./tables.js";
import { showWords } from "./words.js";

// What a view shows only when it is opened.
const SHOW = { read: showReader, words: showWords, compare: showComparison };
let last = null;

async function show() {
  const asked = state().view, view = byId("view-" + asked) ? asked : "overview";
  for (const section of document.querySelectorAll("section.view")) section.classList.toggle("shown", section.id === "view-" + view);
  for (const link of document.querySelectorAll("nav[aria-label=Views] a")) {
    if (link.getAttribute("href") === "#view=" + view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (last !== null && last !== view) scrollTo(0, 0);
  last = view;
  showChapter();
  drawBars(byId("view-" + view));
  await drawFigures(byId("view-" + view));
  await SHOW[view]?.();
  await showEvidence();
  showRow(state().row);
  performance.mark("shown");
  document.documentElement.dataset.shown = location.hash;
}

document.documentElement.classList.add("scripts");
// Without scripts the address leads to a part of the page by its id; with them the browser must not scroll to it.
for (const section of document.querySelectorAll("section.view")) section.id = section.id.replace("=", "-");
improveTables();
improveFigures();
addEventListener("hashchange", show);
addEventListener("beforeprint", () => {
  drawBars(document);
  drawUnpacked(document);
});
addEventListener("keydown", event => {
  if (event.key === "Escape" && !byId("evidence").hidden) closeEvidence();
  const typing = event.target.closest?.("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey;
  if (last === "read" && !typing && (event.key === "n" || event.key === "p")) step(event.key === "n" ? 1 : -1);
});
// For printing, which does not wait, drawings are unpacked once there is nothing else to do.
show().then(() => requestIdleCallback(unpackDrawings));
