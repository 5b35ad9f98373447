import { expect, test } from "vitest";
import type { Member } from "../../../harness/crowd/member.ts";
import { PageChannels } from "../../../harness/crowd/page-channels.ts";
import { CheckLedger } from "../../../harness/oracle/check-ledger.ts";
import type { OnEvent, UserChannel } from "../../../harness/user/application-channels.ts";

/** Ada, who has these messages on her page, and what is done with her channels. */
function ada(...ids: string[]) {
  const done: string[] = [];
  const state: { tell: OnEvent; isJoined: boolean } = { tell: () => {}, isJoined: true };
  const joinChannel = async (topic: string, payload: object, onEvent: OnEvent): Promise<UserChannel> => {
    done.push(`joins ${topic} ${JSON.stringify(payload)}`);
    state.tell = onEvent;
    state.isJoined = true;
    const leave = async () => void done.push(`leaves ${topic}`);
    return {
      topic,
      get isJoined() {
        return state.isJoined;
      },
      push: () => Promise.reject(new Error("nothing is pushed")),
      leave,
    };
  };
  const items = ids.map((id) => ({ id }));
  const member = { user: { name: "ada", items, joinChannel } } as unknown as Member;
  const checks = new CheckLedger();
  const channels = (channel: { topic: string; item: string } | undefined) =>
    new PageChannels({ channel, mode: "stream", checks });
  return { member, done, state, checks, channels };
}

const CHANNEL = { topic: "event_bus:{room}", item: "id" };

test("where a site has no channel beside its pages none is joined", async () => {
  const { member, done, channels } = ada();
  await channels(undefined).join(member, 1);
  expect(done).toEqual([]);
});

test("a member joins the channel of her room, and on a page that goes to another leaves it for that one's", async () => {
  const { member, done, state, channels } = ada();
  const joined = channels(CHANNEL);
  await joined.join(member, 1);
  await joined.join(member, 1);
  await joined.join(member, 2);
  // Her page is gone, and its channel with it.
  state.isJoined = false;
  await joined.join(member, 2);
  expect(done).toEqual([
    "joins event_bus:1 {}",
    "leaves event_bus:1",
    "joins event_bus:2 {}",
    "joins event_bus:2 {}",
  ]);
});

test("what is named when it is on the page passes, and what is not yet fails, with the step", async () => {
  const { member, state, checks, channels } = ada("messages-1", "messages-2");
  const joined = channels(CHANNEL);
  await joined.join(member, 7);
  joined.step = "1 insert";
  state.tell("scroll", { id: "messages-2", own: false });
  state.tell("scroll", { id: "messages-3", own: false });
  expect(checks.checks()).toMatchObject({
    made: 2,
    failures: [
      {
        kind: "channel-order",
        mode: "stream",
        step: "1 insert",
        who: "ada",
        expected: "messages-3 on the page",
        actual: "not there yet",
        item: "messages-3",
        message: 'ada: the event "scroll" on event_bus:7 named messages-3, which was not on the page yet',
      },
    ],
  });
});

test.each([[{}], [null], ["messages-3"], [{ id: 3 }]])(
  "what names no item, %j, is no check",
  async (payload) => {
    const { member, state, checks, channels } = ada();
    await channels(CHANNEL).join(member, 1);
    state.tell("phx_close", payload);
    expect(checks.checks().made).toBe(0);
  },
);
