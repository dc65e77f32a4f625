// The units that a reader can choose: the whole study, groups, roles, documents and sections.

import { element, thousands } from "./elements.js";
import { loadShard, missingOf, sectionTitle, shardsOf, titleOf } from "./data.js";

const MOST_SECTIONS = 600;

function distinct(values) {
  return [...new Set(values)].filter(Boolean).sort();
}

/** The options of a list of units, in groups; sections only where a study has few enough for a list. */
function unitGroups(block) {
  const documents = block.documents.map((text, number) => ["document:" + text.document, titleOf(block, number)]);
  const sections = block.sections.section.map((section, place) => {
    const document = block.sections.document[place];
    const about = block.documents.length > 1 ? ` (${titleOf(block, document)})` : "";
    return [`section:${block.documents[document].document}/${section}`, sectionTitle(block, place) + about];
  });
  return [
    ["Groups", distinct(block.documents.map(text => text.group)).map(name => ["group:" + name, name])],
    ...Object.keys(block.documents[0]?.groups ?? {}).map(kind =>
      [`Groups by ${kind}`, distinct(block.documents.map(text => text.groups[kind])).map(name => [`${kind}:${name}`, name])]),
    ["Periods of publication", distinct(block.documents.map(text => text.period)).map(name => ["period:" + name, name])],
    ["Texts", documents],
    ["Sections", sections.length <= MOST_SECTIONS ? sections : []],
    ["Roles of sections", distinct(block.sections.role).map(name => ["role:" + name, name])],
  ].filter(([, options]) => options.length);
}

/** A list from which a unit is chosen; `everything` is the label of the whole study, if it can be chosen. */
export function unitChooser(block, label, chosen, change, everything = "") {
  const option = ([value, text]) => element("option", { value, selected: value === chosen }, text);
  const groups = unitGroups(block).map(([name, options]) => element("optgroup", { label: name }, options.map(option)));
  const first = everything ? [element("option", { value: "", selected: !chosen }, everything)] : [];
  return element("label", {}, label + " ", element("select", { onchange: event => change(event.target.value) }, first, groups));
}

/** The class that has the colour of a theme. */
export function colourOf(block, theme) {
  return "t" + block.themes.indexOf(theme.split(".")[0]);
}

export function themesOf(block) {
  return distinct(block.hits.theme.values.map(theme => theme.split(".")[0]));
}

async function load(block, shards, place) {
  try {
    for (const shard of shards) await loadShard(block, shard);
  } catch (error) {
    place.replaceChildren(error.message);
    place.setAttribute("role", "alert");
    return place;
  }
  return null;
}

/**
 * Load the texts of a unit if one script has all that are missing. If texts are still missing, a remark that says so,
 * with a button that loads them; else null.
 */
export async function missingTexts(block, unit) {
  const missing = missingOf(block, unit), shards = shardsOf(block, missing), place = element("p", { class: "about", id: "missing" });
  if (!missing.length) return null;
  if (shards.length === 1) return load(block, shards, place);
  const loading = element("button", { type: "button", onclick: async () => {
    loading.disabled = true;
    loading.textContent = "Loading …";
    if (!await load(block, shards, place)) dispatchEvent(new HashChangeEvent("hashchange"));
  } }, `Load them too (${thousands(shards.length)} files)`);
  place.append(`The texts of ${thousands(missing.length)} of ${thousands(block.documents.length)} documents are not loaded, and their sentences are not shown here. `, loading);
  return place;
}
