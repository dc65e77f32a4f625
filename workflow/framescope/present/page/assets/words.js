// The concordance: every place of a word, phrase or pattern in the texts, with what stands around it.

import { byId, chooser, drawn, element, plain, thousands } from "./elements.js";
import { data, isWithin, sectionTitle, sentencesOf, sentenceText, titleOf, valueOf } from "./data.js";
import { csv, download } from "./downloads.js";
import { readAddress } from "./passages.js";
import { collocates, frequenciesOf, patternOf } from "./search.js";
import { addressOf, choose, state } from "./state.js";
import { missingTexts, themesOf, unitChooser } from "./units.js";

const SHOWN = 50, CONTEXT = 70, MOST_LINES = 20000, MOST_COLLOCATES = 20, MOST_STRIPS = 12;
const ORDERS = [["", "in order of the text"], ["hit", "by the words found"], ["right", "by what follows"], ["left", "by what comes before"]];

function searched(block, chosen) {
  const belongs = sentencesOf(block, chosen.within ?? "");
  return block.sentences.document.map((_, sentence) => sentence).filter(sentence => belongs(sentence)
    && (!chosen.theme || block.mentions.hits[sentence].some(hit => !valueOf(block.hits.set_aside, hit) && isWithin(valueOf(block.hits.theme, hit), chosen.theme)))
    && (!chosen.year || (block.documents[block.sentences.document[sentence]].published ?? "").startsWith(chosen.year)));
}

function linesOf(block, sentences, pattern) {
  const lines = [];
  for (const sentence of sentences) {
    const text = sentenceText(block, sentence);
    for (const found of text.matchAll(pattern)) {
      if (!found[0]) continue;
      lines.push({ sentence, left: text.slice(0, found.index), hit: found[0], right: text.slice(found.index + found[0].length) });
      if (lines.length === MOST_LINES) return lines;
    }
  }
  return lines;
}

function sorted(lines, order) {
  const key = { hit: line => line.hit, right: line => line.right.trim(), left: line => line.left.trim().split(/\s+/).reverse().join(" ") }[order];
  return key ? [...lines].sort((a, b) => key(a).localeCompare(key(b), "en", { sensitivity: "base" })) : lines;
}

function place(block, sentence) {
  const section = block.sentences.section[sentence];
  return `${titleOf(block, block.sentences.document[sentence])} · ${sectionTitle(block, section)}`;
}

/** The end of what comes before the words found, or the beginning of what follows, in whole words. */
function before(text) {
  return text.length <= CONTEXT ? text : `… ${text.slice(-CONTEXT).replace(/^\S*\s+/, "")}`;
}

function after(text) {
  return text.length <= CONTEXT ? text : `${text.slice(0, CONTEXT).replace(/\s+\S*$/, "")} …`;
}

function lineRow(block, line) {
  return element("tr", { "data-sentence": line.sentence },
    element("td", { class: "left" }, before(line.left)), element("td", { class: "hit" }, element("mark", {}, line.hit)),
    element("td", {}, after(line.right)),
    element("td", { class: "where" }, element("a", { href: readAddress(block, line.sentence) }, place(block, line.sentence))));
}

