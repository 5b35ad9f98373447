import { expect, test } from "vitest";
import type { Behaviour } from "../../../harness/core/behaviour.ts";
import type { Site } from "../../../harness/core/site.ts";
import { micros } from "../../../harness/core/units.ts";
import { behaving } from "../../../harness/crowd/behave.ts";
import { castOf, type FakeUserOptions, fakeUser, memberIn } from "./fake-cast.ts";
import { smallScenario } from "./small-scenario.ts";
import { stepContext } from "./step-context.ts";

/** Ada and Grace in room 1 of two, whose actions take 100 ms each, and what has become of what one of them did. */
async function behave(
  behaviour: Behaviour,
  {
    site = {},
    ada = {},
    before,
  }: {
    readonly site?: Partial<Site>;
    readonly ada?: FakeUserOptions;
    readonly before?: (by: Awaited<ReturnType<typeof actors>>) => unknown;
  } = {},
) {
  const by = await actors(ada, { ...smallScenario.site, ...site });
  await before?.(by);
  await behaving(by.context)(by.members[0], behaviour, micros(900_000));
  const latencies = by.context.recorder
    .metrics()
    .map(({ name, values }) => [name, (values as { max: number }).max]);
  return { ...by, latencies };
}

async function actors(ada: FakeUserOptions, site: Site) {
  let nowUs = 1_000_000;
  const acts: string[] = [];
  const takes = async () => {
    nowUs += 100_000;
  };
  const members = [
    await memberIn(1, fakeUser("ada", acts, { takes, ...ada }), { number: 1 }),
    await memberIn(1, fakeUser("grace", acts, { takes }), { number: 2 }),
  ] as const;
  const cast = castOf(members);
  const time = { clock: () => micros(nowUs), sleep: async () => {} };
  const { context } = stepContext(cast, { scenario: { ...smallScenario, site } }, time);
  return { acts, members, cast, context };
}

test("who reads does nothing", async () => {
  const { acts, latencies } = await behave("read");
  expect([acts, latencies]).toEqual([[], []]);
});

test("who types begins a message, and sends none", async () => {
  const { acts, cast } = await behave("type");
  expect(acts).toEqual(['ada changes #send {"text":"draft 0"}']);
  expect(cast.sends).toEqual([]);
});

test("who sends writes in his room, with the time at which that was due", async () => {
  const { acts, cast } = await behave("send");
  expect(acts).toEqual(['ada submits #send {"text":"text 0 due 900000"}']);
  expect(cast.sends).toEqual([{ sequence: 0, roomId: 1, startUs: 1_000_000, ackUs: 1_100_000 }]);
});

test("who scrolls back loads a page, and the time that it took runs from when it was due", async () => {
  const { acts, members, latencies } = await behave("scroll-back");
  expect(acts).toEqual(["ada loads a page"]);
  expect(members[0].viewer()?.cursor.oldestId).toBe(97);
  expect(latencies).toEqual([["latency.prepend.page", 200_000]]);
});

test("where there is no older page nothing is measured", async () => {
  const { acts, latencies } = await behave("scroll-back", { ada: { loads: null } });
  expect([acts, latencies]).toEqual([["ada loads a page"], []]);
});

test("who switches rooms follows the link to the next one", async () => {
  const { acts, members, latencies } = await behave("switch-room", { site: { roomLink: "a.room-{room}" } });
  expect(acts).toEqual(["ada follows a.room-2"]);
  expect(members.map(({ roomId }) => roomId)).toEqual([2, 1]);
  expect(latencies).toEqual([["latency.switch.page", 200_000]]);
});

test("where the site has no link he loads the page of the next room", async () => {
  const { acts, members, latencies } = await behave("switch-room");
  expect(acts).toEqual(["ada leaves", "ada closes", "ada mounts /stream/rooms/2", "ada connects"]);
  expect([members[0].roomId, members[0].isPresent]).toEqual([2, true]);
  expect(latencies).toEqual([["latency.switch.page", 500_000]]);
});

test("who leaves and returns comes back to his room", async () => {
  const { acts, members, latencies } = await behave("leave-and-return");
  expect(acts).toEqual(["ada leaves", "ada closes", "ada mounts /stream/rooms/1", "ada connects"]);
  expect([members[0].roomId, members[0].isPresent]).toEqual([1, true]);
  expect(latencies).toEqual([["latency.return.page", 500_000]]);
});

test.each([
  ["edit", ["grace clicks .edit in messages-41", 'grace submits #edit {"text":"text 0 due 900000"}']],
  ["delete", ["grace clicks .delete in messages-41"]],
] as const)(
  "an %s is of a message of the run, by its author, whoever's turn it was",
  async (behaviour, acts) => {
    const by = await behave(behaviour, {
      before: ({ cast, members }) => {
        cast.authorship.writes(0, members[1]);
        cast.authorship.appeared("grace", 0, "messages-41");
      },
    });
    expect(by.acts).toEqual(acts);
  },
);

test.each(["edit", "delete"] as const)(
  "where there is no message yet an %s is nothing, and no failure",
  async (behaviour) => {
    expect((await behave(behaviour)).acts).toEqual([]);
  },
);

test("who has left before his turn came does nothing", async () => {
  const { acts } = await behave("send", {
    before: ({ members }) => {
      void members[0].inTurn(async () => {
        members[0].isPresent = false;
      });
    },
  });
  expect(acts).toEqual([]);
});

test("what fails is told to who asked, and no time is taken of it", async () => {
  const by = await actors({ fails: new Error("not within 30 s") }, smallScenario.site);
  const behaved = behaving(by.context)(by.members[0], "scroll-back", micros(900_000));
  await expect(behaved).rejects.toThrow("not within 30 s");
  expect(by.context.recorder.metrics()).toEqual([]);
});
