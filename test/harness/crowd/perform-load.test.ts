import { expect, test } from "vitest";
import type { Executor } from "../../../harness/core/executor.ts";
import type { Scenario } from "../../../harness/core/scenario.ts";
import { micros } from "../../../harness/core/units.ts";
import { type LoadStep, performLoad } from "../../../harness/crowd/perform-load.ts";
import type { StepContext } from "../../../harness/crowd/perform-step.ts";
import { virtualTime } from "../load/virtual-time.ts";
import { absentee, castOf, fakeUser, memberIn } from "./fake-cast.ts";
import { smallScenario } from "./small-scenario.ts";
import { stepContext } from "./step-context.ts";

interface Loading {
  /** Numbers of those who are there from the start. Default: 1 and 2. */
  readonly there?: readonly number[];
  /** Numbers of those who are away. */
  readonly away?: readonly number[];
  /** How long each action takes. Default: none at all. */
  readonly tookMs?: number;
  /** By number, what a user's actions are rejected with. */
  readonly fails?: Readonly<Record<number, Error>>;
  /** Which of them are: `submits`. Default: all. */
  readonly failsAt?: string;
  readonly step?: Partial<LoadStep>;
  readonly given?: Partial<StepContext>;
}

/** Has users do what an executor schedules in virtual time, from 0 on, and tells what they did when, in milliseconds. */
async function loading(executor: Executor, options: Loading = {}) {
  const { there = [1, 2], away = [], tookMs = 0, fails = {}, failsAt = "", step = {}, given = {} } = options;
  const time = virtualTime(0);
  const { clock, sleep, run } = time;
  const acts: string[] = [];
  const noted = (name: string): string[] => {
    const own: string[] = [];
    own.push = (what) => acts.push(`${clock() / 1000} ${what.replace(/ due (\d+)\d{3}"/, ' due $1 ms"')}`);
    return Object.assign(own, { name });
  };
  const user = (number: number) =>
    fakeUser(`u${number}`, noted(`u${number}`), {
      takes: async () => {
        if (tookMs > 0) await sleep(micros(tookMs * 1000));
      },
      ...(fails[number] === undefined ? {} : { fails: fails[number], failsAt }),
    });
  const members = [
    ...(await Promise.all(there.map((number) => memberIn(1, user(number), { number })))),
    ...away.map((number) => absentee(1, user(number), number)),
  ];
  const cast = castOf(members);
  const scenario: Scenario = smallScenario;
  const { context, starts, failures, told } = stepContext(cast, { scenario, ...given }, time);
  const load: LoadStep = { kind: "load", title: "load", executor, behaviours: { send: 1 }, ...step };
  const error = await run(
    performLoad(load, context).then(
      () => null,
      (thrown: unknown) => thrown,
    ),
  );
  return { acts, starts, failures, told, members, cast, context, error, endedMs: clock() / 1000 };
}

const sends = (numbers: readonly number[], at: (index: number) => number, dueAt = at) =>
  numbers.map(
    (number, index) =>
      `${at(index)} u${number} submits #send {"text":"text ${index} due ${dueAt(index)} ms"}`,
  );

test("at a constant rate whoever's turn it is acts when that is due, however long the others take", async () => {
  const rate = { kind: "constant-arrival-rate", ratePerSec: 4, durationMs: 1000 } as const;
  const { acts, starts, told, endedMs } = await loading(rate, { there: [1, 2, 3, 4], tookMs: 2000 });
  expect(acts).toEqual([
    '0 u1 submits #send {"text":"text 0 due 0"}',
    ...sends([1, 4, 3, 2], (index) => index * 250).slice(1),
  ]);
  expect(starts).toEqual({ made: 4, dropped: 0, late: 0, maxLateUs: 0 });
  expect([told.begun, endedMs]).toEqual([4, 2750]);
});

test("a user who is still busy acts once he is done, and the time at which it was due stays", async () => {
  const rate = { kind: "constant-arrival-rate", ratePerSec: 4, durationMs: 1000 } as const;
  const { acts } = await loading(rate, { there: [1], tookMs: 1000 });
  expect(acts.slice(1)).toEqual(
    [1, 2, 3].map((n) => `${n * 1000} u1 submits #send {"text":"text ${n} due ${n * 250} ms"}`),
  );
});

