// Colours as they are just now, and fills that differ by more than colour.
const SIDE = 8;
const STROKES = [
  [],
  [[0, 8, 8, 0]],
  [[0, 4, 8, 4]],
  [[0, 0, 8, 8]],
  [[4, 0, 4, 8]],
  [[0, 4, 8, 4], [4, 0, 4, 8]],
  [[0, 0, 8, 8], [0, 8, 8, 0]],
  [[3, 4, 5, 4], [4, 3, 4, 5]],
];

export function look(figure) {
  const probe = document.createElement("span");
  figure.append(probe);
  const token = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const names = ["ink", "ink-soft", "hair", "card", "mustard", "teal", "sky", "good", "bad", "focus"];
  const colours = Object.fromEntries(names.map((name) => [name, token(name)]));
  probe.remove();
  return { ...colours, font: getComputedStyle(document.body).fontFamily, width: figure.querySelector(".chart__box").clientWidth };
}

// The n-th way to fill: strokes of ink on a colour.
export function fill(colour, ink, n) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  const brush = canvas.getContext("2d");
  brush.fillStyle = colour;
  brush.fillRect(0, 0, SIDE, SIDE);
  brush.strokeStyle = ink;
  brush.lineWidth = 1.25;
  brush.lineCap = "square";
  for (const [x, y, toX, toY] of STROKES[n % STROKES.length]) {
    brush.beginPath();
    brush.moveTo(x, y);
    brush.lineTo(toX, toY);
    brush.stroke();
  }
  return brush.createPattern(canvas, "repeat");
}
