const { figures, rows, total } = JSON.parse(document.getElementById("data").textContent);
for (const [name, specification] of Object.entries(figures))
  vegaEmbed("#figure-" + name, specification, {renderer: "svg", actions: false, ast: true, defaultStyle: false, tooltip: {disableDefaultStyle: true}});
let room = 40;
const chosen = id => document.getElementById(id);
function show() {
  const theme = chosen("theme").value, text = chosen("document").value, word = chosen("word").value.toLowerCase();
  const part = chosen("part").value, counting = chosen("counting").value;
  let kept = rows.filter(row => (!theme || row[2] === theme || row[2].startsWith(theme + ".")) && (!text || row[0] === text)
    && (!part || row[0] + " " + row[1] === part) && (!counting || (counting === "counted") === !row[6])
    && (!word || (row[3] + row[4] + row[5]).toLowerCase().includes(word)));
  const order = chosen("order").value;
  if (order === "3") kept.sort((a, b) => a[3].split(" ").reverse().join(" ").localeCompare(b[3].split(" ").reverse().join(" ")));
  else if (order) kept.sort((a, b) => a[order].localeCompare(b[order]));
  const body = document.querySelector("#concordance tbody");
  body.replaceChildren(...kept.slice(0, room).map(row => {
    const line = document.createElement("tr");
    for (const value of [row[0] + " " + row[1], row[2], row[3].slice(-90), row[4], row[5].slice(0, 90), row[6]]) {
      const cell = document.createElement("td"); cell.textContent = value; line.append(cell);
    }
    return line;
  }));
  const counted = kept.filter(row => !row[6]).length;
  chosen("shown").textContent = Math.min(kept.length, room) + " of " + kept.length + " matches shown, " + counted + " of them counted" + (rows.length < total ? "; the page holds an even selection of " + rows.length + " of " + total.toLocaleString("en") : "") + ".";
  chosen("more").hidden = kept.length <= room;
}
chosen("more").addEventListener("click", () => { room += 200; show(); });
for (const id of ["theme", "document", "part", "counting", "order", "word"]) chosen(id).addEventListener("input", show);
show();
