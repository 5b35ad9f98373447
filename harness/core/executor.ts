import { z } from "zod";

const durationMs = z.int().positive();
/** 0: a jump. */
const stageMs = z.int().nonnegative();
const users = z.int().nonnegative();
const ratePerSec = z.number().nonnegative().max(10_000);

/** How long what has begun may go on when the time is over, before it is told to stop. */
const graceful = { gracefulStopMs: z.int().nonnegative().exactOptional() };

const constantArrivals = z.strictObject({
  kind: z.literal("constant-arrival-rate"),
  ratePerSec: ratePerSec.positive(),
  durationMs,
  ...graceful,
});

const rampingArrivals = z.strictObject({
  kind: z.literal("ramping-arrival-rate"),
  startRatePerSec: ratePerSec,
  /** From one to the next the rate changes evenly. */
  stages: z
    .array(z.strictObject({ durationMs: stageMs, ratePerSec }))
    .min(1)
    .refine(lasts, "must last"),
  ...graceful,
});

const arrivals = z.discriminatedUnion("kind", [constantArrivals, rampingArrivals]);

/** See {@link arrivalRateSchema}. */
export type ArrivalRate = z.infer<typeof arrivals>;

/** When starts are due, whatever became of those before: an open model. */
export const arrivalRateSchema = arrivals.refine((rate) => startsOf(rate) > 0, "nothing would ever start");

const constantUsers = z.strictObject({
  kind: z.literal("constant-users"),
  users: users.positive(),
  durationMs,
  ...graceful,
});

const rampingUsers = z.strictObject({
  kind: z.literal("ramping-users"),
  startUsers: users,
  /** From one to the next the number of users changes evenly. */
  stages: z
    .array(z.strictObject({ durationMs: stageMs, users }))
    .min(1)
    .refine(lasts, "must last"),
  ...graceful,
});

const usersOverTime = z.discriminatedUnion("kind", [constantUsers, rampingUsers]);

/** See {@link usersOverTimeSchema}. */
export type UsersOverTime = z.infer<typeof usersOverTime>;

/** How many users there are at a time, each acting again and again: a closed model. */
export const usersOverTimeSchema = usersOverTime.refine(
  (schedule) => mostUsers(schedule) > 0,
  "nobody would ever act",
);

/** Sessions that arrive openly; each acts some times, thinks between, and leaves: a partly open model. */
const sessions = z.strictObject({
  kind: z.literal("sessions"),
  arrivals: arrivalRateSchema,
  /** How many actions a session has, drawn evenly. */
  actions: z
    .strictObject({ least: z.int().positive(), most: z.int().positive() })
    .refine(({ least, most }) => least <= most, "least must not be above most"),
});

/**
 * When users act in a phase, named as k6 names its executors (`lib/executor/` of grafana/k6), where its virtual users
 * are users.
 *
 * - `constant-users`, `ramping-users`: so many users, each acting again as soon as it is done
 * - `constant-arrival-rate`, `ramping-arrival-rate`: actions that are due at a rate, whoever makes them
 * - `sessions`: users who come at a rate, act a few times and leave. What real visitors do: Schroeder, Wierman and
 *   Harchol-Balter, "Open Versus Closed: A Cautionary Tale", NSDI 2006
 */
export const executorSchema = z.discriminatedUnion("kind", [
  usersOverTimeSchema,
  arrivalRateSchema,
  sessions,
]);

/** See {@link executorSchema}. */
export type Executor = z.infer<typeof executorSchema>;

/** Where no other is given: k6's own default. */
export const GRACEFUL_STOP_MS = 30_000;

/** How long starts are due, or users wanted, in milliseconds; what has begun by then may go on for longer. */
export function executorDurationMs(executor: Executor): number {
  switch (executor.kind) {
    case "constant-users":
    case "constant-arrival-rate":
      return executor.durationMs;
    case "ramping-users":
    case "ramping-arrival-rate":
      return totalMs(executor.stages);
    case "sessions":
      return executorDurationMs(executor.arrivals);
    default:
      return executor satisfies never;
  }
}

/**
 * How many starts are due within the duration, exactly: the integral of the rate, rounded up, since start `n` is due
 * where the integral reaches `n` and the first one is number 0.
 */
export function startsOf(rate: ArrivalRate): number {
  const doubled =
    rate.kind === "constant-arrival-rate" ? 2 * rate.ratePerSec * rate.durationMs : doubledIntegral(rate);
  return roundedUp(doubled / 2000);
}

/** The largest number of users who are wanted at any time. */
export function mostUsers(schedule: UsersOverTime): number {
  return schedule.kind === "constant-users"
    ? schedule.users
    : Math.max(schedule.startUsers, ...schedule.stages.map((stage) => stage.users));
}

/** Of a rate in starts a second over milliseconds, doubled, so that rates that are integers give an integer. */
function doubledIntegral({
  startRatePerSec,
  stages,
}: Extract<ArrivalRate, { kind: "ramping-arrival-rate" }>) {
  let from = startRatePerSec;
  let sum = 0;
  for (const { durationMs, ratePerSec } of stages) {
    sum += (from + ratePerSec) * durationMs;
    from = ratePerSec;
  }
  return sum;
}

/** 1.1 a second for 10 s are 11.000000000000002 in binary, and 11 starts. */
function roundedUp(starts: number): number {
  return Math.ceil(starts * (1 - 1e-12));
}

function totalMs(stages: readonly { readonly durationMs: number }[]): number {
  return stages.reduce((sum, stage) => sum + stage.durationMs, 0);
}

function lasts(stages: readonly { readonly durationMs: number }[]): boolean {
  return totalMs(stages) > 0;
}
