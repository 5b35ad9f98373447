import type { CaseDifference } from "../core/case-result.ts";
import { BenchError } from "../core/errors.ts";
import { type CaseMode, inMode, type StreamCase } from "../core/stream-case.ts";
import type { CaseChrome } from "./case-chrome.ts";
import type { CaseUser } from "./case-user.ts";
import { differs, type Expected, type Found, judgeChrome, judgeUser } from "./judge.ts";
import { stepName } from "./step-name.ts";

/** A case to be done. */
export interface CaseTask {
  readonly streamCase: StreamCase;
  readonly mode: CaseMode;
  /** Resolves when the next thing may be done to the server. */
  readonly turn: () => Promise<void>;
}

/** Who does a case: opens its page or does a step, and finds what is wrong. */
interface Doer {
  readonly who: CaseDifference["who"];
  begin(): Promise<Found | null>;
  step(index: number): Promise<Found | null>;
}

/** Does a case in Chrome. The first difference; null where there is none. */
export function doInChrome(chrome: CaseChrome, task: CaseTask): Promise<CaseDifference | null> {
  const { streamCase, mode } = task;
  const { count: seen } = chrome.problem(0);
  const withProblems = (found: Found | null): Found | null => {
    const { text } = chrome.problem(seen);
    return (
      found ?? (text === undefined ? null : { what: "errors on the page", expected: [], actual: [text] })
    );
  };
  return goThrough(task, {
    who: "Chrome",
    async begin() {
      const found = judgeChrome(await chrome.open(mode, streamCase), streamCase, mode);
      const first = streamCase.document ?? inMode(streamCase.list, mode);
      return withProblems(found ?? differs("the page as it is sent first", first, await chrome.document()));
    },
    async step(index) {
      const step = stepAt(streamCase, index);
      return withProblems(judgeChrome(await chrome.perform(step), step, mode));
    },
  });
}

/** Does a case by a simulated user. The first difference; null where there is none. */
export function doByUser(user: CaseUser, task: CaseTask): Promise<CaseDifference | null> {
  const { streamCase, mode } = task;
  const judged = (sight: Parameters<typeof judgeUser>[0], expected: Expected) =>
    judgeUser(sight, user.view, expected, mode);
  return goThrough(task, {
    who: "user",
    begin: async () => judged(await user.open(mode, streamCase), streamCase),
    async step(index) {
      const step = stepAt(streamCase, index);
      return judged(await user.perform(step), step);
    },
  });
}

/** Goes on for as long as nothing is wrong: what comes after a wrong list tells nothing. */
async function goThrough(
  { streamCase: { steps }, turn }: CaseTask,
  doer: Doer,
): Promise<CaseDifference | null> {
  const { who } = doer;
  await turn();
  const atStart = await orRefused(doer.begin());
  if (atStart !== null) return { who, step: "start", ...atStart };
  for (const [index, step] of steps.entries()) {
    await turn();
    const found = await orRefused(doer.step(index));
    if (found !== null) return { who, step: stepName(index, step), ...found };
  }
  return null;
}

/** What could not be done at all is wrong, too. */
export async function orRefused(finding: Promise<Found | null>): Promise<Found | null> {
  try {
    return await finding;
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    return { what: "whether it can be done", expected: ["done"], actual: [error.message] };
  }
}

function stepAt({ steps }: StreamCase, index: number) {
  const step = steps[index];
  if (step === undefined) throw new RangeError(`the case has no step ${index}`);
  return step;
}
