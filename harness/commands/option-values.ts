import { resolve } from "node:path";
import { z } from "zod";
import { parseDuration } from "../core/duration.ts";
import { type ThresholdLevel, tryThreshold } from "../core/threshold.ts";
import { suggestion } from "./nearest.ts";

/**
 * The kinds of values that options take. Each reads the text that was typed; what it refuses reads on after
 * the option's name: `--users` `must be a whole number from 1 to 10, not "abc"`.
 */

/** Reads a text that is not empty by a function of its own. */
export const readText = <Value>(parse: (text: string) => Value | Refusal) =>
  z.string().transform((text, context): Value => {
    const value = text === "" ? new Refusal("needs a value") : parse(text);
    if (!(value instanceof Refusal)) return value;
    context.addIssue({ code: "custom", message: value.why });
    return z.NEVER;
  });

/** Why a text is no value, read on after the option's name. */
export class Refusal {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

/** A number written in digits, within bounds. */
export const wholeNumber = (min: number, max: number) =>
  readText((text) => {
    const value = Number(text);
    return /^-?\d+$/.test(text) && value >= min && value <= max
      ? value
      : new Refusal(`must be a whole number from ${min} to ${max}, not "${text}"`);
  });

/** A number above 0, fractions allowed. */
export const positiveNumber = (max: number) =>
  readText((text) => {
    const value = Number(text);
    return /^\d+(\.\d+)?$/.test(text) && value > 0 && value <= max
      ? value
      : new Refusal(`must be a number above 0 and up to ${max}, not "${text}"`);
  });

/** A length of time above zero, as k6 writes it. Gives {@link Micros}. */
export const duration = () =>
  readText((text) => {
    const value = parseDuration(text);
    return value === undefined || value <= 0
      ? new Refusal(`must be a duration above zero, as 10s or 1m30s, not "${text}"`)
      : value;
  });

/** One of a few names. */
export const oneOf = <const Name extends string>(names: readonly Name[]) =>
  readText(
    (text) =>
      names.find((name) => name === text) ?? new Refusal(`cannot be "${text}"${suggestion(text, names)}`),
  );

/** The URL of a page: http or https. Gives it as `URL` writes it. */
export const httpUrl = () =>
  readText((text) => {
    const url = URL.parse(text);
    return url?.protocol === "http:" || url?.protocol === "https:"
      ? url.href
      : new Refusal(`must be a URL, as http://127.0.0.1:4000/rooms/1, not "${text}"`);
  });

/** A day, `2026-01-31`, or a time of it in UTC, `2026-01-31T12:00:00Z`. Gives milliseconds since the Unix epoch. */
export const instant = () =>
  readText((text) => {
    const isWritten = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?Z)?$/.test(text);
    const ms = isWritten ? Date.parse(text) : Number.NaN;
    return Number.isNaN(ms)
      ? new Refusal(`must be a day, as 2026-01-31, or a time, as 2026-01-31T12:00Z, not "${text}"`)
      : ms;
  });

/** A path, made absolute from the folder that the user is in. */
export const path = (cwd: string) => readText((text) => resolve(cwd, text));

/** The file of an embedded database, made absolute, or the URL of another one, as it is. */
export const database = (cwd: string) =>
  readText((text) => (/^[a-z]+:\/\//.test(text) || text === ":memory:" ? text : resolve(cwd, text)));

/** `metric: condition` as in `latency.insert.frame: p(99)<50`. */
export const threshold = (level: ThresholdLevel = "error") =>
  readText((text) => {
    const [, metric, condition] = /^([^:{]+(?:\{[^}]*\})?):(.+)$/.exec(text) ?? [];
    if (metric === undefined || condition === undefined) {
      return new Refusal(`must be metric:condition, as payload.insert.bytes:max<=420, not "${text}"`);
    }
    const parsed = tryThreshold(metric, condition, level);
    return typeof parsed === "string" ? new Refusal(parsed) : parsed;
  });

/** Any text but none at all. */
export const text = () => readText((value) => value);

/** Whether the flag is there. */
export const flag = () => z.boolean().default(false);
