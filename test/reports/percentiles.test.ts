import { expect, test } from "vitest";
import { micros } from "../../harness/core/units.ts";
import { LatencyRecorder } from "../../harness/measure/latency-recorder.ts";
import { percentileSpectrum } from "../../reports/percentiles.ts";

function metricOf(latenciesUs: readonly number[]) {
  const recorder = new LatencyRecorder();
  for (const latencyUs of latenciesUs) recorder.record(micros(latencyUs));
  const metric = recorder.metric("latency.insert.frame");
  if (metric === undefined) throw new Error("no sample");
  return metric;
}

test("a spectrum begins with the least sample and ends with the greatest", () => {
  const spectrum = percentileSpectrum(metricOf(Array.from({ length: 1000 }, (_, at) => at + 1)));
  expect([spectrum?.length, spectrum?.[0], spectrum?.at(-1)]).toEqual([
    49,
    { above: 1, value: 1 },
    { above: 1000, value: 1000 },
  ]);
  const at = (above: number) => spectrum?.find((point) => point.above === above)?.value;
  // One sample in ten is at or above the 90th percentile, one in a hundred at or above the 99th.
  expect([at(10), at(100)]).toEqual([900, 990]);
});

test("of one sample it is one point", () => {
  expect(percentileSpectrum(metricOf([42]))).toEqual([{ above: 1, value: 42 }]);
});

test("one late sample among many is its end", () => {
  const spectrum = percentileSpectrum(metricOf([...Array.from({ length: 9999 }, () => 500), 250_000]));
  expect(spectrum?.at(-1)).toEqual({ above: 10_000, value: 250_000 });
  expect(spectrum?.slice(0, -1).every(({ value }) => value === 500)).toBe(true);
});

test("without the histogram there is none", () => {
  const { histogram: _, ...metric } = metricOf([1, 2, 3]);
  expect(percentileSpectrum(metric)).toBe(null);
});
