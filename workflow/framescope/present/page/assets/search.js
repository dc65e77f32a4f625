// Searching words: patterns of words, and counts of the words around them.

const LETTER = "[\\p{L}\\p{N}]", WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;
const AROUND = 5, FEWEST_TOGETHER = 3;

export function wordsOf(text) {
  return text.match(WORD) ?? [];
}

/** A word of a search with the regular inflections of English, such as armies for army. */
function withForms(word) {
  if (word.includes("\\") || word.includes("[")) return word;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}(?:y|ies|ied|ying)`;
  if (/e$/.test(word)) return `${word.slice(0, -1)}(?:e|es|ed|ing)`;
  return `${word}(?:s|es|ed|ing)?`;
}

/**
 * The pattern of a search: a word or phrase in which * stands for any letters and ? for one, or a regular expression.
 * Throws SyntaxError where a regular expression is wrong.
 */
export function patternOf(search, regular, forms) {
  if (regular) return new RegExp(search, "giu");
  const words = search.trim().split(/\s+/).map(word => {
    const pattern = word.replace(/[.+^${}()|[\]\\\/]/g, "\\$&").replaceAll("?", LETTER).replaceAll("*", `(?:${LETTER}|['’-])*`);
    return forms ? withForms(pattern.toLowerCase()) : pattern;
  });
  return new RegExp(`(?<!${LETTER})${words.join("[^\\p{L}\\p{N}]+")}(?!${LETTER})`, "giu");
}

/**
 * Words that stand within five words of the hits, by logDice (Rychlý 2008): 14 + log2(2 f(x,y) / (f(x) + f(y))).
 * `lines` are { left, hit, right }; `frequencies` counts each word of the texts searched.
 */
export function collocates(lines, frequencies) {
  const together = new Map();
  for (const { left, right } of lines) {
    for (const word of [...wordsOf(left).slice(-AROUND), ...wordsOf(right).slice(0, AROUND)]) {
      const key = word.toLowerCase();
      together.set(key, (together.get(key) ?? 0) + 1);
    }
  }
  return [...together].filter(([, count]) => count >= FEWEST_TOGETHER)
    .map(([word, count]) => [word, count, 14 + Math.log2((2 * count) / (lines.length + (frequencies.get(word) ?? count)))])
    .sort((a, b) => b[2] - a[2] || a[0].localeCompare(b[0], "en"));
}

export function frequenciesOf(texts) {
  const counts = new Map();
  for (const text of texts) {
    for (const word of wordsOf(text)) {
      const key = word.toLowerCase();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

/**
 * The words that set two texts apart: log-odds with an informative Dirichlet prior (Monroe et al. 2008), over its
 * standard error. The prior is the words of the study, scaled to a thousand. Positive values are words of `a`.
 */
export function wordsApart(a, b, study) {
  const sum = counts => [...counts.values()].reduce((total, count) => total + count, 0);
  const [totalA, totalB, total] = [sum(a), sum(b), sum(study)], weight = 1000;
  const words = new Set([...a.keys(), ...b.keys()]);
  return [...words].map(word => {
    const prior = weight * (study.get(word) ?? 1) / total, inA = (a.get(word) ?? 0) + prior, inB = (b.get(word) ?? 0) + prior;
    const odds = Math.log(inA / (totalA + weight - inA)) - Math.log(inB / (totalB + weight - inB));
    return [word, odds / Math.sqrt(1 / inA + 1 / inB), a.get(word) ?? 0, b.get(word) ?? 0];
  }).sort((x, y) => y[1] - x[1] || x[0].localeCompare(y[0], "en"));
}
