import { expect } from "vitest";
import type { StubChat } from "./stub-chat.ts";

/** What a frame may take from the stub to a user on a machine with time for both. Nothing is ever taken off. */
export const NOISE_MS = 20;
/** The same, where hundreds of frames come at once, to a process that others may keep from its core meanwhile. */
export const BURST_NOISE_MS = 200;

/** An expectation of a time in microseconds: from so many milliseconds on, up to so much noise above. */
export function fromMs(least: number, noise = BURST_NOISE_MS): unknown {
  return expect.toSatisfy(
    (us: number) => us >= least * 1000 && us <= (least + noise) * 1000,
    `from ${least} to ${least + noise} ms`,
  );
}

/** How late the latest author began, in milliseconds: by so much an uncorrected latency may be below the corrected one. */
export function latestStartMs({ inserts }: StubChat): number {
  return Math.max(...inserts.map(({ lateUs }) => lateUs)) / 1000;
}

/**
 * An expectation of percentiles of latencies, by name. None may be below what arithmetic says, and none much above what
 * the stub's own account says, from when inserts were due to when it sent them: how late authors were is in both.
 *
 * @param percentiles by name: the percentile, and what it is at least, in milliseconds
 * @param lateMs by how much each may be below that: of latencies from the start, how late the latest author began
 */
export function percentilesOf(
  { deliveries }: StubChat,
  percentiles: Readonly<Record<string, readonly [percent: number, dueMs: number]>>,
  lateMs = 0,
): Record<string, unknown> {
  const account = deliveries.map(({ dueUs, sentUs }) => sentUs - dueUs).toSorted((a, b) => a - b);
  return Object.fromEntries(
    Object.entries(percentiles).map(([name, [percent, dueMs]]) => {
      const leastMs = dueMs - lateMs;
      const sentMs = (account[Math.ceil((percent / 100) * account.length) - 1] ?? 0) / 1000;
      return [name, fromMs(leastMs, Math.max(0, sentMs - leastMs) + BURST_NOISE_MS)];
    }),
  );
}