test("at a ramping rate the times at which something is due come closer", async () => {
  const { acts, starts } = await loading({
    kind: "ramping-arrival-rate",
    startRatePerSec: 0,
    stages: [{ durationMs: 4000, ratePerSec: 2 }],
  });
  expect(acts.map((act) => act.split(" ")[0])).toEqual(["0", "2000", "2828.427", "3464.102"]);
  expect(starts.made).toBe(4);
});

test("a process makes its part of the starts alone", async () => {
  const rate = { kind: "constant-arrival-rate", ratePerSec: 4, durationMs: 1000 } as const;
  const { acts } = await loading(rate, { given: { part: 1, parts: 2 } });
  expect(acts.map((act) => act.split(" ")[0])).toEqual(["250", "750"]);
});

test("so many users act and think, again and again, and what they do is due when they get to it", async () => {
  const { acts, starts, endedMs } = await loading(
    { kind: "constant-users", users: 2, durationMs: 1000 },
    { there: [1, 2, 3], given: { part: 0 }, tookMs: 100, step: { thinkTime: { leastMs: 300, mostMs: 300 } } },
  );
  expect(acts.map((act) => act.split(" ").slice(0, 2).join(" "))).toEqual([
    "0 u1",
    "0 u2",
    "400 u1",
    "400 u2",
    "800 u1",
    "800 u2",
  ]);
  expect(acts[2]).toBe('400 u1 submits #send {"text":"text 2 due 400 ms"}');
  expect(starts).toEqual({ made: 6, dropped: 0, late: 0, maxLateUs: 0 });
  expect(endedMs).toBe(1200);
});

test("users come and go as they ramp", async () => {
  const { acts } = await loading(
    {
      kind: "ramping-users",
      startUsers: 1,
      stages: [
        { durationMs: 0, users: 2 },
        { durationMs: 1000, users: 1 },
      ],
    },
    { tookMs: 400 },
  );
  expect(acts.map((act) => act.split(" ").slice(0, 2).join(" "))).toEqual([
    "0 u1",
    "0 u2",
    "400 u1",
    "400 u2",
    "800 u1",
    "800 u2",
  ]);
});

test("a process has its own of so many users: those behind every other slot", async () => {
  const { acts } = await loading(
    { kind: "constant-users", users: 3, durationMs: 100 },
    { there: [1, 3], tookMs: 100, given: { part: 1, parts: 2 } },
  );
  expect(acts.map((act) => act.split(" ")[1])).toEqual(["u1"]);
});

test("the witness looks on, while another in his place would act", async () => {
  const users = { kind: "constant-users", users: 2, durationMs: 300 } as const;
  const { acts, starts } = await loading(users, { there: [0, 1], tookMs: 200 });
  expect(acts.map((act) => act.split(" ").slice(0, 2).join(" "))).toEqual(["0 u1", "200 u1"]);
  expect(starts.made).toBe(32);
});

const ONE_A_SECOND = { kind: "constant-arrival-rate", ratePerSec: 1, durationMs: 3000 } as const;
const SESSIONS = { kind: "sessions", arrivals: ONE_A_SECOND, actions: { least: 2, most: 2 } } as const;

test("sessions come when that is due, act, think between, and leave; who has left can come again", async () => {
  const { acts, members, starts, context } = await loading(SESSIONS, {
    there: [1],
    away: [2, 3],
    step: { thinkTime: { leastMs: 600, mostMs: 600 } },
  });
  expect(acts.map((act) => act.split(" ").slice(0, 3).join(" "))).toEqual([
    "0 u2 mounts",
    "0 u2 connects",
    "600 u2 submits",
    "1000 u3 mounts",
    "1000 u3 connects",
    "1200 u2 submits",
    "1200 u2 leaves",
    "1200 u2 closes",
    "1600 u3 submits",
    "2000 u2 mounts",
    "2000 u2 connects",
    "2200 u3 submits",
    "2200 u3 leaves",
    "2200 u3 closes",
    "2600 u2 submits",
    "3200 u2 submits",
    "3200 u2 leaves",
    "3200 u2 closes",
  ]);
  expect(members.map(({ isPresent }) => isPresent)).toEqual([true, false, false]);
  expect(starts).toEqual({ made: 3, dropped: 0, late: 0, maxLateUs: 0 });
  expect(context.recorder.metrics()).toMatchObject([
    { name: "latency.arrive.page", values: { count: 3, max: 0 } },
  ]);
});

