// Elements of the page. Text is only ever set as text, so that nothing in a study can become markup.

const SVG = "http://www.w3.org/2000/svg";

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined));
  return made;
}

export function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

export function drawn(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

export function byId(id) {
  return document.getElementById(id);
}

/** A list from which one of the options is chosen; options are [value, label]. */
export function chooser(label, options, chosen, change) {
  const list = element("select", { onchange: event => change(event.target.value) },
    options.map(([value, text]) => element("option", { value, selected: value === chosen }, text)));
  return element("label", {}, label + " ", list);
}

export function thousands(count) {
  return count.toLocaleString("en");
}

export function plain(name) {
  return name.replaceAll("_", " ").replaceAll(".", ": ");
}

export function decimal(value) {
  return value === null ? "" : Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1);
}
