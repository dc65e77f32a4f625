// Two units side by side: rates with intervals, tested differences, words that set them apart, and passages.

import { byId, decimal, drawn, element, plain, thousands } from "./elements.js";
import { data, isWithin, sentencesOf, sentenceText, unitName, valueOf } from "./data.js";
import { entriesFor } from "./evidence.js";
import { longList } from "./passages.js";
import { frequenciesOf, wordsApart } from "./search.js";
import { addressOf, choose, state } from "./state.js";
import { missingTexts, themesOf, unitChooser } from "./units.js";

const MOST_WORDS_APART = 15, WIDTH = 160;

function rateUnit(rates, place) {
  const unit = rates.unit[place];
  return unit === "section" ? `section:${rates.document[place]}/${rates.section[place]}` : `${unit}:${(rates[unit] ?? rates.group)[place]}`;
}

/** The rate of each theme of the highest level in a unit; of units without rows in the tables, only what was counted. */
function ratesOf(block, unit) {
  const rates = block.rates, found = new Map();
  rates.unit.forEach((_, place) => {
    if (rates.level[place] === 1 && rateUnit(rates, place) === unit) {
      found.set(rates.theme[place], { rate: rates.rate_per_1000[place], low: rates.rate_low[place], high: rates.rate_high[place], hits: rates.hits[place] });
    }
  });
  if (found.size) return found;
  const belongs = sentencesOf(block, unit);
  let words = 0;
  block.sentences.words.forEach((count, sentence) => { words += belongs(sentence) && !block.sentences.quoted[sentence] ? count : 0; });
  for (const theme of themesOf(block)) {
    const hits = countedHits(block, unit, theme).length;
    found.set(theme, { rate: words ? 1000 * hits / words : null, low: null, high: null, hits });
  }
  return found;
}

function countedHits(block, unit, theme) {
  const belongs = sentencesOf(block, unit), found = [];
  block.hits.sentence.forEach((sentence, place) => {
    if (belongs(sentence) && isWithin(valueOf(block.hits.theme, place), theme) && !valueOf(block.hits.set_aside, place)) found.push([place, sentence, ""]);
  });
  return found;
}

function pairOf(rows, place) {
  const kind = rows.unit[place], role = rows.role[place], a = rows.unit_a[place], b = rows.unit_b[place];
  if (kind === "section") return [`section:${rows.document[place]}/${a}`, `section:${rows.document[place]}/${b}`];
  if (kind === "document" && role) return [`part:${a}/${role}`, `part:${b}/${role}`];
  return [`${kind}:${a}`, b === "the rest" ? `rest:${a}` : `${kind}:${b}`];
}

/** The tested differences between two units by theme, as ratio of the first to the second. */
function differencesOf(block, a, b) {
  const rows = block.differences, found = new Map();
  rows.unit.forEach((_, place) => {
    const [first, second] = pairOf(rows, place), turned = first === b && second === a;
    if (!turned && !(first === a && second === b)) return;
    const sign = turned ? -1 : 1, ends = [rows.low[place], rows.high[place]].map(end => end === null ? null : 2 ** (sign * end));
    found.set(rows.theme[place], { ratio: 2 ** (sign * rows.log2_ratio[place]), low: turned ? ends[1] : ends[0], high: turned ? ends[0] : ends[1], p: rows.p_corrected[place], verdict: rows.verdict[place] });
  });
  return found;
}

function bar(cell, reach, side) {
  const x = value => side === "a" ? WIDTH - WIDTH * Math.min(value / reach, 1) : WIDTH * Math.min(value / reach, 1);
  const from = x(0), to = x(cell.rate ?? 0), parts = [drawn("rect", { x: Math.min(from, to), y: 5, width: Math.abs(to - from), height: 10, class: "side-" + side })];
  if (cell.low !== null) parts.push(drawn("path", { class: "interval", d: `M${x(cell.low)} 10H${x(cell.high)}` }));
  return drawn("svg", { class: "mirror", viewBox: `0 0 ${WIDTH} 20`, preserveAspectRatio: side === "a" ? "xMaxYMid" : "xMinYMid", "aria-hidden": "true" }, parts);
}

function rateCell(cell, unit, theme, reach, side) {
  if (!cell) return element("td", { class: "n" });
  const interval = cell.low === null ? null : element("small", {}, `${decimal(cell.low)}–${decimal(cell.high)}`);
  return element("td", { class: "n mirrored-" + side }, element("a", { href: addressOf({ ...state(), theme, unit }) }, decimal(cell.rate)), interval, bar(cell, reach, side));
}

function verdictCell(found) {
  if (!found) return element("td", {}, "not tested");
  const interval = found.low === null ? "" : ` (${decimal(found.low)} to ${decimal(found.high)})`;
  return element("td", { class: found.verdict === "differs" ? "differs" : "" }, `${found.verdict}, ratio ${decimal(found.ratio)}${interval}`);
}

