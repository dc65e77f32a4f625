// The sentences behind a number: those that are counted, and those that are set aside with the reason.

import { byId, element, plain, thousands } from "./elements.js";
import { data, isWithin, sentencesOf, unitName, valueOf } from "./data.js";
import { longList, passage } from "./passages.js";
import { choose, state } from "./state.js";
import { missingTexts } from "./units.js";

/** The hits of a theme in a unit, or the names of an actor: [place, sentence, reason]; counted ones have no reason. */
export function mentionsBehind(block, chosen) {
  const belongs = sentencesOf(block, chosen.unit ?? "");
  const kind = chosen.actor ? "entities" : "hits", rows = block[kind], found = [];
  rows.sentence.forEach((sentence, place) => {
    const fits = chosen.actor ? valueOf(rows.actor, place) === chosen.actor : isWithin(valueOf(rows.theme, place), chosen.theme);
    if (!fits || !belongs(sentence)) return;
    const aside = chosen.actor ? (block.sentences.quoted[sentence] ? "inside a quotation" : "") : valueOf(rows.set_aside, place);
    found.push([place, sentence, aside]);
  });
  return found;
}

/** List entries for mentions, one for each sentence and reason. */
export function entriesFor(block, kind, found) {
  const bySentence = new Map();
  for (const [place, sentence, reason] of found) {
    const key = `${sentence} ${reason}`;
    if (!bySentence.has(key)) bySentence.set(key, { sentence, reason, marks: [] });
    const title = kind === "hits" ? plain(valueOf(block.hits.theme, place)) : undefined;
    bySentence.get(key).marks.push([block[kind].start[place], block[kind].end[place], reason ? "aside" : "counted", title]);
  }
  return [...bySentence.values()].map(({ sentence, reason, marks }) => () => passage(block, sentence, marks, reason && `Set aside: ${reason}`));
}

function part(block, kind, found, heading, id) {
  if (!found.length) return [];
  const noun = kind === "hits" ? "hit" : "mention", sentences = new Set(found.map(([, sentence]) => sentence)).size;
  const count = `${thousands(found.length)} ${noun}${found.length === 1 ? "" : "s"} in ${thousands(sentences)} sentence${sentences === 1 ? "" : "s"}`;
  return [element("section", { id }, element("h3", {}, `${heading}: ${count}`), ...longList(entriesFor(block, kind, found)))];
}

let opener = null;

export function closeEvidence() {
  // In a comparison the theme stays chosen.
  choose({ theme: state().view === "compare" ? state().theme : "", unit: "", actor: "" });
}

export async function showEvidence() {
  const drawer = byId("evidence"), chosen = state();
  if (!chosen.unit || !(chosen.theme || chosen.actor)) {
    if (!drawer.hidden) {
      drawer.hidden = true;
      opener?.focus();
    }
    return;
  }
  if (drawer.hidden) opener = document.activeElement;
  const block = await data(), missing = await missingTexts(block, chosen.unit), found = mentionsBehind(block, chosen), kind = chosen.actor ? "entities" : "hits";
  const close = element("button", { type: "button", class: "close", onclick: closeEvidence }, "Close");
  const where = unitName(block, chosen.unit), what = chosen.actor ?? plain(chosen.theme);
  const counted = found.filter(([, , reason]) => !reason), aside = found.filter(([, , reason]) => reason);
  const remark = missing ?? (found.length ? null : element("p", { class: "none" }, "There is no sentence behind this number."));
  drawer.replaceChildren(close, element("h2", { id: "evidence-heading" }, `${what} in ${where}`), ...(remark ? [remark] : []),
    ...part(block, kind, counted, chosen.actor ? "By the author" : "Counted", "counted"),
    ...part(block, kind, aside, chosen.actor ? "In quotations" : "Set aside", "set-aside"));
  drawer.hidden = false;
  drawer.scrollTop = 0;
  drawer.focus();
}
