// Sentences with what was found in them marked.

import { element } from "./elements.js";
import { paragraphOf, sectionTitle, titleOf } from "./data.js";
import { addressOf } from "./state.js";

/**
 * A stretch of a text with marks: each is [start, end, class, title]; of marks that overlap the first is drawn. Elements
 * of the queue, each [place, element] in order, are taken from it and stand at their places, or after the mark there.
 */
export function marked(text, from, to, marks, queue = []) {
  const parts = [];
  let at = from;
  const goTo = end => {
    while (queue.length && queue[0][0] <= end) {
      const [place, made] = queue.shift();
      parts.push(text.slice(at, place), made);
      at = Math.max(at, place);
    }
    parts.push(text.slice(at, end));
    at = end;
  };
  for (const [start, end, kind, title] of [...marks].sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    if (start < at || end > to) continue;
    goTo(start);
    parts.push(element("mark", { class: kind, title }, text.slice(start, end)));
    at = end;
  }
  goTo(to);
  return parts;
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
