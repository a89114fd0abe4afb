// What Pele needs around it in QuickJS, and the one function that Python calls.

// QuickJS has no `URL`, and Pele drops every link that `new URL` refuses. It asks for http and https alone.
globalThis.URL = class URL {
  constructor(text) {
    const parts = /^(https?:)\/{0,2}([^\/?#\s]+)([^\s]*)$/i.exec(String(text).trim());
    if (!parts) throw new TypeError("Invalid URL");
    this.protocol = parts[1];
    this.hostname = parts[2];
    this.rest = parts[3] || "/";
  }
  toString() { return this.protocol + "//" + this.hostname + this.rest; }
};

// The page's font is not known here. Boxes are made for the wider, letter by letter, of Arial and Noto Sans:
// Roboto, Lato, Segoe UI and their like fit too. The numbers are hundredths of the size of the type.
const widths = [
  "282841655789732233335558283328375757575757575757575728285858585699676772736761787434506756917678" +
    "6778726761736794676761333733575633566250625634626226265326946260626241503662517953515038553858",
  "283347655790752734345458283328415757575757575757575733335858586198727272746761787639567261948180" +
    "6780726761766797676761334133585636606356635939636630306230986662636345564366578658575039553958",
].map(
  (table) => Array.from({length: 95}, (_, index) => parseInt(table.substr(index * 2, 2), 10) / 100));
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;
const measured = new Map();  // Pele asks for the same words again and again
const measurer = {
  width(text, size, style) {
    const key = style + text;
    let width = measured.get(key);
    if (width === undefined) {
      if (measured.size > 2000) measured.clear();
      measured.set(key, width = this.measure(text, style));
    }
    return width * size;
  },
  measure(text, style) {
    const table = widths[style & 1];
    let width = 0;
    for (const character of text) {
      const code = character.codePointAt(0);
      if (code >= 32 && code < 127) width += style & 4 ? 0.61 : table[code - 32];
      else if (code >= 0x10000) width += 1.25;
      else if (code >= 160 && !/\p{Mark}|[\u200b-\u200f\ufe00-\ufe0f\ufeff]/u.test(character))
        width += wide.test(character) ? 1 : /\p{Lu}/u.test(character) ? 0.7 : 0.62;
    }
    return width;
  },
};

// In mermaid.js a subgraph's own direction does not count where a node in it is linked to one outside. Pele obeys it
// all the same, and leads the line through the neighbours of that node, as if they were on its way.
function directed(source) {
  if (!/^\s*subgraph\b/m.test(source) || !DIRECTION.test(source)) return source;
  const {subgraphs = [], edges = []} = pele.parse(source);
  const nodes = new Map(subgraphs.map((group) => [group.id, group.nodes]));
  const within = (id, found = new Set()) => {
    for (const node of nodes.get(id) ?? []) {
      if (found.has(node)) continue;
      found.add(node);
      within(node, found);
    }
    return found;
  };
  const linked = subgraphs.map((group) => {
    const inside = within(group.id);
    return edges.some((edge) => inside.has(edge.start) !== inside.has(edge.end));
  });
  // Pele lists subgraphs as they end. Where lines do not tell the same number of them, nothing is touched.
  const lines = source.split("\n"), open = [], ended = [];
  lines.forEach((line, number) => {
    if (/^\s*subgraph\b/.test(line)) open.push([]);
    else if (/^\s*end\s*;?\s*$/.test(line) && open.length) ended.push(open.pop());
    else if (DIRECTION.test(line) && open.length) open[open.length - 1].push(number);
  });
  if (ended.length !== subgraphs.length) return source;
  ended.forEach((numbers, index) => {
    if (linked[index]) for (const number of numbers) lines[number] = "";
  });
  return lines.join("\n");
}
const DIRECTION = /^\s*direction\s+(?:TB|TD|BT|LR|RL)\s*;?\s*$/m;

// The last expression of the script is what Python gets.
(function (source, idPrefix) {
  try {
    const options = {idPrefix, measurer, autoDirection: false, images: false, links: true};
    const {svg, width, height, type} = pele.render(directed(source), options);
    return [width, height, type, svg.toWellFormed()].join("\n");  // JSON of thousands of quotes takes its time
  } catch (error) {
    // Out of memory, even for an error to throw: the context is done for.
    if (error === null || error.name === "InternalError") throw error;
    return JSON.stringify({
      code: error.code || "crash", line: error.line || 0, column: error.column || 0,
      message: String(error.message || error),
    });
  }
})
