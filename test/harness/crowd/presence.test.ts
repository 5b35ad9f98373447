import { expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import type { Member } from "../../../harness/crowd/member.ts";
import { Presence } from "../../../harness/crowd/presence.ts";
import { CheckLedger } from "../../../harness/oracle/check-ledger.ts";
import { DeliveryLedger } from "../../../harness/oracle/delivery-ledger.ts";
import { absentee, type FakeUserOptions, fakeUser, memberIn } from "./fake-cast.ts";

const history = { oldestOfLast: async () => 50, oldestBefore: async () => undefined };

/** Ada, whose every action takes 100 us at a clock that stands otherwise, and what becomes of deliveries to her. */
async function adasPresence(isThere: boolean, options: FakeUserOptions = {}) {
  let nowUs = 1000;
  const acts: string[] = [];
  const takes = async () => {
    nowUs += 100;
  };
  const user = fakeUser("ada", acts, { takes, ...options });
  const ada = isThere ? await memberIn(1, user) : absentee(1, user);
  const deliveries = new DeliveryLedger(["ada"]);
  if (isThere) deliveries.joined(0, 1, micros(0));
  const left: Member[] = [];
  const reckoning = { history, pageSize: 3, limit: null };
  const presence = new Presence(
    deliveries,
    reckoning,
    () => micros(nowUs),
    (member) => void left.push(member),
  );
  /** What a message is for her that takes no time, sent to a room at this time: she gets none. */
  const claims = (sends: readonly (readonly [roomId: number, atUs: number])[]) => {
    deliveries.settle({
      checkpoint: { mode: "stream", step: "a step" },
      checks: new CheckLedger(),
      sends: sends.map(([roomId, atUs], sequence) => ({
        sequence,
        roomId,
        startUs: micros(atUs),
        ackUs: micros(atUs),
      })),
    });
    const { lost, uncertain } = deliveries.counts();
    return { expected: lost, uncertain };
  };
  return { ada, presence, acts, left, claims, at: () => nowUs };
}

test("who comes joins the channel beside the page before messages are expected", async () => {
  const acts: string[] = [];
  const deliveries = new DeliveryLedger(["ada"]);
  const channels = {
    join: async (_: Member, roomId: number) => void acts.push(`joins the channel of ${roomId}`),
  };
  const reckoning = { history, pageSize: 3, limit: null };
  const presence = new Presence(
    deliveries,
    reckoning,
    () => micros(0),
    () => {},
    channels,
  );
  await presence.come(absentee(1, fakeUser("ada", acts)), "/rooms/1");
  expect(acts).toEqual(["ada mounts /rooms/1", "ada connects", "joins the channel of 1"]);
});

test("who comes loads the page and joins it; from then on messages are expected, and while he comes they may come", async () => {
  const { ada, presence, acts, claims, at } = await adasPresence(false);
  await presence.come(ada, "/rooms/1");
  expect(acts).toEqual(["ada mounts /rooms/1", "ada connects"]);
  expect([ada.isPresent, ada.viewer()?.cursor.oldestId, at()]).toEqual([true, 50, 1200]);
  expect(
    claims([
      [1, 999],
      [1, 1100],
      [1, 1201],
      [2, 1201],
    ]),
  ).toEqual({ expected: 1, uncertain: 1 });
});

test("who leaves is away at once; while he leaves messages may come, and once he is gone they must not", async () => {
  const { ada, presence, acts, left, claims } = await adasPresence(true);
  const leaving = presence.leave(ada);
  expect([ada.isPresent, left]).toEqual([false, [ada]]);
  await leaving;
  expect(acts).toEqual(["ada leaves", "ada closes"]);
  expect(
    claims([
      [1, 999],
      [1, 1050],
      [1, 1101],
    ]),
  ).toEqual({ expected: 1, uncertain: 1 });
});

test("who follows a link leaves one room and joins another, and in between may get messages of both", async () => {
  const { ada, presence, acts, left, claims } = await adasPresence(true);
  await presence.follow(ada, "a.room-2", 2);
  expect(acts).toEqual(["ada follows a.room-2"]);
  expect([ada.roomId, ada.isPresent, ada.viewer()?.cursor.roomId, left]).toEqual([2, true, 2, [ada]]);
  expect(
    claims([
      [1, 999],
      [1, 1050],
      [2, 1050],
      [1, 1101],
      [2, 1101],
    ]),
  ).toEqual({
    expected: 2,
    uncertain: 2,
  });
});

test("who cannot follow a link is in no room, and nobody says what he should see", async () => {
  const { ada, presence, claims } = await adasPresence(true, { fails: new Error("no such link") });
  await expect(presence.follow(ada, "a.room-2", 2)).rejects.toThrow("no such link");
  expect([ada.isPresent, ada.viewer()]).toEqual([false, null]);
  expect(claims([[1, 1101]])).toEqual({ expected: 0, uncertain: 0 });
});

test("whose connection is lost gets nothing more, and does nothing for it", async () => {
  const { ada, presence, acts, left, claims } = await adasPresence(true);
  presence.lost(ada);
  expect([ada.isPresent, left, acts]).toEqual([false, [ada], []]);
  expect(
    claims([
      [1, 999],
      [1, 1001],
    ]),
  ).toEqual({ expected: 1, uncertain: 0 });
});