test("where everybody is there already who could come, a session is dropped and counted", async () => {
  const { acts, starts } = await loading(SESSIONS, {
    there: [],
    away: [1],
    step: { thinkTime: { leastMs: 600, mostMs: 600 } },
  });
  expect(acts.filter((act) => act.includes("mounts"))).toEqual([
    "0 u1 mounts /stream/rooms/1",
    "2000 u1 mounts /stream/rooms/1",
  ]);
  expect(starts).toEqual({ made: 2, dropped: 1, late: 0, maxLateUs: 0 });
});

test("a visitor who cannot come is a failure, stays away, and can come again", async () => {
  const { acts, failures, starts, members } = await loading(SESSIONS, {
    there: [],
    away: [1],
    fails: { 1: new Error("the page is gone") },
  });
  expect(acts).toEqual([0, 1000, 2000].map((at) => `${at} u1 mounts /stream/rooms/1`));
  expect(failures).toEqual(Array(3).fill("the page is gone"));
  expect([starts.made, members[0]?.isPresent]).toEqual([3, false]);
});

test("a visitor who fails at something leaves all the same, so that he can come again", async () => {
  const { acts, failures, members } = await loading(SESSIONS, {
    there: [],
    away: [1],
    fails: { 1: new Error("not answered") },
    failsAt: "submits",
  });
  expect(acts.map((act) => act.split(" ").slice(0, 3).join(" "))).toEqual(
    [0, 1000, 2000].flatMap((at) =>
      ["mounts", "connects", "submits", "leaves", "closes"].map((what) => `${at} u1 ${what}`),
    ),
  );
  expect(failures).toEqual(Array(3).fill("not answered"));
  expect(members[0]?.isPresent).toBe(false);
});

test("slow readers read nothing for as long as the step lasts, and do nothing else", async () => {
  const rate = { kind: "constant-arrival-rate", ratePerSec: 4, durationMs: 1000 } as const;
  const { acts } = await loading(rate, { there: [1, 2, 3, 4], step: { slowReaders: 0.5 } });
  const of = (what: string) =>
    acts.filter((act) => act.includes(what)).map((act) => act.split(" ").slice(0, 2).join(" "));
  expect(acts.slice(0, 2).map((act) => act.split(" ").slice(1).join(" "))).toEqual([
    "u1 stops reading",
    "u3 stops reading",
  ]);
  expect(of("submits")).toEqual(["0 u2", "250 u4", "500 u2", "750 u4"]);
  expect(of("reads on")).toEqual(["750 u1", "750 u3"]);
});

test("slow readers read on even where the step is ended", async () => {
  const abort = new AbortController();
  const rate = { kind: "constant-arrival-rate", ratePerSec: 4, durationMs: 1000 } as const;
  let begun = 0;
  const { acts, error, starts } = await loading(rate, {
    step: { slowReaders: 0.5 },
    given: {
      signal: abort.signal,
      onProgress: () => {
        begun += 1;
        if (begun === 2) abort.abort(new Error("the server died"));
      },
    },
  });
  expect(acts.at(-1)).toBe("250 u1 reads on");
  expect(error).toEqual(new Error("the server died"));
  expect(starts.made).toBe(2);
});

test("what is done follows the weights, the same for the same seed, and other for another process", async () => {
  const rate = { kind: "constant-arrival-rate", ratePerSec: 10, durationMs: 1000 } as const;
  const behaviours = { type: 2, "scroll-back": 3 } as const;
  const what = async (given: Partial<StepContext>, ratePerSec = 10) => {
    const { acts } = await loading({ ...rate, ratePerSec }, { step: { behaviours }, given });
    return acts.map((act) => act.split(" ")[2]?.[0]).join("");
  };
  const first = await what({});
  expect([...first].sort().join("")).toBe("ccccllllll");
  expect(await what({})).toBe(first);
  expect(await what({ part: 1, parts: 2 }, 20)).not.toBe(first);
});

test("what is under way when the time is over may go on for as long as the executor says", async () => {
  const rate = { kind: "constant-arrival-rate", ratePerSec: 1, durationMs: 1000 } as const;
  const { endedMs } = await loading({ ...rate, gracefulStopMs: 500 }, { tookMs: 40_000 });
  expect(endedMs).toBe(500);
  expect((await loading(rate, { tookMs: 40_000 })).endedMs).toBe(30_000);
});