function rateTable(block, a, b, chosen) {
  const left = ratesOf(block, a), right = ratesOf(block, b), tested = differencesOf(block, a, b);
  const themes = [...new Set([...left.keys(), ...right.keys()])].filter(theme => left.get(theme)?.hits || right.get(theme)?.hits);
  const reach = Math.max(1e-9, ...themes.flatMap(theme => [left.get(theme), right.get(theme)]).filter(Boolean).map(cell => Math.min(cell.high ?? cell.rate ?? 0, 3 * (cell.rate ?? 0) + 5)));
  const names = [unitName(block, a), unitName(block, b)];
  const heads = [["Theme", ""], [names[0], "n"], [names[1], "n"], ["Difference", ""]].map(([head, kind]) => element("th", { scope: "col", class: kind }, head));
  const rows = themes.map(theme => element("tr", { "data-theme": theme, class: theme === chosen ? "chosen" : "" },
    element("th", { scope: "row" }, element("button", { type: "button", onclick: () => choose({ theme }) , "aria-pressed": String(theme === chosen) }, plain(theme))),
    rateCell(left.get(theme), a, theme, reach, "a"), rateCell(right.get(theme), b, theme, reach, "b"), verdictCell(tested.get(theme))));
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Rates of both" },
    element("table", { id: "compared" }, element("caption", { class: "unseen" }, "Rates of both"), element("thead", {}, element("tr", {}, heads)), element("tbody", {}, rows)));
}

function wordLists(block, a, b) {
  const texts = unit => {
    const belongs = sentencesOf(block, unit);
    return block.sentences.document.map((_, sentence) => sentence).filter(belongs).map(sentence => sentenceText(block, sentence));
  };
  const apart = wordsApart(frequenciesOf(texts(a)), frequenciesOf(texts(b)), frequenciesOf(texts("")));
  const list = (rows, unit, place) => element("section", {}, element("h4", {}, unitName(block, unit)), rows.length ? element("p", {}, rows.flatMap((row, at) =>
    [at ? ", " : "", element("a", { href: addressOf({ view: "words", search: row[0], within: unit }) }, row[0]), ` ${row[place]}`])) : element("p", { class: "none" }, "No word stands out."));
  const clear = apart.filter(row => Math.abs(row[1]) > 1.96);
  return [element("h3", {}, "Words that set them apart"), element("p", { class: "about" }, "Words by log-odds with an informative Dirichlet prior (Monroe et al. 2008), at least 1.96 standard errors from 0, with how often each stands in the text."),
    element("div", { class: "texts two" }, list(clear.filter(row => row[1] > 0).slice(0, MOST_WORDS_APART), a, 2), list(clear.filter(row => row[1] < 0).reverse().slice(0, MOST_WORDS_APART), b, 3))];
}

function passages(block, a, b, theme) {
  const side = unit => element("section", { "data-side": unit }, element("h4", {}, unitName(block, unit)), (found => found.length
    ? [element("p", { class: "about" }, `${thousands(found.length)} hits`), ...longList(entriesFor(block, "hits", found), 20)]
    : [element("p", { class: "none" }, "No sentence.")])(countedHits(block, unit, theme)));
  return [element("h3", { id: "passages" }, `Passages: ${plain(theme)}`), element("div", { class: "texts two" }, side(a), side(b))];
}

/** The two units compared until a reader chooses others: the first two texts, or sections of the only one. */
function firstPair(block) {
  if (block.documents.length > 1) return block.documents.slice(0, 2).map(text => "document:" + text.document);
  return block.sections.section.slice(0, 2).map(section => `section:${block.documents[0].document}/${section}`);
}

export async function showComparison() {
  const block = await data(), chosen = state(), first = firstPair(block), a = chosen.a ?? first[0], b = chosen.b ?? first[1] ?? first[0];
  const theme = chosen.theme || [...ratesOf(block, a)].sort((x, y) => y[1].hits - x[1].hits)[0]?.[0];
  const pair = element("div", { class: "tools" }, unitChooser(block, "Compare", a, value => choose({ a: value, b })), unitChooser(block, "with", b, value => choose({ a, b: value })));
  const missing = await missingTexts(block, a) ?? await missingTexts(block, b);
  byId("comparison").replaceChildren(pair,
    element("p", { class: "about" }, "Hits per 1,000 words of the author with intervals; the difference is the ratio of the first to the second with its interval, tested where both have enough paragraphs. Two periods are not tested against each other; the view Time has tests of change."),
    rateTable(block, a, b, theme),
    ...(missing ? [missing] : []), ...wordLists(block, a, b), ...(theme ? passages(block, a, b, theme) : []));
}
