import { type Micros, micros } from "./units.ts";

const UNIT_MICROS = { h: 3_600_000_000, m: 60_000_000, s: 1_000_000, ms: 1000 } as const;
const DURATION = /^(?:\d+(?:\.\d+)?(?:h|ms|m|s))+$/;
const PART = /(\d+(?:\.\d+)?)(h|ms|m|s)/g;

/**
 * Reads a duration as k6 and Go write it: `10s`, `1m30s`, `1.5h`, `250ms`. Undefined where the text is none; a
 * number without a unit is none either, so that nobody takes seconds for milliseconds.
 */
export function parseDuration(text: string): Micros | undefined {
  if (!DURATION.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(PART)) {
    total += Number(amount) * UNIT_MICROS[unit as keyof typeof UNIT_MICROS];
  }
  return micros(total);
}
