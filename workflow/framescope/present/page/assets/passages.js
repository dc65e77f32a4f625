// Sentences with what was found in them marked.

import { element } from "./elements.js";
import { paragraphOf, sectionTitle, titleOf } from "./data.js";
import { addressOf } from "./state.js";

/** A stretch of a text with marks: each is [start, end, class, title]; of marks that overlap the first is drawn. */
export function marked(text, from, to, marks) {
  const parts = [];
  let at = from;
  for (const [start, end, kind, title] of [...marks].sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    if (start < at || end > to) continue;
    parts.push(text.slice(at, start), element("mark", { class: kind, title }, text.slice(start, end)));
    at = end;
  }
  return [...parts, text.slice(at, to)];
}

export function readAddress(block, sentence) {
  const number = block.sentences.document[sentence];
  return addressOf({ view: "read", document: block.documents[number].document, sentence: sentence - block.first.get(number) + 1 });
}

/** A list entry for a sentence: where it is, as a link into the text, then the sentence with marks, then a remark. */
export function passage(block, sentence, marks, remark = "") {
  const place = `${titleOf(block, block.sentences.document[sentence])} · ${sectionTitle(block, block.sentences.section[sentence])}`;
  const text = marked(paragraphOf(block, sentence), block.sentences.start[sentence], block.sentences.end[sentence], marks);
  return element("li", { "data-sentence": sentence },
    element("a", { class: "place", href: readAddress(block, sentence) }, place),
    element("span", { class: "text" }, text),
    remark ? element("span", { class: "reason" }, remark) : null);
}

/** A list that shows so many entries at first, and more when asked. */
export function longList(entries, room = 50) {
  const list = element("ol", { class: "passages" });
  const more = element("button", { type: "button", onclick: () => add() });
  let shown = 0;
  function add() {
    list.append(...entries.slice(shown, shown + room).map(make => make()));
    shown = Math.min(shown + room, entries.length);
    more.textContent = `Show more (${entries.length - shown} left)`;
    more.hidden = shown >= entries.length;
  }
  add();
  return [list, more];
}
