import type { Scenario } from "../harness/core/scenario.ts";

/** What holds in every run, whatever it costs: everybody sees the right list, gets every message once, and is not cut off. */
export const NOTHING_WRONG = {
  "dom.mismatches": ["value==0"],
  "delivery.lost": ["value==0"],
  "delivery.duplicated": ["value==0"],
  "actions.failed": ["value==0"],
  "users.lost": ["value==0"],
} satisfies Scenario["thresholds"];
