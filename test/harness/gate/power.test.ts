import { expect, test } from "vitest";
import type { Noisy } from "../../../harness/core/baseline.ts";
import { judgeNoisy } from "../../../harness/gate/noisy-verdict.ts";
import { seeded } from "../seeded.ts";
import { minute } from "./runs.ts";

/** So many readings are judged at once: what a run of inserts in one mode has. */
const READINGS = 10;

/** Nine repeats that scatter normally around 10 ms by a part of it; the first reading's are slower by another part. */
function repeats(random: () => number, scatter: number, slower: number, side: 0 | 1): Noisy {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return {
    machine: { platform: "linux-x64", cpus: 2 },
    startedAt: Array.from({ length: 9 }, (_, at) => minute(2 * at + side)),
    metrics: Array.from({ length: READINGS }, (_, number) => ({
      metric: `latency.operation_${number}.frame`,
      reading: "p50" as const,
      unit: "us" as const,
      values: Array.from({ length: 9 }, () => {
        const middle = 10_000 * (1 + (number === 0 ? slower : 0));
        return Math.round(middle * (1 + scatter * normal()));
      }),
      samples: Array(9).fill(1000),
    })),
  };
}

/** In how many of 200 tries the first reading, or any other, is called regressed. */
function alarms({ scatter, slower }: { readonly scatter: number; readonly slower: number }) {
  const random = seeded(1);
  const counts = { first: 0, others: 0 };
  for (let tries = 0; tries < 200; tries++) {
    const sides = [repeats(random, scatter, 0, 0), repeats(random, scatter, slower, 1)] as const;
    const [first, ...others] = judgeNoisy(...sides);
    if (first?.outcome === "regressed") counts.first += 1;
    if (others.some(({ outcome }) => outcome === "regressed")) counts.others += 1;
  }
  return counts;
}

test.each([
  // Repeats that scatter by 1.4 % are steady enough for 19 in 20; by 3 % they are not.
  [
    { scatter: 0.014, slower: 0.05 },
    { first: 195, others: 0 },
  ],
  [
    { scatter: 0.03, slower: 0.05 },
    { first: 58, others: 0 },
  ],
  [
    { scatter: 0.015, slower: 0 },
    { first: 0, others: 0 },
  ],
  // However much they scatter, no more than one try in a hundred is called regressed where nothing is.
  [
    { scatter: 0.1, slower: 0 },
    { first: 0, others: 0 },
  ],
])("of 200 tries with %j so many are called regressed: %j", (tries, counts) => {
  expect(alarms(tries)).toEqual(counts);
});
