// The kinds of charts: weeks as bars and lines, and bars that lie, one for each state or value.
import { fill } from "./look.js";
import { numbers } from "./table.js";

const LINES = [
  { colour: "focus", shape: "triangle", dash: [7, 4] },
  { colour: "good", shape: "circle", dash: [] },
  { colour: "bad", shape: "rectRot", dash: [2, 3] },
];
const BAR = 24;
const LETTERS = { narrow: 17, wide: 30 };
const NARROW = 480;
const DENSE = 40;
const BLACK = "#1f1611";
const WHITE = "#fffaf0";

function short(name, look) {
  const most = look.width < NARROW ? LETTERS.narrow : LETTERS.wide;
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}

// Writes each bar's number at its end.
const endings = {
  id: "endings",
  afterDatasetsDraw(chart) {
    const { ctx, data, options } = chart;
    ctx.save();
    ctx.fillStyle = options.color;
    ctx.font = `600 13px ${options.font.family}`;
    ctx.textBaseline = "middle";
    data.datasets.forEach((set, index) =>
      chart.getDatasetMeta(index).data.forEach((bar, row) => set.data[row] && ctx.fillText(set.data[row], bar.x + 6, bar.y)),
    );
    ctx.restore();
  },
};

const written = (look) => ({ family: look.font, size: 13 });

function common(told, look, isOnPaper) {
  const font = written(look);
  return {
    animation: false,
    maintainAspectRatio: false,
    color: look.ink,
    font,
    ...(isOnPaper ? { devicePixelRatio: 2 } : {}),
    onClick: (_event, [hit]) => hit && told.series[hit.datasetIndex].cells[hit.index].closest("a")?.click(),
    plugins: {
      legend: { display: told.series.length > 1, labels: { color: look.ink, font, usePointStyle: true, boxHeight: 9, sort: (one, other) => one.datasetIndex - other.datasetIndex } },
      tooltip: { titleFont: font, bodyFont: font, usePointStyle: true, cornerRadius: 3 },
    },
  };
}

function counts(look, title) {
  return {
    beginAtZero: true,
    suggestedMax: 4,
    grid: { color: look.hair },
    border: { color: look.ink, width: 2 },
    ticks: { color: look.ink, font: written(look), precision: 0, maxTicksLimit: 7 },
    title: { display: Boolean(title), text: title, color: look.ink, font: written(look) },
  };
}

function kinds(look) {
  const ticks = { color: look.ink, font: written(look), autoSkip: false };
  return { grid: { display: false }, border: { color: look.ink, width: 2 }, ticks };
}

function line(series, look, index) {
  const { colour, shape, dash } = LINES[index];
  const data = numbers(series);
  return {
    type: "line",
    label: series.name,
    data,
    borderColor: look[colour],
    borderWidth: 3,
    borderDash: dash,
    pointStyle: shape,
    pointRadius: data.length > DENSE ? 2 : 5,
    pointBackgroundColor: look[colour],
    pointBorderColor: look.ink,
    pointBorderWidth: data.length > DENSE ? 0 : 1.5,
    clip: 8,
  };
}

function bars(series, look, background) {
  const data = numbers(series);
  return { label: series.name, data, backgroundColor: background, borderColor: look.ink, borderWidth: data.length > DENSE ? 0 : 2, pointStyle: "rect" };
}

function weeks(told, look, isOnPaper) {
  const [received, ...others] = told.series;
  const datasets = [bars(received, look, fill(look.mustard, BLACK, 1)), ...others.map((one, index) => line(one, look, index))];
  datasets[0].order = 1;
  const days = kinds(look);
  days.ticks = { ...days.ticks, autoSkip: true, maxRotation: 60 };
  const scales = { x: days, y: counts(look, "Submissions") };
  return { type: "bar", data: { labels: told.names, datasets }, options: { ...common(told, look, isOnPaper), scales } };
}

function lying(told, look, isOnPaper, datasets) {
  const scales = { x: { ...counts(look), grace: "8%" }, y: kinds(look) };
  const options = { ...common(told, look, isOnPaper), indexAxis: "y", layout: { padding: { right: 28 } }, scales };
  return { type: "bar", data: { labels: told.names.map((name) => short(name, look)), datasets }, options, plugins: [endings] };
}

function states(told, look, isOnPaper) {
  const fills = told.badges.map((badge, index) => fill(getComputedStyle(badge).backgroundColor, getComputedStyle(badge).color, index));
  return lying(told, look, isOnPaper, [bars(told.series[0], look, fills)]);
}

function values(told, look, isOnPaper) {
  const fills = [fill(look.mustard, BLACK, 1), fill(look.teal, WHITE, 7)];
  return lying(told, look, isOnPaper, told.series.map((series, index) => bars(series, look, fills[index])));
}

const height = (told) => told.names.length * (told.series.length * BAR + 8) + (told.series.length > 1 ? 80 : 44);

export const KINDS = {
  weeks: { config: weeks },
  states: { config: states, height },
  bars: { config: values, height },
};
