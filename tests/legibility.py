"""Whether a reader can make out what a browser shows of a drawing: every word, box and line, by its contrast."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

UNREADABLE = """(least) => {
  const paint = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const known = new Map();
  const read = (value) => {  // any CSS colour as red, green, blue, opacity
    if (!known.has(value)) {
      paint.clearRect(0, 0, 1, 1); paint.fillStyle = value; paint.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data;
      known.set(value, [r, g, b, a / 255]);
    }
    return known.get(value);
  };
  const over = (top, opacity, below) => below.map((part, i) => top[i] * opacity + part * (1 - opacity));
  const luminance = (rgb) => rgb.map((part) => part / 255)
    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (one, other) => {
    const [a, b] = [luminance(one), luminance(other)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  const faded = (element) => {
    let opacity = 1;
    for (; element && element.tagName !== 'FIGURE'; element = element.parentElement) {
      opacity *= getComputedStyle(element).opacity;
    }
    return opacity;
  };
  const canvas = document.body.appendChild(document.createElement('i'));
  canvas.style.background = 'Canvas';
  let paper = read(getComputedStyle(canvas).backgroundColor).slice(0, 3);
  canvas.remove();
  for (const element of [document.documentElement, document.body]) {
    const [r, g, b, a] = read(getComputedStyle(element).backgroundColor);
    paper = over([r, g, b], a, paper);
  }
  const problems = [];
  for (const svg of document.querySelectorAll('svg.pele')) {
    const name = svg.closest('figure').dataset.name;
    const all = [...svg.querySelectorAll('*')];
    const shapes = all.filter((one) => one.isPointInFill && !one.closest('defs')).map((one) => {
      const style = getComputedStyle(one);
      const [r, g, b, a] = style.fill === 'none' ? [0, 0, 0, 0] : read(style.fill);
      const place = all.indexOf(one), box = one.getBoundingClientRect(), back = one.getScreenCTM().inverse();
      return {one, place, box, back, style, rgb: [r, g, b], opacity: a * style.fillOpacity * faded(one)};
    });
    const behind = (place, x, y) => {
      let colour = paper;
      for (const shape of shapes) {
        if (shape.place >= place) break;
        const {box} = shape;
        if (!shape.opacity || x < box.left || x > box.right || y < box.top || y > box.bottom) continue;
        const point = new DOMPoint(x, y).matrixTransform(shape.back);
        if (shape.one.isPointInFill(point)) colour = over(shape.rgb, shape.opacity, colour);
      }
      return colour;
    };
    for (const words of svg.querySelectorAll('text, tspan')) {
      const own = [...words.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join('').trim();
      const style = getComputedStyle(words);
      if (!own || style.fill === 'none') continue;
      const box = words.getBoundingClientRect(), [r, g, b, a] = read(style.fill);
      for (const part of [0.1, 0.5, 0.9]) {
        const below = behind(all.indexOf(words), box.left + box.width * part, box.top + box.height / 2);
        const ratio = contrast(over([r, g, b], a * style.fillOpacity * faded(words), below), below);
        if (ratio < least.words) { problems.push(`${name}: ${ratio.toFixed(2)} "${own}" ${style.fill}`); break; }
      }
    }
    for (const {one, style, rgb, opacity, place, box} of shapes) {
      const node = one.matches('.pele-node > :is(rect, path, circle, polygon, ellipse):first-child');
      const edge = one.matches('.pele-edge > path:not(.pele-marker), .pele-lifeline');
      if (!node && !edge) continue;
      const below = edge ? paper : behind(place, box.left + box.width / 2, box.top + box.height / 2);
      if (style.stroke === 'none') continue;  // its words are what counts
      const [r, g, b, a] = read(style.stroke);
      const rim = contrast(over([r, g, b], a * style.strokeOpacity * faded(one), below), below);
      const seen = [rim, contrast(over(rgb, opacity, below), below)];
      if (Math.max(...seen) < least.lines) {
        const which = one.closest('[data-id]')?.dataset.id;
        problems.push(`${name}: ${Math.max(...seen).toFixed(2)} ${edge ? 'line' : 'box'} ${which} ${style.stroke}`);
      }
    }
  }
  return problems;
}"""
"""JavaScript: what of all drawings of a page has less contrast than `{words, lines}`, as WCAG 2 reckons it."""


def style_sheet(package: str, *path: str) -> str:
    """A style sheet of a theme that is installed; its last name may begin as several do, with a hash behind."""
    folder: Any = files(package)
    for part in path[:-1]:
        folder = folder / part
    sheets = [file for file in folder.iterdir() if file.name.startswith(path[-1]) and file.name.endswith(".css")]
    return "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
