// The sentences behind a number or a mark: those that are counted, and those that are set aside with the reason.

import { byId, element, plain, thousands } from "./elements.js";
import { data, isWithin, sentencesOf, sentenceText, unitName, valueOf } from "./data.js";
import { longList, passage } from "./passages.js";
import { patternOf } from "./search.js";
import { choose, state } from "./state.js";
import { colourOf, missingTexts } from "./units.js";

// What of a view's state opens the evidence, besides the unit.
const OPENING = ["theme", "actor", "mentioned", "word"];
const NOUNS = { hits: "hit", entities: "mention", dates: "date", words: "place" };

function hasHit(block, sentence, theme) {
  return block.mentions.hits[sentence].some(hit => !valueOf(block.hits.set_aside, hit) && isWithin(valueOf(block.hits.theme, hit), theme));
}

/** Whether a sentence has a hit of a theme other than in the name of an actor. */
function hasHitBeside(block, sentence, theme, actor) {
  const names = block.mentions.entities[sentence].filter(name => valueOf(block.entities.actor, name) === actor);
  return block.mentions.hits[sentence].some(hit => !valueOf(block.hits.set_aside, hit) && isWithin(valueOf(block.hits.theme, hit), theme)
    && !names.some(name => block.hits.start[hit] >= block.entities.start[name] && block.hits.end[hit] <= block.entities.end[name]));
}

function names(block, sentence, actor) {
  return block.mentions.entities[sentence].some(name => valueOf(block.entities.actor, name) === actor);
}

/**
 * Whether a date has one of some years, 1990 or 1990/1999, of the texts' own days or others; without a series, of either.
 * With `covers`, only dates that cover so many years, 2/10, or 11 for 11 and more. No year has the number 0.
 */
function hasYears(dates, place, { mentioned, dates: series, covers }) {
  const own = valueOf(dates.series, place), [first, last] = valueOf(dates.years, place).split("/").map(Number), asked = mentioned.split("/").map(Number);
  const length = last - first + (first < 0 && last > 0 ? 0 : 1), [least, most = Infinity] = covers ? covers.split("/").map(Number) : [1];
  return (series ? own === series : own !== "") && first <= asked.at(-1) && asked[0] <= last && least <= length && length <= most;
}

/** The mentions behind a number: their kind, and [place, sentence, reason] of each; what is counted has no reason. */
export function mentionsBehind(block, chosen) {
  const belongs = sentencesOf(block, chosen.unit ?? ""), group = sentencesOf(block, chosen.group ?? "");
  const kind = chosen.actor ? "entities" : chosen.mentioned ? "dates" : "hits", rows = block[kind], found = [];
  rows.sentence.forEach((sentence, place) => {
    if (!belongs(sentence) || !group(sentence)) return;
    const fits = {
      hits: () => isWithin(valueOf(rows.theme, place), chosen.theme),
      dates: () => hasYears(rows, place, chosen) && (!chosen.theme || hasHit(block, sentence, chosen.theme)),
      entities: () => [chosen.actor, chosen.partner].includes(valueOf(rows.actor, place))
        && (!chosen.partner || (names(block, sentence, chosen.actor) && names(block, sentence, chosen.partner)))
        && (!chosen.theme || (chosen.partner ? hasHit(block, sentence, chosen.theme) : hasHitBeside(block, sentence, chosen.theme, chosen.actor))),
    };
    if (fits[kind]()) found.push([place, sentence, kind === "hits" ? valueOf(rows.set_aside, place) : block.sentences.quoted[sentence] ? "inside a quotation" : ""]);
  });
  return [kind, found];
}

/** The places of a word, in its regular inflections: [[start, end], sentence, reason], as those of mentions. */
function placesOfWord(block, chosen) {
  const belongs = sentencesOf(block, chosen.unit), pattern = patternOf(chosen.word, false, true);
  return block.sentences.start.flatMap((start, sentence) => belongs(sentence)
    ? [...sentenceText(block, sentence).matchAll(pattern)].map(at => [[start + at.index, start + at.index + at[0].length], sentence, block.sentences.quoted[sentence] ? "inside a quotation" : ""])
    : []);
}

/** List entries for mentions, one for each sentence and reason. */
export function entriesFor(block, kind, found) {
  const bySentence = new Map();
  for (const [place, sentence, reason] of found) {
    const key = `${sentence} ${reason}`;
    if (!bySentence.has(key)) bySentence.set(key, { sentence, reason, marks: [] });
    const [start, end] = kind === "words" ? place : [block[kind].start[place], block[kind].end[place]];
    const theme = kind === "hits" ? valueOf(block.hits.theme, place) : "";
    bySentence.get(key).marks.push([start, end, reason ? "aside" : theme ? `counted ${colourOf(block, theme)}` : "counted", theme ? plain(theme) : undefined]);
  }
  return [...bySentence.values()].map(({ sentence, reason, marks }) => () => passage(block, sentence, marks, reason && `Set aside: ${reason}`));
}

function part(block, kind, found, heading, id) {
  if (!found.length) return [];
  const noun = NOUNS[kind], sentences = new Set(found.map(([, sentence]) => sentence)).size;
  const count = `${thousands(found.length)} ${noun}${found.length === 1 ? "" : "s"} in ${thousands(sentences)} sentence${sentences === 1 ? "" : "s"}`;
  return [element("section", { id }, element("h3", {}, `${heading}: ${count}`), ...longList(entriesFor(block, kind, found)))];
}

/** What the evidence is about: a theme, actors, a year that texts talk about, or a word. */
function subject(chosen) {
  const themes = !chosen.theme ? "" : chosen.theme === "*" ? "all themes" : chosen.theme.split("|").map(plain).join(" and ");
  const main = [chosen.actor, chosen.partner].filter(Boolean).join(" and ") || chosen.mentioned?.replace("/", " to ") || (chosen.word && `“${chosen.word}”`);
  return main ? main + (themes && ` with ${themes}`) : themes;
}

let opener = null;

export function closeEvidence() {
  const closed = Object.fromEntries([...OPENING, "unit", "partner", "dates", "covers", "group"].map(key => [key, ""]));
  // In a comparison the theme stays chosen.
  choose(state().view === "compare" ? { ...closed, theme: state().theme } : closed);
}

export async function showEvidence() {
  const drawer = byId("evidence"), chosen = state();
  if (!chosen.unit || !OPENING.some(key => chosen[key])) {
    if (!drawer.hidden) {
      drawer.hidden = true;
      opener?.focus();
    }
    return;
  }
  if (drawer.hidden) opener = document.activeElement;
  const block = await data(), missing = await missingTexts(block, chosen.unit), [kind, found] = chosen.word ? ["words", placesOfWord(block, chosen)] : mentionsBehind(block, chosen);
  const close = element("button", { type: "button", class: "close", onclick: closeEvidence }, "Close");
  const where = unitName(block, chosen.unit) + (chosen.group ? ` and of ${unitName(block, chosen.group)}` : "");
  const counted = found.filter(([, , reason]) => !reason), aside = found.filter(([, , reason]) => reason);
  const remark = missing ?? (found.length ? null : element("p", { class: "none" }, "There is no sentence behind this number."));
  const headings = kind === "hits" ? ["Counted", "Set aside"] : ["By the author", "In quotations"];
  drawer.replaceChildren(close, element("h2", { id: "evidence-heading" }, `${subject(chosen)} in ${where}`), ...(remark ? [remark] : []),
    ...part(block, kind, counted, headings[0], "counted"), ...part(block, kind, aside, headings[1], "set-aside"));
  drawer.hidden = false;
  drawer.scrollTop = 0;
  drawer.focus();
}
