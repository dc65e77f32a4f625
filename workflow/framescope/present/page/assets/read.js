// A document as it was read: sections, notes and what was left out, with themes, names and dates marked.

import { byId, chooser, drawn, element, plain } from "./elements.js";
import { data, titleOf, valueOf } from "./data.js";
import { marked } from "./passages.js";
import { addressOf, choose, state } from "./state.js";
import { colourOf, missingTexts, themesOf } from "./units.js";

const KINDS = [["themes", "Themes"], ["names", "Names"], ["dates", "Dates"], ["notes", "Notes"], ["left", "Left out"]];

function marksOf(block, sentence, hidden, only) {
  const kinds = { themes: "hits", names: "entities", dates: "dates" }, marks = [];
  for (const [name, kind] of Object.entries(kinds)) {
    if (hidden.has(name)) continue;
    for (const place of block.mentions[kind][sentence]) {
      const rows = block[kind], theme = kind === "hits" ? valueOf(rows.theme, place) : "";
      if (kind === "hits" && (valueOf(rows.set_aside, place) || (only && theme.split(".")[0] !== only))) continue;
      const title = kind === "hits" ? plain(theme) : kind === "entities" ? valueOf(rows.actor, place) : valueOf(rows.value, place);
      marks.push([rows.start[place], rows.end[place], kind === "hits" ? `theme ${colourOf(block, theme)}` : kind === "entities" ? "name" : "date", title]);
    }
  }
  return marks;
}

