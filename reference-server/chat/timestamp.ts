/** A time in milliseconds since the epoch as ISO 8601 in UTC, to the second. */
export function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

const STEADY_START_MS = Date.UTC(2025, 0, 1);
/** Neither the minute nor the second of two messages in a row is the same. */
const STEADY_STEP_MS = 61_000;

/** A clock that goes on by a step each time it is read, and not in between: milliseconds since the epoch. */
export function steadyTime(): () => number {
  let nowMs = STEADY_START_MS;
  return () => {
    nowMs += STEADY_STEP_MS;
    return nowMs;
  };
}
