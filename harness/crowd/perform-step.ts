import { messageOf } from "../core/errors.ts";
import { inBatches } from "../core/in-batches.ts";
import type { Scenario } from "../core/scenario.ts";
import type { Step } from "../core/step.ts";
import type { Clock, Micros } from "../core/units.ts";
import { runArrivals } from "../load/arrival-executor.ts";
import { constantArrivalRate, partOf } from "../load/pacer.ts";
import type { MessageHistory } from "../oracle/reference-database.ts";
import { type Action, deleteMessage, editMessage, writeMessage } from "./actions.ts";
import type { Cast } from "./cast.ts";
import type { Member } from "./member.ts";
import { performLoad } from "./perform-load.ts";
import type { Presence } from "./presence.ts";
import type { RunRecorder } from "./recorder.ts";
import { count, type Starts } from "./starts.ts";
import { Throttle } from "./throttle.ts";
import { type InTurn, turns } from "./turns.ts";

/** What a process performs its part of a step with. */
export interface StepContext {
  readonly scenario: Scenario;
  readonly mode: string;
  readonly cast: Cast;
  /** Null where nobody knows what users should see. */
  readonly history: MessageHistory | null;
  readonly presence: Presence;
  /** Held back by it is whatever has no rate of its own. */
  readonly throttle: Throttle;
  readonly recorder: RunRecorder;
  /** The starts of its process, to be counted on. */
  readonly starts: Starts;
  readonly clock: Clock;
  readonly sleep: (us: Micros, signal?: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  /** When the step begins, in all processes at once. */
  readonly beginUs: Micros;
  /** Which process this is, from 0, and how many there are. */
  readonly part: number;
  readonly parts: number;
  /** Takes one thing more that was begun, and what went wrong. */
  readonly onProgress: () => void;
  readonly onFailure: (message: string) => void;
}

/** More actions than this under way, and the next one that is due is dropped. */
const MAX_IN_FLIGHT = 500;
/** How many users of a process load history at once. */
const SCROLLERS = 20;

/**
 * Performs what one process does in a step of a scenario. Resolves when all that was begun is over; rejects when the signal
 * aborts.
 */
export async function performStep(step: Step, context: StepContext): Promise<void> {
  switch (step.kind) {
    case "scrollback":
      return scrollBack(step, context);
    case "insert":
      return atRate(writeMessage(context), step, context);
    case "update":
      return atRate(editMessage(context, step.target), step, context);
    case "delete":
      return atRate(deleteMessage(context, step.target), step, context);
    case "load":
      return performLoad(step, context);
    case "reconnect":
    case "leave":
    case "mount":
      throw new RangeError(`${step.kind} is for the coordinator to perform`);
    default:
      return step satisfies never;
  }
}

async function atRate(
  action: Action,
  rate: { readonly ratePerSec: number; readonly durationMs: number },
  context: StepContext,
): Promise<void> {
  const { scenario, starts, clock, sleep, signal, beginUs, part, parts, onProgress, onFailure } = context;
  const inOrder: InTurn = scenario.ordered ? turns() : (act) => act();
  const report = await runArrivals({
    pacer: partOf(constantArrivalRate(rate), part, parts),
    beginUs,
    clock,
    sleep,
    signal,
    maxInFlight: MAX_IN_FLIGHT,
    start: async (arrival) => {
      onProgress();
      await inOrder(() => action(arrival));
    },
    onFailure: (error) => onFailure(messageOf(error)),
  });
  count(starts, report);
  signal.throwIfAborted();
}

async function scrollBack(
  { pages, ratePerSec }: Extract<Step, { kind: "scrollback" }>,
  context: StepContext,
): Promise<void> {
  const { scenario, cast, recorder, mode, throttle, clock, signal, parts, onProgress, onFailure } = context;
  const pace = new Throttle(ratePerSec === undefined ? null : ratePerSec / parts, context);
  const loadPage = async (member: Member): Promise<void> => {
    const beganUs = clock();
    const tookUs = await member.loadPage(context.history);
    if (tookUs !== null && !scenario.fixed) recorder.latency(mode, "prepend", "page", tookUs, beganUs);
  };
  await inBatches(cast.members, SCROLLERS, async (member) => {
    for (let page = 0; page < pages; page += 1) {
      await throttle.turn(signal);
      await pace.turn(signal);
      signal.throwIfAborted();
      // One user who cannot is no reason to end a run: the check at rest says what he lacks.
      await loadPage(member).catch((error: unknown) => onFailure(messageOf(error)));
    }
    onProgress();
  });
}
