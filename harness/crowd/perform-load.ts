import { BenchError, messageOf } from "../core/errors.ts";
import { type ArrivalRate, type Executor, GRACEFUL_STOP_MS, type UsersOverTime } from "../core/executor.ts";
import { roomPath } from "../core/site.ts";
import type { Step } from "../core/step.ts";
import { micros, microsFromMs } from "../core/units.ts";
import { type Arrival, runArrivals } from "../load/arrival-executor.ts";
import { behaviourDeck } from "../load/choose-behaviour.ts";
import { pacerFor, partOf } from "../load/pacer.ts";
import { sessionActions } from "../load/session-actions.ts";
import { thinkTimes } from "../load/think-time.ts";
import { runUsers } from "../load/users-executor.ts";
import { slotsOfPart, wantedTimes } from "../load/users-schedule.ts";
import { type Behave, behaving } from "./behave.ts";
import type { Member } from "./member.ts";
import type { StepContext } from "./perform-step.ts";
import { Roster } from "./roster.ts";
import { isAmong } from "./share.ts";
import { count } from "./starts.ts";

/** A step in which users do what comes to their minds. */
export type LoadStep = Extract<Step, { kind: "load" }>;

type Sessions = Extract<Executor, { kind: "sessions" }>;

/** What the executors of a step share. */
interface Load {
  readonly context: StepContext;
  /** Who does nothing but wait. */
  readonly idle: ReadonlySet<Member>;
  /** What is to be done next. */
  readonly next: () => Parameters<Behave>[1];
  readonly behave: Behave;
  /** Thinks. */
  readonly pause: (ended: AbortSignal) => Promise<void>;
}

/** More than this under way, and the next one that is due is dropped. */
const MAX_IN_FLIGHT = 2000;

/** Performs one process's part of such a step. */
export async function performLoad(step: LoadStep, context: StepContext): Promise<void> {
  const { scenario, cast, part, throttle, sleep, signal } = context;
  const { executor, behaviours, thinkTime = { leastMs: 0, mostMs: 0 }, slowReaders = 0 } = step;
  // Every process has a seed of its own, or all would do the same at the same time.
  const seed = scenario.seed + part;
  const think = thinkTimes(thinkTime, seed);
  const isSlow = ({ number, isPresent }: Member) => isPresent && isAmong(number, slowReaders);
  const slow = cast.members.filter(isSlow);
  // Who does not read hears no answer: what he did would wait until he reads on.
  const roster = slow.length === 0 ? cast.roster : new Roster(cast.members.filter((one) => !isSlow(one)));
  const load: Load = {
    context: { ...context, cast: { ...cast, roster } },
    idle: new Set(slow),
    next: behaviourDeck(behaviours, seed),
    behave: behaving(context),
    pause: async (ended) => {
      await sleep(think(), ended);
      await throttle.turn(ended);
    },
  };
  for (const { user } of slow) user.pauseReading();
  try {
    await execute(executor, load, seed);
  } finally {
    for (const { user } of slow) user.resumeReading();
  }
  signal.throwIfAborted();
}

function execute(executor: Executor, load: Load, seed: number): Promise<void> {
  switch (executor.kind) {
    case "constant-arrival-rate":
    case "ramping-arrival-rate":
      return actAtRate(executor, load);
    case "constant-users":
    case "ramping-users":
      return actAgain(executor, load);
    case "sessions":
      return haveSessions(executor, load, seed);
    default:
      return executor satisfies never;
  }
}

/** Whoever's turn it is acts, when that is due. */
async function actAtRate(rate: ArrivalRate, { context, next, behave }: Load): Promise<void> {
  const { cast, part, parts, starts, onProgress } = context;
  const report = await runArrivals({
    ...timing(context, rate),
    pacer: partOf(pacerFor(rate), part, parts),
    maxInFlight: MAX_IN_FLIGHT,
    start: async ({ dueUs }: Arrival) => {
      onProgress();
      const member = cast.roster.next();
      if (member !== undefined) await behave(member, next(), dueUs);
    },
  });
  count(starts, report);
}

/** So many members act and think, again and again. */
async function actAgain(
  schedule: UsersOverTime,
  { context, idle, next, behave, pause }: Load,
): Promise<void> {
  const { cast, part, parts, starts, clock, onProgress } = context;
  const report = await runUsers({
    ...timing(context, schedule),
    times: slotsOfPart(wantedTimes(schedule), part, parts),
    iterate: async (slot: number, ended: AbortSignal) => {
      onProgress();
      const member = cast.members[(slot - part) / parts];
      const behaviour = next();
      // The witness only looks on.
      if (member !== undefined && !member.isWitness && !idle.has(member))
        await behave(member, behaviour, clock());
      await pause(ended);
    },
  });
  count(starts, report);
}

/** Visitors come when that is due, act some times, think between, and leave. */
async function haveSessions(
  { arrivals, actions }: Sessions,
  { context, next, behave, pause }: Load,
  seed: number,
): Promise<void> {
  const { scenario, mode, cast, part, parts, starts, clock, recorder, presence, onProgress } = context;
  const away = cast.members.filter(({ isPresent }) => !isPresent);
  const report = await runArrivals({
    ...timing(context, arrivals),
    pacer: partOf(pacerFor(arrivals), part, parts),
    // Nobody comes who is there already.
    maxInFlight: away.length,
    start: async ({ index, dueUs }: Arrival, ended: AbortSignal) => {
      onProgress();
      const visitor = away.shift();
      if (visitor === undefined)
        throw new BenchError("nobody is away who could come", { code: "nobody-away" });
      try {
        await presence.come(visitor, roomPath(scenario.site, mode, visitor.roomId));
        recorder.latency(mode, "arrive", "page", micros(clock() - dueUs), dueUs);
        const length = sessionActions(actions, seed, index * parts + part);
        for (let acted = 0; acted < length && !ended.aborted; acted += 1) {
          await pause(ended);
          if (!ended.aborted) await behave(visitor, next(), clock());
        }
      } finally {
        // Who could not do something leaves all the same: whoever is away can come.
        if (visitor.isPresent)
          await visitor.inTurn(() => presence.leave(visitor)).finally(() => away.push(visitor));
        else away.push(visitor);
      }
    },
  });
  count(starts, report);
}

function timing(
  { beginUs, clock, sleep, signal, onFailure }: StepContext,
  { gracefulStopMs = GRACEFUL_STOP_MS }: ArrivalRate | UsersOverTime,
) {
  return {
    beginUs,
    clock,
    sleep,
    signal,
    gracefulStopUs: microsFromMs(gracefulStopMs),
    onFailure: (error: unknown) => onFailure(messageOf(error)),
  };
}
