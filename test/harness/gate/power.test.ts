import { expect, test } from "vitest";
import type { Noisy } from "../../../harness/core/baseline.ts";
import { judgeNoisy } from "../../../harness/gate/noisy-verdict.ts";
import { normals } from "../seeded.ts";
import { minute } from "./runs.ts";

/** So many readings are judged at once: what a run of inserts in one mode has. */
const READINGS = 10;

interface Readings {
  readonly repeats: number;
  /** The standard deviation, as a part of 10 ms, around which they lie. */
  readonly scatter: number;
  /** By which part the first of them is slower on the second side. */
  readonly slower: number;
}

function side(place: 0 | 1, normal: () => number, { repeats, scatter, slower }: Readings): Noisy {
  return {
    machine: { platform: "linux-x64", cpus: 2 },
    startedAt: Array.from({ length: repeats }, (_, at) => minute(2 * at + place)),
    metrics: Array.from({ length: READINGS }, (_, number) => ({
      metric: `latency.operation_${number}.frame`,
      reading: "p50" as const,
      unit: "us" as const,
      values: Array.from({ length: repeats }, () => {
        const middle = 10_000 * (1 + (number === 0 && place === 1 ? slower : 0));
        return Math.round(middle * (1 + scatter * normal()));
      }),
      samples: Array(repeats).fill(1000),
    })),
  };
}

/** In how many of 200 tries the first reading, or any other, is called regressed. */
function alarms(readings: Readings) {
  const normal = normals(1);
  const counts = { first: 0, others: 0 };
  for (let tries = 0; tries < 200; tries++) {
    const [first, ...others] = judgeNoisy(side(0, normal, readings), side(1, normal, readings));
    if (first?.outcome === "regressed") counts.first += 1;
    if (others.some(({ outcome }) => outcome === "regressed")) counts.others += 1;
  }
  return counts;
}

test.each([
  // Repeats that scatter by 1.4 % are steady enough for 19 in 20; by 3 % they are not.
  [
    { repeats: 9, scatter: 0.014, slower: 0.05 },
    { first: 195, others: 0 },
  ],
  [
    { repeats: 9, scatter: 0.03, slower: 0.05 },
    { first: 58, others: 0 },
  ],
  // More repeats make up for that, and are not wrong more often.
  [
    { repeats: 25, scatter: 0.03, slower: 0.05 },
    { first: 192, others: 0 },
  ],
  [
    { repeats: 9, scatter: 0.015, slower: 0 },
    { first: 0, others: 0 },
  ],
  // However much they scatter, no more than one try in a hundred is called regressed where nothing is.
  [
    { repeats: 9, scatter: 0.1, slower: 0 },
    { first: 0, others: 0 },
  ],
  [
    { repeats: 25, scatter: 0.1, slower: 0 },
    { first: 0, others: 1 },
  ],
])("of 200 tries with %j so many are called regressed: %j", (tries, counts) => {
  expect(alarms(tries)).toEqual(counts);
});
