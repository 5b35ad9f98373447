import type { DurationParameter, NumberParameter, NumbersParameter } from "../harness/core/parameter.ts";

/** Simulated users in each mode. */
export const users = (by: number, least = 1): NumberParameter => ({
  kind: "number",
  unit: "users",
  default: by,
  least,
  most: 20_000,
  description: "Simulated users in each mode",
});

/** Chrome pages in each mode. */
export const browsers = (by: number): NumberParameter => ({
  kind: "number",
  unit: "Chromes",
  default: by,
  least: 0,
  most: 64,
  description: "Chrome pages in each mode",
});

/** How many of something are due each second, all users together. */
export const rate = (by: number, what = "messages"): NumberParameter => ({
  kind: "number",
  unit: "a second",
  default: by,
  least: 0.1,
  most: 10_000,
  fractions: true,
  description: `How many ${what} are due each second, all users together`,
});

/**
 * How many pages of history users ask for each second, all together, where nothing else is said. As fast as they come, the harness
 * could not follow on two cores: it parses them, and in some modes all that is behind them.
 */
export const PAGES_PER_SEC = 40;

/** How long the load lasts. */
export const duration = (by: string, description = "How long the load lasts"): DurationParameter => ({
  kind: "duration",
  default: by,
  least: "10ms",
  most: "24h",
  description,
});

/** How many messages are on the page when operations are measured; pages have ten. */
export const histories = (by: readonly number[]): NumbersParameter => ({
  kind: "numbers",
  unit: "messages",
  default: by,
  least: 10,
  most: 10_000,
  description: "Messages on the page when operations are measured",
});

/** The messages of a page of history, and those shown at mount. */
export const PAGE_SIZE = 10;
