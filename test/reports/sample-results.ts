import { casesResult, streamCasesResult } from "./sample-cases.ts";
import { interruptedResult, voidResult } from "./sample-endings.ts";
import { failedResult } from "./sample-failure.ts";
import { passedResult } from "./sample-result.ts";

/** A run of each ending and of each kind, by the name that its golden files have. */
export const SAMPLE_RESULTS = [
  ["passed", passedResult],
  ["failed", failedResult],
  ["interrupted", interruptedResult],
  ["void", voidResult],
  ["cases", casesResult],
  ["stream-cases", streamCasesResult],
] as const;
