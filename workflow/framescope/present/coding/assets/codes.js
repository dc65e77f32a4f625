// Codes and their file. A code is {themes, none, unsure, note}; codes are kept by coder and by the number of the sentence.

export const COLUMNS = ["document", "sentence", "theme", "coder", "unsure", "note", "weight", "round"];

export function isAnswered(code) {
  return Boolean(code) && (code.none || code.themes.length > 0);
}

export function sameAnswer(first, second) {
  return [...first.themes].sort().join("\n") === [...second.themes].sort().join("\n");
}

function cell(value) {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// A row for each theme, and one with "none" for a sentence without any.
export function toCsv(codes, sentences) {
  const rows = [COLUMNS];
  for (const [coder, given] of Object.entries(codes)) {
    sentences.forEach((sentence, number) => {
      const code = given[number];
      if (!isAnswered(code)) return;
      for (const theme of code.none ? ["none"] : code.themes) {
        const unsure = code.unsure ? "yes" : "";
        rows.push([sentence.document, sentence.sentence, theme, coder, unsure, code.note, sentence.weight, sentence.round]);
      }
    });
  }
  return rows.map((row) => row.map(cell).join(",") + "\n").join("");
}

export function parseCsv(text) {
  const rows = [[""]];
  let quoted = false;
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; at += 1) {
    const sign = text[at];
    const row = rows.at(-1);
    if (quoted && sign === '"' && text[at + 1] === '"') {
      row[row.length - 1] += sign;
      at += 1;
    } else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === ",") row.push("");
    else if (!quoted && sign === "\n") rows.push([""]);
    else if (quoted || sign !== "\r") row[row.length - 1] += sign;
  }
  return rows.filter((row) => row.some((value) => value !== ""));
}

// The codes in a file that this page made; rows of sentences that are not in the sample are counted and left out.
export function fromCsv(text, sentences) {
  const [head, ...rows] = parseCsv(text);
  if (!head || !["document", "sentence", "theme", "coder"].every((name) => head.includes(name))) return null;
  const numbers = new Map(sentences.map((each, number) => [`${each.document}\n${each.sentence}`, number]));
  const codes = {};
  let leftOut = 0;
  for (const row of rows) {
    const value = Object.fromEntries(head.map((name, at) => [name, row[at] ?? ""]));
    const number = numbers.get(`${value.document}\n${value.sentence}`);
    if (number === undefined) {
      leftOut += 1;
      continue;
    }
    codes[value.coder] ??= {};
    const code = (codes[value.coder][number] ??= { themes: [], none: false, unsure: false, note: "" });
    if (value.theme === "none") code.none = true;
    else code.themes.push(value.theme);
    code.unsure ||= Boolean(value.unsure);
    code.note ||= value.note ?? "";
  }
  return { codes, leftOut };
}

// The sentences to which two coders gave different answers; the one who settles differences is not among the coders.
export function differences(codes, sentences, settler) {
  const coders = Object.keys(codes).filter((coder) => coder !== settler);
  return sentences
    .map((_, number) => ({ number, given: coders.filter((coder) => isAnswered(codes[coder][number])) }))
    .filter(({ number, given }) => given.some((coder) => !sameAnswer(codes[coder][number], codes[given[0]][number])));
}
