import type { FuzzDefinition } from "../harness/core/fuzz.ts";

/** Random sequences of what may happen to a list. */
export const scenario: FuzzDefinition = {
  kind: "fuzz",
  name: "fuzz",
  question: "Whatever is done to a list, do Chrome and the simulated user show what they should?",
  description:
    "Random sequences of inserts, updates, deletes, resets, limits, patches, cuts, rejoins and delays are done on a page of " +
    "the reference server, in Chrome with the official client and by a simulated user. Both are compared with a model whenever " +
    "everything has arrived. What fails is shrunk to a few steps and printed as a test.",
  parameters: {
    runs: {
      kind: "number",
      unit: "runs",
      default: 200,
      least: 1,
      most: 1_000_000,
      description: "Sequences in each mode",
    },
    steps: {
      kind: "number",
      unit: "steps",
      default: 40,
      least: 1,
      most: 1_000,
      description: "Steps of a sequence",
    },
  },
};
