import type { CaseException } from "../../harness/core/stream-case.ts";

/** Everything that is not done in every mode, and why: the one place for it. */
export const EXCEPTIONS: readonly CaseException[] = [
  {
    cases: ["5", "6-index"],
    modes: ["append"],
    reason: "its container takes new items at one end, and keeps the others where they are",
  },
  {
    cases: ["7", "8", "8-known", "9", "29", "30", "35-going"],
    modes: ["append"],
    reason: "nothing can be taken out of its container",
  },
  {
    cases: ["12", "13", "14", "15", "16", "17", "31-reset", "36-reset", "45", "28-order"],
    modes: ["append"],
    reason: "what its container holds cannot be replaced",
  },
  {
    cases: ["18"],
    modes: ["append"],
    reason:
      "what its container holds cannot be replaced: another room is another view, gone to without a load as well",
  },
  {
    cases: ["26"],
    modes: ["append"],
    reason:
      "its container keeps what it has and adds the rest at the end: where messages were deleted meanwhile, older ones that come back to the page stand behind the others",
  },
  {
    cases: ["24"],
    modes: ["append"],
    reason: "its server does not know what is on the page, and its client adds what is not",
  },
  {
    cases: ["19", "20", "21", "22", "23"],
    modes: ["resend", "stateful", "keyed", "append"],
    reason: "a limit is a stream's",
  },
];
