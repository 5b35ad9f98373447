/*
 * The page of a run that goes on: shows what it is told by `/events`, and draws it over time (uPlot). What it has it keeps when
 * the run is over.
 */
(() => {
  const { colour, milliseconds, shortTime, onLook } = benchLook;
  const HEIGHT = 210;
  const element = (id) => document.getElementById(id);

  /** By time, in milliseconds since the epoch. */
  const latencies = new Map();
  let points = [];

  const perSec = (unit) => (value) =>
    value === null || value === undefined
      ? "—"
      : `${Number(value.toPrecision(3)).toLocaleString("en-US")} ${unit}`;
  const clockTime = (second) => new Date(second * 1000).toLocaleTimeString("en-GB");
  const plain = (value) => Number(value.toPrecision(3)).toLocaleString("en-US");
  const pointLines = (label, of, unit) => ({
    series: [{ label, hue: 0 }],
    data: () => [points.map(({ atMs }) => atMs / 1000), points.map(of)],
    tick: plain,
    told: perSec(unit),
  });
  const charts = {
    latency: {
      series: [
        { label: "p99", hue: 1 },
        { label: "p50", hue: 0 },
      ],
      data: () => {
        const at = [...latencies.keys()].sort((a, b) => a - b);
        return [
          at.map((ms) => ms / 1000),
          at.map((ms) => latencies.get(ms).p99),
          at.map((ms) => latencies.get(ms).p50),
        ];
      },
      tick: shortTime,
      told: milliseconds,
    },
    bytes: pointLines("received", ({ bytesPerSec }) => bytesPerSec && bytesPerSec / 1000, "KB"),
    begun: pointLines("begun", ({ begunPerSec }) => begunPerSec, ""),
    cpu: pointLines("CPU", ({ cpuPercent }) => cpuPercent, "%"),
  };

  function options({ series, tick, told }, width) {
    const [soft, rule] = ["--soft", "--rule"].map(colour);
    const font = `12px ${getComputedStyle(document.body).fontFamily}`;
    const axis = { font, stroke: soft };
    return {
      width,
      height: HEIGHT,
      padding: [12, 30, 0, 0],
      cursor: { y: false, drag: { x: false, y: false } },
      scales: { y: { range: (_, __, most) => [0, most > 0 ? most * 1.1 : 1] } },
      axes: [
        {
          ...axis,
          size: 34,
          space: 80,
          incrs: [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 10_800],
          grid: { show: false },
          ticks: { stroke: soft, width: 1, size: 4 },
          values: (_, splits) => splits.map(clockTime),
        },
        {
          ...axis,
          size: 58,
          gap: 8,
          grid: { stroke: rule, width: 1 },
          ticks: { show: false },
          values: (_, splits) => splits.map(tick),
        },
      ],
      series: [
        {
          label: "at",
          value: (_, at) => (at === null ? "—" : clockTime(at)),
        },
        ...series.map(({ label, hue }) => ({
          label,
          stroke: colour(`--series-${hue}`),
          width: 2,
          dash: hue === 0 ? [] : [7, 4],
          // A line of one value is none.
          points: { show: (plot, at) => plot.data[at].filter((one) => one !== null).length === 1, size: 6 },
          value: (_, value) => told(value),
        })),
      ],
    };
  }

  const widthOf = (place) => Math.max(220, Math.floor(place.clientWidth));

  function draw(chart) {
    chart.plot?.destroy();
    chart.width = widthOf(chart.place);
    chart.plot = new uPlot(options(chart, chart.width), chart.data(), chart.place);
  }

  for (const [name, chart] of Object.entries(charts)) {
    chart.place = element(`chart-${name}`);
    draw(chart);
  }
  onLook(() => Object.values(charts).forEach(draw));
  new ResizeObserver(() => {
    for (const chart of Object.values(charts)) {
      const width = widthOf(chart.place);
      if (width !== chart.width) chart.plot.setSize({ width, height: HEIGHT });
      chart.width = width;
    }
  }).observe(document.body);
  const redraw = () => {
    for (const chart of Object.values(charts)) chart.plot.setData(chart.data());
  };

  /** An element with a text, and a class where it has one. */
  function written(tag, text, className) {
    const made = document.createElement(tag);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function showTiles(tiles) {
    element("tiles").replaceChildren(
      ...tiles.map(({ label, value, note, isBad }) => {
        const tile = written("div", "", isBad ? "is-bad" : "");
        const figure = written("dd", value);
        figure.append(written("small", note));
        tile.append(written("dt", label), figure);
        return tile;
      }),
    );
  }

  const MARKS = { holds: "good", "no sample": "dim" };

  function showThresholds(thresholds) {
    element("thresholds").hidden = thresholds.length === 0;
    element("thresholds")
      .querySelector("tbody")
      .replaceChildren(
        ...thresholds.map(({ name, expression, actual, state, isError }) => {
          const row = document.createElement("tr");
          const head = written("th", "");
          head.scope = "row";
          head.append(written("code", name));
          const condition = written("td", "", "figure");
          condition.append(written("code", expression));
          const outcome = written("td", "", "figure");
          outcome.append(written("span", state, `word ${MARKS[state] ?? (isError ? "bad" : "warn")}`));
          row.append(head, condition, written("td", actual, "figure"), outcome);
          return row;
        }),
      );
  }

  function takeLatency(latency) {
    if (latency === null) return;
    for (const [atMs, p50, p99] of latency.points) latencies.set(atMs, { p50, p99 });
    element("unit-latency").textContent = `${latency.label}: p50, and p99 dashed, of each second`;
  }

  function show({ tiles, share, point, latency, thresholds }) {
    points.push(point);
    takeLatency(latency);
    showTiles(tiles);
    showThresholds(thresholds);
    const progress = element("share");
    progress.hidden = share === null;
    if (share !== null) progress.value = share;
    redraw();
  }

  function showEnd({ verdict, sentence, reasons, files, thresholds }) {
    showThresholds(thresholds);
    const place = element("verdict");
    place.className = `verdict ${verdict}`;
    place.querySelector("strong").textContent = verdict;
    place.querySelector("span").textContent = sentence;
    place.hidden = false;
    element("reasons").replaceChildren(...reasons.map((reason) => written("li", reason)));
    element("reasons").hidden = reasons.length === 0;
    element("files").replaceChildren(
      ...files.flatMap(({ what, path }) => [written("dt", what), written("dd", path)]),
    );
    element("files").hidden = files.length === 0;
    element("activity").textContent = "Figures and charts are as they were last seen.";
    element("share").hidden = true;
    document.title = `${verdict}: ${document.title}`;
  }

  const connection = element("connection");
  const say = (text, state) => {
    connection.textContent = text;
    connection.dataset.state = state;
  };
  const source = new EventSource("/events");
  const on = (name, take) => source.addEventListener(name, ({ data }) => take(JSON.parse(data)));
  source.addEventListener("open", () => say("Live", "live"));
  source.addEventListener("error", () => say("The run cannot be reached", "lost"));
  on("activity", (activity) => {
    if (activity !== "") element("activity").textContent = activity;
  });
  on("past", (past) => {
    points = past;
    // The last one comes with its figures.
    points.pop();
  });
  on("state", show);
  on("end", (end) => {
    source.close();
    showEnd(end);
    say("The run is over", "over");
  });
})();
