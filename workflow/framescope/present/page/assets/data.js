// The data block of the page, which is decompressed when a view first needs it.

import { byId } from "./elements.js";

let waiting = null;

async function read() {
  const packed = Uint8Array.from(atob(byId("data").textContent.trim()), character => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  const block = await new Response(stream).json();
  performance.mark("unpacked");
  return indexed(block);
}

export function data() {
  waiting ??= read();
  return waiting;
}

/** The data with what is looked up often: paragraphs by document, and sentences by document. */
function indexed(block) {
  block.paragraphs = block.documents.map(text => (text.sections ?? []).flatMap(section => section.paragraphs));
  block.number = new Map(block.documents.map((text, place) => [text.document, place]));
  block.mentions = {};
  for (const kind of ["hits", "entities", "dates"]) {
    const bySentence = block.sentences.document.map(() => []);
    block[kind].sentence.forEach((sentence, place) => bySentence[sentence].push(place));
    block.mentions[kind] = bySentence;
  }
  return block;
}

export function titleOf(block, number) {
  return block.documents[number].called;
}

export function sectionTitle(block, section) {
  return block.sections.title[section] || "before the first heading";
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

/** Whether a theme is the one asked for or below it. */
export function isWithin(theme, asked) {
  return theme === asked || theme.startsWith(asked + ".");
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
    role: s => held.role[sections[s]] === name,
    group: s => block.documents[documents[s]].group === name,
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
  if (kind === "section" || kind === "part") {
    const [document, rest] = [name.slice(0, name.indexOf("/")), name.slice(name.indexOf("/") + 1)];
    const place = block.sections.section.findIndex((section, at) =>
      section === rest && block.sections.document[at] === block.number.get(document));
    return kind === "part" ? `${rest} of ${called(document)}` : `${place < 0 ? rest : sectionTitle(block, place)} (${called(document)})`;
  }
  if (kind === "document") return block.number.has(name) ? called(name) : name;
  if (kind === "rest") return `all documents but ${called(name)}`;
  return kind === "role" || kind === "group" || isGrouping(block, kind) ? `the ${kind} ${name}` : "the whole study";
}

/** Whether the page holds every text of a unit. */
export function isHeld(block, unit) {
  const kind = unit.split(":", 1)[0], name = unit.slice(kind.length + 1);
  const known = kind === "section" || kind === "part" ? name.slice(0, name.indexOf("/")) : name;
  if (["section", "part", "document"].includes(kind)) return Boolean(block.documents[block.number.get(known)]?.sections);
  return block.documents.every(text => text.sections || (kind === "group" && text.group !== name) || (isGrouping(block, kind) && text.groups[kind] !== name));
}
