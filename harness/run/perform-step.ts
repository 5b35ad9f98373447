import { messageOf } from "../core/errors.ts";
import type { Scenario } from "../core/scenario.ts";
import type { Step } from "../core/step.ts";
import type { Clock, Micros } from "../core/units.ts";
import { runArrivals } from "../load/arrival-executor.ts";
import { constantArrivalRate } from "../load/pacer.ts";
import type { MessageHistory } from "../oracle/reference-database.ts";
import { type Action, deleteMessage, editMessage, writeMessage } from "./actions.ts";
import type { Cast } from "./cast.ts";
import { inBatches } from "./in-batches.ts";
import type { Member } from "./member.ts";
import type { RunRecorder } from "./recorder.ts";
import { type InTurn, turns } from "./turns.ts";

/** What a step is performed with. */
export interface StepContext {
  readonly scenario: Scenario;
  readonly mode: string;
  readonly cast: Cast;
  readonly database: MessageHistory;
  readonly recorder: RunRecorder;
  readonly clock: Clock;
  readonly sleep: (us: Micros, signal?: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  /** Takes how far the step has come, and what went wrong in it. */
  readonly onProgress: (detail: string) => void;
  readonly onFailure: (message: string) => void;
}

/** More actions than this under way, and the next one that is due is dropped. */
const MAX_IN_FLIGHT = 500;
/** How many users load history at once. */
const SCROLLERS = 20;

/** Performs one step of a scenario. Resolves when all that was begun is over; rejects when the signal aborts. */
export async function performStep(step: Step, context: StepContext): Promise<void> {
  const { cast, scenario } = context;
  switch (step.kind) {
    case "scrollback":
      return scrollBack(step.pages, context);
    case "insert":
      return atRate(writeMessage(cast, scenario), step, context);
    case "update":
      return atRate(editMessage(cast, scenario, step.target), step, context);
    case "delete":
      return atRate(deleteMessage(cast, scenario, step.target), step, context);
    default:
      return step satisfies never;
  }
}

async function atRate(
  action: Action,
  rate: { readonly ratePerSec: number; readonly durationMs: number },
  { scenario, recorder, clock, sleep, signal, onProgress, onFailure }: StepContext,
): Promise<void> {
  const inOrder: InTurn = scenario.ordered ? turns() : (act) => act();
  const due = Math.ceil((rate.ratePerSec * rate.durationMs) / 1000);
  const report = await runArrivals({
    pacer: constantArrivalRate(rate),
    clock,
    sleep,
    signal,
    maxInFlight: MAX_IN_FLIGHT,
    start: async (arrival) => {
      onProgress(`${arrival.index + 1} of ${due}`);
      await inOrder(() => action(arrival));
    },
    onFailure: (error) => onFailure(messageOf(error)),
  });
  recorder.starts.made += report.made;
  recorder.starts.dropped += report.dropped;
  recorder.starts.late += report.late;
  recorder.starts.maxLateUs = Math.max(recorder.starts.maxLateUs, report.maxLateUs);
  signal.throwIfAborted();
}

async function scrollBack(pages: number, context: StepContext): Promise<void> {
  const { cast, database, recorder, mode, signal, onProgress, onFailure } = context;
  const loadPage = async (member: Member): Promise<void> => {
    const tookUs = await member.loadPage(database);
    if (tookUs !== null) recorder.latency(mode, "prepend", "page", tookUs);
  };
  let loaded = 0;
  await inBatches(cast.members, SCROLLERS, async (member) => {
    for (let page = 0; page < pages; page += 1) {
      signal.throwIfAborted();
      // One user who cannot is no reason to end a run: the check at rest says what he lacks.
      await loadPage(member).catch((error: unknown) => onFailure(messageOf(error)));
    }
    loaded += 1;
    onProgress(`${loaded} of ${cast.members.length} users`);
  });
  for (const chrome of cast.chromes) {
    for (let page = 0; page < pages; page += 1) {
      signal.throwIfAborted();
      await chrome.loadPage();
    }
  }
}
