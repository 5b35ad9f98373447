/** What stands where there is no value: a missing figure is never shown as zero. */
export const NO_VALUE = "—";

/** A whole number with thousands separators: `7,154`. */
export function integer(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** Whole numbers, by their mean and their ends, or the one number that all of them are: `612 (517–882)`, `910`. */
export function spread({
  min,
  mean,
  max,
}: {
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}): string {
  return min === max ? integer(min) : `${integer(mean)} (${integer(min)}–${integer(max)})`;
}

/** A time, given in microseconds, to three significant digits: `0.42 ms`, `3.21 ms`, `18.2 ms`, `250 ms`, `12.3 s`. */
export function time(us: number): string {
  const ms = us / 1000;
  if (ms < 9.995) return `${ms.toFixed(2)} ms`;
  if (ms < 99.95) return `${ms.toFixed(1)} ms`;
  if (ms < 9999.5) return `${integer(ms)} ms`;
  return `${(ms / 1000).toFixed(1)} s`;
}

/** A duration of a run, given in milliseconds: `41 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Memory, given in bytes, in units of thousands, so that it reads against exact figures: `15.2 KB`, `8.3 GB`. */
export function memory(bytes: number): string {
  const size = Math.abs(bytes);
  if (size < 1000) return `${integer(bytes)} B`;
  if (size < 999_500) return `${digits(bytes / 1e3)} KB`;
  if (size < 999_500_000) return `${digits(bytes / 1e6)} MB`;
  return `${digits(bytes / 1e9)} GB`;
}

/** A number of things: `1 Chrome`, `2 Chromes`. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${integer(value)} ${value === 1 ? one : many}`;
}

/** A point in time, given in ISO 8601, UTC, to the minute: `2026-01-02 03:04 UTC`. */
export function instant(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

function digits(value: number): string {
  return Math.abs(value) < 99.95 ? value.toFixed(1) : integer(value);
}
