/*
 * What a report does in a browser: it draws the charts that are looked into (uPlot). All else is there without it.
 */
(() => {
  const { colour, milliseconds, shortTime, onLook } = benchLook;
  const root = document.documentElement;
  const HEIGHT = 250;
  /** One for each mode, so that a colour is not needed to tell it. */
  const DASHES = [[], [7, 4], [2, 3], [10, 3, 2, 3], [4, 2], [1, 2]];
  const charts = [];

  /** 1, 2 and 5 times powers of ten, from the one below the least to the one above the most. */
  function ticksAround(least, most) {
    const ticks = [];
    for (let power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(most)); power += 1)
      for (const factor of [1, 2, 5]) ticks.push(factor * 10 ** power);
    const first = Math.max(
      0,
      ticks.findLastIndex((tick) => tick <= least),
    );
    const last = ticks.findIndex((tick) => tick >= most);
    return ticks.slice(first, last === -1 ? undefined : last + 1);
  }

  /** `90 %` where one in ten is at or above it. */
  function percentile(above) {
    if (above <= 1) return "least";
    const digits = Math.max(0, Math.ceil(Math.log10(above)) - 2);
    return `${(100 - 100 / above).toFixed(digits)} %`;
  }

  /** The points of all lines over one axis: undefined where a line has none, null where it is interrupted. */
  function aligned({ lines }) {
    const x = [...new Set(lines.flatMap(({ points }) => points.map(([at]) => at)))].sort((a, b) => a - b);
    return [
      x,
      ...lines.map(({ points }) => {
        const values = new Map(points);
        return x.map((at) => values.get(at));
      }),
    ];
  }

  function options({ kind, lines }, [x, ...y], width) {
    const [ink, soft, rule] = ["--ink", "--soft", "--rule"].map(colour);
    const hues = lines.map(({ at }) => colour(`--series-${at % 6}`));
    const all = y.flat().filter((value) => value > 0);
    const up = ticksAround(Math.min(...all), Math.max(...all));
    const font = `12px ${getComputedStyle(document.body).fontFamily}`;
    const isSpectrum = kind === "spectrum";
    const most = x.at(-1);
    const decades = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7].filter((decade) => decade < most);
    const across = isSpectrum
      ? [...(most / decades.at(-1) < 2.5 ? decades.slice(0, -1) : decades), most]
      : undefined;
    return {
      width,
      height: HEIGHT,
      padding: [14, 22, 0, 0],
      cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
      legend: { live: true },
      scales: {
        x: isSpectrum ? { time: false, distr: 3, range: [1, Math.max(most, 2)] } : { time: false },
        y: isSpectrum
          ? { distr: 3, range: [up[0], up.at(-1)] }
          : { range: (_, __, greatest) => [0, greatest * 1.08] },
      },
      axes: [
        {
          font,
          stroke: soft,
          size: 34,
          grid: { show: false },
          ticks: { stroke: soft, width: 1, size: 4 },
          ...(across && { splits: () => across, filter: (_, splits) => splits }),
          values: (_, splits) =>
            splits.map((split) => {
              if (!isSpectrum) return `${split} s`;
              return split === most ? "max" : split === 1 ? "0" : percentile(split);
            }),
        },
        {
          font,
          stroke: soft,
          size: 62,
          gap: 8,
          grid: { stroke: rule, width: 1 },
          ticks: { show: false },
          ...(isSpectrum && {
            splits: () => (up.length > 8 ? up.filter((tick) => /^[1]|^0\.0*1/.test(String(tick))) : up),
            filter: (_, splits) => splits,
          }),
          values: (_, splits) => splits.map(shortTime),
        },
      ],
      series: [
        {
          label: isSpectrum ? "below it" : "after",
          value: (_, at) => (at === null ? "—" : isSpectrum ? percentile(at) : `${at} s`),
        },
        ...lines.map(({ label, at, isMedian }, index) => ({
          label,
          stroke: hues[index],
          width: isMedian ? 1 : 2,
          dash: DASHES[at % 6],
          points: { show: !isSpectrum && x.length < 60, size: isMedian ? 3 : 5, fill: hues[index] },
          class: isMedian ? "unlisted" : undefined,
          // A median is told behind its own line.
          value: (plot, value, line, at) =>
            isSpectrum || at === null || value === undefined || value === null
              ? milliseconds(value)
              : `${milliseconds(value)}, p50 ${milliseconds(plot.data[line + 1]?.[at])}`,
        })),
      ],
      hooks: { ready: [(plot) => plot.root.style.setProperty("color", ink)] },
    };
  }

  function draw(one) {
    one.plot?.destroy();
    const data = aligned(one.chart);
    const width = Math.max(240, Math.floor(one.place.clientWidth));
    one.width = width;
    one.plot = new uPlot(options(one.chart, data, width), data, one.place);
  }

  for (const place of document.querySelectorAll("[data-chart]")) {
    const one = { place, chart: JSON.parse(place.firstElementChild.textContent) };
    charts.push(one);
    draw(one);
  }

  new ResizeObserver(() => {
    for (const one of charts) {
      const width = Math.max(240, Math.floor(one.place.clientWidth));
      if (width !== one.width) {
        one.width = width;
        one.plot.setSize({ width, height: HEIGHT });
      }
    }
  }).observe(document.body);

  const redraw = () => charts.forEach(draw);
  onLook(redraw);

  // On paper charts are light, and failures that are folded up are not lost.
  let before;
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("#failures details:not([open])")];
    for (const folded of unfolded) folded.open = true;
    before = root.dataset.theme;
    root.dataset.theme = "light";
    redraw();
  });
  addEventListener("afterprint", () => {
    for (const folded of unfolded) folded.open = false;
    if (before === undefined) delete root.dataset.theme;
    else root.dataset.theme = before;
    redraw();
  });
})();
