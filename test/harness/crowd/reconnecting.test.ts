import { expect, test } from "vitest";
import type { ReconnectCause } from "../../../harness/core/step.ts";
import { micros } from "../../../harness/core/units.ts";
import { awaitRecovery, draftsKept, prepareCut } from "../../../harness/crowd/reconnecting.ts";
import { RecoveryWatch } from "../../../harness/crowd/recovery-watch.ts";
import { virtualTime } from "../load/virtual-time.ts";
import { castOf, type FakeUserOptions, fakeUser, memberIn } from "./fake-cast.ts";
import { smallScenario } from "./small-scenario.ts";
import { stepContext } from "./step-context.ts";

/** Users with these numbers, the first of a run with so many, who are about to lose their connections. */
async function aboutToBeCut(
  numbers: readonly number[],
  { of = 21, users = {} }: { of?: number; users?: Readonly<Record<number, FakeUserOptions>> } = {},
) {
  const time = virtualTime(0);
  const acts: string[] = [];
  const members = await Promise.all(
    numbers.map((number, receiver) =>
      memberIn(1, fakeUser(`u${number}`, acts, users[number]), { number, receiver }),
    ),
  );
  const cast = castOf(members);
  const scenario = { ...smallScenario, rooms: { messagesEach: 40, members: [of] } };
  const { context, failures, told } = stepContext(cast, { scenario }, time);
  const watch = new RecoveryWatch(time.clock);
  const options = {
    ...context,
    watch,
    database: null,
    onFailure: (error: unknown) => void failures.push(String(error)),
  };
  const prepare = (cause: ReconnectCause, drafts = false) => prepareCut({ cause, drafts }, options);
  const values = () =>
    Object.fromEntries(
      context.recorder.metrics().map(({ name, values: of }) => [name, "value" in of ? of.value : of]),
    );
  return { time, acts, members, cast, context, watch, options, failures, told, prepare, values };
}

const upTo = (count: number) => Array.from({ length: count }, (_, number) => number);

test.each(["server", "crash"] as const)("a %s cuts everybody off who is there", async (cause) => {
  const { members, prepare } = await aboutToBeCut([0, 1, 2, 3]);
  const [, , away] = members;
  if (away) away.isPresent = false;
  const cut = await prepare(cause);
  expect(cut.members.map(({ number }) => number)).toEqual([0, 1, 3]);
  expect(members.map(({ isPresent }) => isPresent)).toEqual([false, false, false, false]);
});

test("a network cuts nine in ten off, and every tenth stays", async () => {
  const { members, prepare } = await aboutToBeCut(upTo(21));
  const cut = await prepare("network");
  expect(cut.members.length).toBe(18);
  expect(members.filter(({ isPresent }) => isPresent).map(({ number }) => number)).toEqual([0, 10, 20]);
});

test("who will be cut off has begun a message before, if that is asked for; who could not has none to lose", async () => {
  const { acts, prepare, failures } = await aboutToBeCut([1, 2, 10], {
    users: { 2: { fails: new Error("no form") } },
  });
  const { drafts } = await prepare("network", true);
  expect(acts).toEqual(['u1 changes #send {"text":"draft 0"}', 'u2 changes #send {"text":"draft 1"}']);
  expect([[...drafts], failures]).toEqual([[["u1", "draft 0"]], ["Error: no form"]]);
});

