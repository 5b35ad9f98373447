/** A number of microseconds, an integer: an interval, or a point on the clock of {@link Clock}. */
export type Micros = number & { readonly __unit: "us" };

/** A number of bytes, an integer. */
export type Bytes = number & { readonly __unit: "bytes" };

/** The number, rounded, as microseconds. */
export const micros = (value: number): Micros => Math.round(value) as Micros;

/** The number as bytes. */
export const bytes = (value: number): Bytes => value as Bytes;

/** Milliseconds as microseconds. */
export const microsFromMs = (ms: number): Micros => micros(ms * 1000);

/** Microseconds as milliseconds, with their fraction. */
export const msFromMicros = (us: Micros): number => us / 1000;

/**
 * Reads the time: integer microseconds since the Unix epoch, never going back within a process. Processes of
 * one machine (the harness, a Chrome) share it to within the accuracy of the system clock at their start.
 */
export type Clock = () => Micros;

/** Calls `run` once, `ms` milliseconds from now, unless the function that it returns is called before. */
export type After = (ms: number, run: () => void) => () => void;
