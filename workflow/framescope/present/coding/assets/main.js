import { differences, fromCsv, isAnswered, toCsv } from "./codes.js";

const SETTLER = "adjudicated";
const data = JSON.parse(document.getElementById("data").textContent);
const KEPT = `framescope codes ${data.digest}`;
const state = { codes: read(), coder: "", at: 0 };
const get = (id) => document.getElementById(id);

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}

function keep() {
  try {
    localStorage.setItem(KEPT, JSON.stringify(state.codes));
  } catch {
    say(`This browser keeps nothing. Save ${data.file} before you close the page.`);
  }
}

function say(text) {
  get("said").textContent = text;
}

function element(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function current() {
  return ((state.codes[state.coder] ??= {})[state.at] ??= { themes: [], none: false, unsure: false, note: "" });
}

function show(view) {
  for (const name of ["start", "desk", "settle"]) get(name).hidden = name !== view;
  if (view === "start") showStart();
  if (view === "desk") showSentence();
  if (view === "settle") showDifferences();
  get(`${view}-heading`).focus();
}

function showStart() {
  const items = Object.entries(state.codes).map(([coder, given]) => {
    const done = Object.values(given).filter(isAnswered).length;
    return element("li", `${coder}: ${done} of ${data.sentences.length} sentences`);
  });
  get("coders").replaceChildren(...(items.length ? items : [element("li", "Nobody has coded in this browser yet.")]));
}

function showSentence() {
  const sentence = data.sentences[state.at];
  const code = current();
  get("place").textContent = `${sentence.title}, sentence ${state.at + 1} of ${data.sentences.length}`;
  get("before").textContent = sentence.before;
  get("sentence").textContent = sentence.text;
  get("after").textContent = sentence.after;
  for (const box of document.querySelectorAll("#themes input")) box.checked = code.themes.includes(box.value);
  get("none").checked = code.none;
  get("unsure").checked = code.unsure;
  get("note").value = code.note;
  showProgress();
}

function showProgress() {
  const done = Object.values(state.codes[state.coder] ?? {}).filter(isAnswered).length;
  get("progress").max = data.sentences.length;
  get("progress").value = done;
  get("done").textContent = `${done} of ${data.sentences.length} coded by ${state.coder}`;
}

function mark(theme, given) {
  const code = current();
  code.themes = code.themes.filter((each) => each !== theme);
  if (given) code.themes.push(theme);
  if (given) code.none = false;
  keep();
  showSentence();
}

function markNone(given) {
  Object.assign(current(), given ? { none: true, themes: [] } : { none: false });
  keep();
  showSentence();
}

function move(steps) {
  const last = data.sentences.length - 1;
  if (steps > 0 && !isAnswered(current())) say("Choose a theme, or none, or skip the sentence on purpose.");
  else say(state.at === last && steps > 0 ? `This was the last sentence. Save ${data.file}.` : "");
  state.at = Math.min(Math.max(state.at + steps, 0), last);
  showSentence();
  window.scrollTo(0, 0);
}

function showDifferences() {
  const found = differences(state.codes, data.sentences, SETTLER);
  get("settled").textContent = found.length
    ? `${found.length} sentences are coded differently. Choose the answer that holds; it is saved under "${SETTLER}".`
    : "No sentence is coded differently by two coders. Open the files of the other coders to compare them.";
  get("list").replaceChildren(...found.map(difference));
}

function difference({ number, given }) {
  const item = element("li", "", { id: `difference-${number}` });
  item.append(element("p", data.sentences[number].text, { class: "text" }));
  const choices = element("div", "", { class: "choices" });
  for (const coder of given) {
    const code = state.codes[coder][number];
    const settled = state.codes[SETTLER]?.[number];
    const button = element("button", code.themes.join(", ") || "none", { type: "button" });
    const chosen = Boolean(settled) && settled.themes.join() === code.themes.join() && settled.none === code.none;
    button.setAttribute("aria-pressed", String(chosen));
    button.addEventListener("click", () => {
      (state.codes[SETTLER] ??= {})[number] = { ...code, themes: [...code.themes] };
      keep();
      showDifferences();
      document.querySelector(`#difference-${number} [aria-pressed=true]`)?.focus();
    });
    const side = element("div");
    const said = [code.unsure ? "unsure" : "", code.note].filter(Boolean).join(": ");
    side.append(element("p", coder), button, element("p", said));
    choices.append(side);
  }
  item.append(choices);
  return item;
}

function save() {
  const link = element("a", "", { download: data.file });
  link.href = URL.createObjectURL(new Blob([toCsv(state.codes, data.sentences)], { type: "text/csv" }));
  link.click();
  URL.revokeObjectURL(link.href);
  const named = data.before.length ? `[${[...data.before, data.file].join(", ")}]` : data.file;
  say(`${data.file} is saved. Put it into the folder of the study and write codes: ${named} into config.yaml.`);
}

async function open(file) {
  const found = fromCsv(await file.text(), data.sentences);
  if (!found) {
    say(`${file.name}: expected a ${data.file} that this page saved, with the columns document, sentence, theme and coder.`);
    return;
  }
  for (const [coder, given] of Object.entries(found.codes)) Object.assign((state.codes[coder] ??= {}), given);
  keep();
  showStart();
  const left = found.leftOut ? ` ${found.leftOut} rows are of sentences that are not in this sample.` : "";
  say(`${file.name}: codes of ${Object.keys(found.codes).join(", ") || "nobody"}.${left}`);
}

function begin(event) {
  event.preventDefault();
  const name = get("coder").value.trim();
  if (!name) return;
  state.coder = name;
  state.codes[name] ??= {};
  const open = data.sentences.findIndex((_, number) => !isAnswered(state.codes[name][number]));
  state.at = Math.max(open, 0);
  show("desk");
}

function press(event) {
  const typing = event.target.matches("textarea, input[type=text]");
  if (get("desk").hidden || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const theme = data.themes.find((each) => each.key === event.key);
  if (theme) mark(theme.name, !current().themes.includes(theme.name));
  else if (event.key === "0") markNone(!current().none);
  else if (event.key === "?") get("unsure").click();
  else if (event.key === "ArrowRight" || (event.key === "Enter" && !event.target.matches("button"))) move(1);
  else if (event.key === "ArrowLeft") move(-1);
  else return;
  event.preventDefault();
}

function themes() {
  return data.themes.map(({ name, key }) => {
    const label = element("label", "", { class: name.includes(".") ? "below" : "top" });
    const box = element("input", "", { type: "checkbox", value: name });
    box.addEventListener("change", () => mark(name, box.checked));
    label.append(box, ` ${name}`, ...(key ? [" ", element("kbd", key)] : []));
    return label;
  });
}

get("themes").append(...themes());
get("who").addEventListener("submit", begin);
get("none").addEventListener("change", () => markNone(get("none").checked));
get("unsure").addEventListener("change", () => {
  current().unsure = get("unsure").checked;
  keep();
});
get("note").addEventListener("input", () => {
  current().note = get("note").value;
  keep();
});
get("back").addEventListener("click", () => move(-1));
get("next").addEventListener("click", () => move(1));
get("save").addEventListener("click", save);
get("file").addEventListener("change", () => [...get("file").files].forEach(open));
for (const name of ["start", "settle"]) get(`to-${name}`).addEventListener("click", () => show(name));
document.addEventListener("keydown", press);
showStart();