test("how long each was gone runs from the cut, and all are back, of whom one has what he had begun", async () => {
  const by = await aboutToBeCut([1, 2, 3], {
    users: { 1: { typed: "draft 0" }, 2: { typed: "" }, 3: {} },
  });
  const { time, watch, members, prepare, context, told } = by;
  const cut = await prepare("server", true);
  const recovering = awaitRecovery(cut, { cutUs: micros(0), messages: 0 }, by.options);
  for (const [name, atUs] of [
    ["u1", 2_000_000],
    ["u3", 3_000_000],
    ["u2", 5_000_000],
  ] as const) {
    await time.run(time.sleep(micros(atUs - time.clock())));
    watch.joined(name);
  }
  await time.run(recovering);
  expect(members.map(({ isPresent }) => isPresent)).toEqual([true, true, true]);
  expect(by.values()).toMatchObject({
    "reconnect.expected": 3,
    "reconnect.recovered": 3,
    "drafts.expected": 3,
  });
  expect(draftsKept(cut, context.scenario.site)).toBe(1);
  expect(context.recorder.metrics()).toContainEqual(
    expect.objectContaining({
      name: "latency.reconnect.page",
      values: expect.objectContaining({ count: 3, min: 2_000_000, max: 5_000_000 }),
    }),
  );
  expect([told.begun, time.clock()]).toEqual([3, 5_000_000]);
});

test("who is not back after a minute is not waited for, and counted as one who has not recovered", async () => {
  const { time, watch, prepare, options, values } = await aboutToBeCut([1, 2]);
  const cut = await prepare("server");
  const recovering = awaitRecovery(cut, { cutUs: micros(0), messages: 0 }, options);
  watch.joined("u1");
  await time.run(recovering);
  expect(time.clock()).toBe(60_000_000);
  expect(values()).toMatchObject({ "reconnect.expected": 2, "reconnect.recovered": 1 });
});

test("those who stayed write meanwhile, in turn and without the witness", async () => {
  const { watch, time, acts, prepare, options, cast } = await aboutToBeCut(upTo(21));
  const cut = await prepare("network");
  const recovering = awaitRecovery(cut, { cutUs: micros(0), messages: 3 }, options);
  for (const { user } of cut.members) watch.joined(user.name);
  await time.run(recovering);
  expect(acts.map((act) => act.split(" ")[0])).toEqual(["u10", "u20", "u10"]);
  expect(cast.sends.map(({ ackUs }) => ackUs)).toEqual([0, 0, 0]);
});

test("all processes together write as many messages as are asked for", async () => {
  const writers = await Promise.all(
    [0, 1, 2].map(async (part) => {
      const own = upTo(40).filter((number) => number % 3 === part);
      const { watch, time, acts, prepare, options } = await aboutToBeCut(own, { of: 40 });
      const cut = await prepare("network");
      const recovering = awaitRecovery(cut, { cutUs: micros(0), messages: 5 }, options);
      for (const { user } of cut.members) watch.joined(user.name);
      await time.run(recovering);
      return acts.map((act) => act.split(" ")[0]);
    }),
  );
  expect(writers).toEqual([["u30"], ["u10", "u10"], ["u20", "u20"]]);
});

test("the witness writes where nobody else has stayed", async () => {
  const { watch, time, acts, prepare, options } = await aboutToBeCut(upTo(10), { of: 10 });
  const cut = await prepare("network");
  const recovering = awaitRecovery(cut, { cutUs: micros(0), messages: 1 }, options);
  for (const { user } of cut.members) watch.joined(user.name);
  await time.run(recovering);
  expect(acts.map((act) => act.split(" ")[0])).toEqual(["u0"]);
});

test("where everybody is cut off nobody writes, and an action that fails ends nothing", async () => {
  const everybody = await aboutToBeCut(upTo(21));
  const all = await everybody.prepare("server");
  for (const { user } of all.members) everybody.watch.joined(user.name);
  await everybody.time.run(awaitRecovery(all, { cutUs: micros(0), messages: 3 }, everybody.options));
  expect(everybody.acts).toEqual([]);

  const failing = await aboutToBeCut([1, 10], { users: { 10: { fails: new Error("not answered") } } });
  const some = await failing.prepare("network");
  failing.watch.joined("u1");
  await failing.time.run(awaitRecovery(some, { cutUs: micros(0), messages: 1 }, failing.options));
  expect(failing.failures).toEqual(["Error: not answered"]);
});