function linesTable(block, lines) {
  const body = element("tbody"), more = element("button", { type: "button", onclick: () => add() });
  let shown = 0;
  function add() {
    body.append(...lines.slice(shown, shown + SHOWN).map(line => lineRow(block, line)));
    shown = Math.min(shown + SHOWN, lines.length);
    more.hidden = shown >= lines.length;
    more.textContent = `Show more (${thousands(lines.length - shown)} left)`;
  }
  add();
  const heads = ["Before", "Found", "After", "Where"].map(head => element("th", { scope: "col" }, head));
  const table = element("table", { class: "lines" }, element("caption", { class: "unseen" }, "Concordance"), element("thead", {}, element("tr", {}, heads)), body);
  return [element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Concordance" }, table), more];
}

function collocateTable(lines, frequencies) {
  const rows = collocates(lines, frequencies).slice(0, MOST_COLLOCATES);
  if (!rows.length) return [];
  const heads = [["Word", ""], ["Together", "n"], ["logDice", "n"]].map(([head, kind]) => element("th", { scope: "col", class: kind }, head));
  const body = rows.map(([word, count, dice]) => element("tr", {}, element("th", { scope: "row" }, element("a", { href: addressOf({ ...state(), search: word, mode: "", forms: "" }) }, word)),
    element("td", { class: "n" }, thousands(count)), element("td", { class: "n" }, dice.toFixed(1))));
  return [element("section", {}, element("h3", {}, "Words beside it"),
    element("p", { class: "about" }, "Words within five words of what was found, in the same sentence, by logDice: 14 is always together, each step down half as often."),
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Words beside it" }, element("table", { id: "collocates" }, element("caption", { class: "unseen" }, "Words beside it"), element("thead", {}, element("tr", {}, heads)), element("tbody", {}, body))))];
}

/** Where in each text the lines are: a tick for each, from the beginning of the text on the left to its end. */
function strips(block, lines) {
  const byText = Map.groupBy ? Map.groupBy(lines, line => block.sentences.document[line.sentence]) : new Map();
  const texts = [...byText].sort((a, b) => b[1].length - a[1].length).slice(0, MOST_STRIPS);
  const rows = texts.map(([number, own]) => {
    const first = block.sentences.document.indexOf(number), last = block.sentences.document.lastIndexOf(number);
    const ticks = own.map(line => `M${(400 * (line.sentence - first + 0.5) / (last - first + 1)).toFixed(1)} 1V13`).join("");
    const said = `${own.length} in ${titleOf(block, number)}`;
    return element("tr", {}, element("th", { scope: "row" }, titleOf(block, number)), element("td", { class: "n" }, thousands(own.length)),
      element("td", { class: "strip" }, drawn("svg", { viewBox: "0 0 400 14", preserveAspectRatio: "none", role: "img", "aria-label": said }, drawn("path", { d: ticks }))));
  });
  const heads = [["Text", ""], ["Found", "n"], ["From beginning to end", ""]].map(([head, kind]) => element("th", { scope: "col", class: kind }, head));
  return element("section", {}, element("h3", {}, "Where in the texts"),
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Where in the texts" }, element("table", {}, element("caption", { class: "unseen" }, "Where in the texts"), element("thead", {}, element("tr", {}, heads)), element("tbody", {}, rows))));
}

function results(block, chosen) {
  if (!chosen.search) return [element("p", { class: "none" }, "Type a word, a phrase such as foreign policy, or a pattern such as secur*.")];
  let pattern;
  try {
    pattern = patternOf(chosen.search, chosen.mode === "regular", chosen.forms === "all");
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [element("p", { role: "alert" }, `This is no regular expression: ${error.message}`)];
  }
  const sentences = searched(block, chosen), lines = sorted(linesOf(block, sentences, pattern), chosen.order);
  const texts = new Set(lines.map(line => block.sentences.document[line.sentence])).size;
  const count = `${thousands(lines.length)}${lines.length === MOST_LINES ? " and more" : ""} found in ${thousands(texts)} of ${thousands(block.documents.filter(text => text.sections).length)} texts.`;
  const status = element("p", { role: "status", id: "found" }, count);
  if (!lines.length) return [status];
  const rows = [["document", "section", "before", "found", "after"], ...lines.map(line => [block.documents[block.sentences.document[line.sentence]].document,
    block.sections.section[block.sentences.section[line.sentence]], line.left, line.hit, line.right])];
  const button = element("button", { type: "button", onclick: () => download("concordance.csv", "text/csv", csv(rows)) }, "CSV of what is shown");
  status.append(" ", button);
  return [status, ...linesTable(block, lines), element("div", { class: "beside" }, strips(block, lines),
    ...collocateTable(lines, frequenciesOf(sentences.map(sentence => sentenceText(block, sentence)))))];
}

let output = null, field = null, typing = 0;

function form(block, chosen) {
  const years = [...new Set(block.documents.map(text => (text.published ?? "").slice(0, 4)))].filter(Boolean).sort();
  const input = element("input", { type: "search", id: "search", value: chosen.search ?? "", oninput: event => {
    clearTimeout(typing);
    typing = setTimeout(() => choose({ search: event.target.value }, true), 200);
  } });
  field = input;
  return element("div", { class: "tools", role: "search" },
    element("label", {}, "Search ", input),
    chooser("as", [["", "words, with * and ?"], ["regular", "regular expression"]], chosen.mode ?? "", value => choose({ mode: value })),
    chooser("forms", [["", "as written"], ["all", "with regular inflections"]], chosen.forms ?? "", value => choose({ forms: value })),
    chooser("order", ORDERS, chosen.order ?? "", value => choose({ order: value })),
    chooser("theme", [["", "any"], ...themesOf(block).map(theme => [theme, plain(theme)])], chosen.theme ?? "", value => choose({ theme: value })),
    unitChooser(block, "in", chosen.within ?? "", value => choose({ within: value }), "the whole study"),
    years.length > 1 ? chooser("published", [["", "any year"], ...years.map(year => [year, year])], chosen.year ?? "", value => choose({ year: value })) : null);
}

export async function showWords() {
  const block = await data(), chosen = state(), place = byId("concordance");
  if (!output) output = element("div");
  // While a reader types, the form stays as it is.
  if (!field || document.activeElement !== field) place.replaceChildren(form(block, chosen), output);
  const missing = await missingTexts(block, chosen.within ?? "");
  output.replaceChildren(...(missing ? [missing] : []), ...results(block, chosen));
}
