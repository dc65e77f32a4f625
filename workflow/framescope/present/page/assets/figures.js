// Figures: the choice of what is drawn, and the drawing as a file.

import { data } from "./data.js";
import { byId, element } from "./elements.js";
import { download } from "./downloads.js";

export function improveFigures() {
  for (const list of document.querySelectorAll("select[data-figure]")) {
    list.addEventListener("change", async () => {
      const { choices } = await data();
      const parsed = new DOMParser().parseFromString(choices[list.dataset.figure][list.value], "image/svg+xml");
      byId(list.dataset.figure).querySelector(".paper").replaceChildren(document.importNode(parsed.documentElement, true));
    });
  }
  for (const figure of document.querySelectorAll("figure.drawing")) {
    figure.querySelector("figcaption").append(" ", element("button", { type: "button", onclick: () =>
      download(`${figure.id}.svg`, "image/svg+xml", new XMLSerializer().serializeToString(figure.querySelector(".paper svg"))) },
      "SVG of what is shown"));
  }
}