/** The share of each theme in the hits of a section, as a bar. */
function sectionBar(block, sentences) {
  const counts = new Map();
  for (const sentence of sentences) {
    for (const hit of block.mentions.hits[sentence]) {
      const theme = valueOf(block.hits.theme, hit).split(".")[0];
      if (!valueOf(block.hits.set_aside, hit)) counts.set(theme, (counts.get(theme) ?? 0) + 1);
    }
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (!total) return null;
  const ordered = [...counts].sort((a, b) => b[1] - a[1]), said = ordered.map(([theme, count]) => `${plain(theme)} ${count}`).join(", ");
  let at = 0;
  const parts = ordered.map(([theme, count]) => {
    const part = drawn("rect", { x: (at * 200 / total).toFixed(1), width: (count * 200 / total).toFixed(1), height: 10, class: colourOf(block, theme) });
    at += count;
    return part;
  });
  return element("span", { class: "sectionbar" }, drawn("svg", { viewBox: "0 0 200 10", role: "img", "aria-label": `Hits: ${said}` }, drawn("title", {}, said), ...parts), element("small", {}, said));
}

/** A link at the place where a note is cited, which opens the note beside its paragraph, or closes it again. */
function callOf(text, place) {
  const name = `${text.document}/${place}`, open = state().note === name, number = text.notes[place][0];
  return element("a", { class: "call", "data-note": name, "data-number": number, "aria-label": `Note ${number}`, "aria-expanded": String(open),
    href: addressOf({ ...state(), note: open ? "" : name, sentence: "" }) });
}

function paragraph(block, owner, [kind, text, calls], sentences, hidden, only) {
  const parts = [], queue = hidden.has("notes") ? [] : calls.map(([at, place]) => [at, callOf(owner, place)]);
  let at = 0;
  for (const sentence of sentences) {
    const start = block.sentences.start[sentence], end = block.sentences.end[sentence];
    parts.push(marked(text, at, start, [], queue));
    parts.push(element("span", { id: "sentence-" + sentence, class: "sentence", tabindex: "-1" }, marked(text, start, end, marksOf(block, sentence, hidden, only), queue)));
    at = end;
  }
  parts.push(marked(text, at, text.length, [], queue));
  const opened = calls.find(([, place]) => state().note === `${owner.document}/${place}`);
  return [element(kind === "quote" ? "blockquote" : "p", { class: kind }, parts), opened && !hidden.has("notes") ? openNote(owner.notes[opened[1]]) : null];
}

function noteText([, said, , status]) {
  return (said || "is cited, but missing in the source") + (status === "truncated" ? " (only a part of it is in the source)" : "");
}

/** A note beside the paragraph that cites it. */
function openNote(note) {
  return element("aside", { class: "note", tabindex: "-1", "aria-label": `Note ${note[0]}` }, element("b", {}, `Note ${note[0]} `), noteText(note), " ",
    element("button", { type: "button", onclick: () => choose({ note: "" }) }, "Close"));
}

function notesOf(text, section, hidden) {
  const notes = hidden.has("notes") ? [] : text.notes.filter(([, , cited]) => cited === section);
  if (!notes.length) return [];
  return [element("div", { class: "notes" }, notes.map(note => element("p", {}, element("b", {}, `Note ${note[0]} `), noteText(note))))];
}

function textOf(block, number, hidden, only) {
  const text = block.documents[number];
  if (!text?.sections) return element("article", {}, element("p", { class: "none" }, "This text is not loaded."));
  const byParagraph = new Map();
  block.sentences.document.forEach((document, sentence) => {
    if (document !== number) return;
    const paragraph = block.sentences.paragraph[sentence];
    byParagraph.set(paragraph, [...(byParagraph.get(paragraph) ?? []), sentence]);
  });
  let count = 0;
  const parts = text.sections.flatMap(section => {
    const numbers = section.paragraphs.map(() => ++count), sentences = numbers.flatMap(place => byParagraph.get(place) ?? []);
    return [element("h4", { "data-section": section.section, tabindex: "-1" }, section.name), sectionBar(block, sentences),
      ...section.paragraphs.map((each, place) => paragraph(block, text, each, byParagraph.get(numbers[place]) ?? [], hidden, only)), ...notesOf(text, section.section, hidden)];
  });
  const left = hidden.has("left") || !text.left_out.length ? [] : [element("div", { class: "notes" }, element("h4", {}, "Left out"),
    text.left_out.map(([kind, said]) => element("p", {}, element("b", {}, kind + " "), said)))];
  return element("article", { "aria-label": titleOf(block, number) }, element("h3", {}, text.title || text.document),
    element("p", { class: "about" }, [text.author, text.published, text.group].filter(Boolean).join(" · ")), parts, notesOf(text, "", hidden), left);
}

function readingTools(block, chosen, hidden) {
  const options = block.documents.map((text, number) => [text.document, titleOf(block, number)]);
  const switches = KINDS.map(([name, label]) => element("label", { class: "switch" }, element("input", { type: "checkbox", checked: !hidden.has(name), onchange: event => {
    if (event.target.checked) hidden.delete(name);
    else hidden.add(name);
    choose({ hidden: [...hidden].join(" ") });
  } }), " " + label));
  return element("div", { class: "tools" }, chooser("Text", options, chosen.document ?? options[0]?.[0], value => choose({ document: value, sentence: "", note: "" })),
    options.length > 1 ? chooser("beside", [["", "nothing"], ...options], chosen.beside ?? "", value => choose({ beside: value })) : null,
    chooser("theme", [["", "all"], ...themesOf(block).map(theme => [theme, plain(theme)])], chosen.theme ?? "", value => choose({ theme: value })), switches,
    element("button", { type: "button", onclick: () => step(-1) }, "Previous hit (p)"), element("button", { type: "button", onclick: () => step(1) }, "Next hit (n)"));
}

/** Go to the next or previous sentence with a marked theme. */
export function step(direction) {
  const all = [...document.querySelectorAll("#reader .sentence")], hits = all.filter(each => each.querySelector("mark.theme"));
  const here = all.indexOf(document.querySelector("#reader .sentence.here")), places = hits.map(each => all.indexOf(each));
  const place = direction > 0 ? places.find(at => at > here) : places.findLast(at => here < 0 || at < here);
  if (place !== undefined) goTo(all[place]);
}

function goTo(sentence) {
  document.querySelectorAll("#reader .sentence.here").forEach(other => other.classList.remove("here"));
  sentence.classList.add("here");
  sentence.scrollIntoView({ block: "center" });
  sentence.focus({ preventScroll: true });
}

// The note that is open, such as speech/2.
let shownNote = null;

export async function showReader() {
  const block = await data(), chosen = state(), hidden = new Set((chosen.hidden ?? "left").split(" ").filter(Boolean));
  const number = block.number.get(chosen.document) ?? 0, themes = themesOf(block);
  const texts = [number, ...(chosen.beside && block.number.has(chosen.beside) ? [block.number.get(chosen.beside)] : [])];
  const missing = [];
  for (const each of texts) missing.push(await missingTexts(block, "document:" + block.documents[each].document));
  const legend = element("p", { class: "legend" }, themes.map(theme => [element("mark", { class: "theme " + colourOf(block, theme) }, plain(theme)), " "]),
    element("mark", { class: "name" }, "a name"), " ", element("mark", { class: "date" }, "a date"));
  byId("reader").replaceChildren(readingTools(block, chosen, hidden), legend, ...missing.filter(Boolean), element("div", { class: texts.length > 1 ? "texts two" : "texts" }, texts.map(each => textOf(block, each, hidden, chosen.theme))));
  const note = document.querySelector("#reader aside.note"), closed = shownNote && [...document.querySelectorAll("#reader a.call")].find(call => call.dataset.note === shownNote);
  shownNote = note ? chosen.note : null;
  if (note || closed) {
    (note ?? closed).scrollIntoView({ block: "nearest" });
    (note ?? closed).focus({ preventScroll: true });
    return;
  }
  const sentence = chosen.sentence && byId("sentence-" + (block.first.get(number) + Number(chosen.sentence) - 1));
  if (sentence) goTo(sentence);
  else if (chosen.section) {
    const heading = [...document.querySelectorAll("#reader article:first-child h4")].find(each => each.dataset.section === chosen.section);
    heading?.scrollIntoView();
    heading?.focus({ preventScroll: true });
  }
}
