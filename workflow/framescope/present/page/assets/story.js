// The story beside the view to which one of its headings leads.

import { byId, element } from "./elements.js";
import { addressOf, state } from "./state.js";

/** Show the text of the chapter that the address names, with links to those before and after it. */
export function showChapter() {
  const place = byId("chapter"), chapters = [...document.querySelectorAll("[data-chapter]")];
  const at = chapters.findIndex(each => each.dataset.chapter === state().story);
  place.hidden = at < 0;
  if (at < 0) return;
  const leading = chapters.filter(each => each.querySelector("h3 a")), here = leading.indexOf(chapters[at]);
  const link = (other, label) => other ? element("a", { href: other.querySelector("h3 a").getAttribute("href") }, label) : null;
  const copy = chapters[at].querySelector("div").cloneNode(true);
  place.replaceChildren(element("p", { class: "chapter-title" }, chapters[at].querySelector("h3").textContent), copy,
    element("p", { class: "links" }, [link(leading[here - 1], "Previous"), element("a", { href: addressOf({ view: "story" }) }, "The whole story"), link(leading[here + 1], "Next")]
      .filter(Boolean).flatMap((each, number) => number ? [" · ", each] : [each])));
}
