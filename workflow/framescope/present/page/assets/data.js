// The data block of the page, which is decompressed when a view first needs it, and texts in scripts beside the page.

import { byId, element } from "./elements.js";

let waiting = null;
// What scripts beside the page have passed to it, by their numbers.
const received = new Map(), loading = new Map();

/** The value that a text contains as compressed JSON. */
export async function unpacked(text) {
  const packed = Uint8Array.from(atob(text), character => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

async function read() {
  const block = await unpacked(byId("data").textContent.trim());
  block.number = new Map(block.documents.map((text, place) => [text.document, place]));
  add(block, block.texts);
  delete block.texts;
  performance.mark("unpacked");
  return block;
}

export function data() {
  waiting ??= read();
  return waiting;
}

/** A column of codes for values, followed by another one. */
function recoded(column, more) {
  const values = [...column.values], places = new Map(values.map((value, place) => [value, place]));
  for (const value of more.values) {
    if (!places.has(value)) places.set(value, values.push(value) - 1);
  }
  return { values, codes: column.codes.concat(more.codes.map(code => places.get(more.values[code]))) };
}

/** Rows by column, followed by others, whose sentences are numbered after those that the data have. */
function followed(rows, more, sentences) {
  if (!rows) return more;
  return Object.fromEntries(Object.entries(more).map(([name, column]) => [name, !Array.isArray(column) ? recoded(rows[name], column)
    : rows[name].concat(name === "sentence" ? column.map(sentence => sentence + sentences) : column)]));
}

/** Add texts with their sentences and mentions to the data, and what is looked up often. */
function add(block, texts) {
  const before = block.sentences?.document.length ?? 0;
  for (const [number, text] of Object.entries(texts.documents)) Object.assign(block.documents[number], text);
  for (const rows of ["sentences", "hits", "entities", "dates"]) block[rows] = followed(block[rows], texts[rows], before);
  block.paragraphs = block.documents.map(text => (text.sections ?? []).flatMap(section => section.paragraphs));
  block.first = new Map();
  block.sentences.document.forEach((document, sentence) => { if (!block.first.has(document)) block.first.set(document, sentence); });
  block.mentions = {};
  for (const kind of ["hits", "entities", "dates"]) {
    const bySentence = block.sentences.document.map(() => []);
    block[kind].sentence.forEach((sentence, place) => bySentence[sentence].push(place));
    block.mentions[kind] = bySentence;
  }
}

export function titleOf(block, number) {
  return block.documents[number].called;
}

export function sectionTitle(block, section) {
  return block.sections.name[section];
}

/** The text of the paragraph in which a sentence is. */
export function paragraphOf(block, sentence) {
  return block.paragraphs[block.sentences.document[sentence]][block.sentences.paragraph[sentence] - 1][1];
}

export function sentenceText(block, sentence) {
  return paragraphOf(block, sentence).slice(block.sentences.start[sentence], block.sentences.end[sentence]);
}

export function valueOf(column, place) {
  return column.values[column.codes[place]];
}

/** Whether a theme is one of those asked for, with | between them, or below it; * asks for all. */
export function isWithin(theme, asked) {
  return asked === "*" || asked.split("|").some(each => theme === each || theme.startsWith(each + "."));
}

/** Whether a text is of a year, such as 2010, or of days from one to another, 2010-01-01/2019-12-31, in its own precision. */
function isPublished(text, days) {
  const [first, last] = days.split("/"), own = text.published ?? "";
  return last ? own !== "" && first.slice(0, own.length) <= own && own <= last.slice(0, own.length) : own.startsWith(first);
}

/** A test of sentences for a unit of an address, such as section:speech/01-opening; the empty unit has all of them. */
export function sentencesOf(block, unit) {
  const kind = unit.split(":", 1)[0], name = unit.slice(kind.length + 1);
  const { document: documents, section: sections } = block.sentences, held = block.sections;
  const cut = name.indexOf("/"), whole = cut < 0 ? name : name.slice(0, cut), rest = name.slice(cut + 1);
  const tests = {
    section: s => documents[s] === block.number.get(whole) && held.section[sections[s]] === rest,
    document: s => documents[s] === block.number.get(name),
    rest: s => documents[s] !== block.number.get(name),
    part: s => documents[s] === block.number.get(whole) && held.role[sections[s]] === rest,
    tenth: s => documents[s] === block.number.get(whole) && block.sentences.tenth[s] === Number(rest),
    published: s => isPublished(block.documents[documents[s]], name),
    role: s => held.role[sections[s]] === name,
    group: s => block.documents[documents[s]].group === name,
    period: s => block.documents[documents[s]].period === name,
  };
  const ofGrouping = s => block.documents[documents[s]].groups[kind] === name;
  return tests[kind] ?? (isGrouping(block, kind) ? ofGrouping : () => true);
}

/** Whether a kind of unit is a grouping of the study, such as party or party * genre. */
function isGrouping(block, kind) {
  return block.documents.some(text => kind in text.groups);
}

/** What a unit is called. */
export function unitName(block, unit) {
  const kind = unit.split(":", 1)[0], name = unit.slice(kind.length + 1);
  const called = document => titleOf(block, block.number.get(document));
  if (kind === "published") return `the texts of ${name.replace("/", " to ")}`;
  if (kind === "section" || kind === "part" || kind === "tenth") {
    const [document, rest] = [name.slice(0, name.indexOf("/")), name.slice(name.indexOf("/") + 1)];
    if (kind === "tenth") return `tenth ${rest} of ${called(document)}`;
    const place = block.sections.section.findIndex((section, at) =>
      section === rest && block.sections.document[at] === block.number.get(document));
    return kind === "part" ? `${rest} of ${called(document)}` : `${place < 0 ? rest : sectionTitle(block, place)} (${called(document)})`;
  }
  if (kind === "document") return block.number.has(name) ? called(name) : name;
  if (kind === "rest") return `all documents but ${called(name)}`;
  return ["role", "group", "period"].includes(kind) || isGrouping(block, kind) ? `the ${kind} ${name}` : "the whole study";
}

/** The documents of a unit, by number, whose texts are not in the data. */
export function missingOf(block, unit) {
  const kind = unit.split(":", 1)[0], name = unit.slice(kind.length + 1);
  const own = ["section", "part", "tenth"].includes(kind) ? name.slice(0, name.indexOf("/")) : name;
  const belongs = ["section", "part", "tenth", "document"].includes(kind) ? text => text.document === own
    : kind === "published" ? text => isPublished(text, name)
    : ["group", "period"].includes(kind) ? text => text[kind] === name
      : isGrouping(block, kind) ? text => text.groups[kind] === name : () => true;
  return block.documents.flatMap((text, number) => !text.sections && belongs(text) ? [number] : []);
}

/** The numbers of the scripts beside the page that have these documents. */
export function shardsOf(block, documents) {
  return [...new Set(documents.map(number => block.documents[number].shard))].filter(Boolean);
}

/** Load the texts in a script beside the page. Throws Error where it is not there. */
export function loadShard(block, shard) {
  if (!loading.has(shard)) loading.set(shard, receive(block, shard));
  return loading.get(shard);
}

async function receive(block, shard) {
  globalThis.framescopeTexts = (number, packed) => received.set(number, packed);
  const address = `report/texts-${shard}.js`;
  await new Promise((resolve, reject) => document.head.append(element("script", { src: address, onload: resolve,
    onerror: () => reject(new Error(`${address} is not beside the page. Keep the folder "report" with it.`)) })));
  const texts = await unpacked(received.get(shard));
  received.delete(shard);
  add(block, texts);
}
