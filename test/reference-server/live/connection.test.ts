import { expect, test } from "vitest";
import { RANDOM_IDENTIFIERS } from "../../../reference-server/identifiers.ts";
import { defineChannel } from "../../../reference-server/live/channel.ts";
import { Connection } from "../../../reference-server/live/connection.ts";
import { constant } from "../../../reference-server/live/expression.ts";
import type { MessageRate } from "../../../reference-server/live/message-limit.ts";
import { createRouter } from "../../../reference-server/live/router.ts";
import { signSession } from "../../../reference-server/live/session-token.ts";
import { html } from "../../../reference-server/live/template.ts";
import { TokenSigner } from "../../../reference-server/live/token.ts";
import { defineView } from "../../../reference-server/live/view.ts";
import { CountingPubSub } from "../../live-site/counting-pubsub.ts";

const signer = new TokenSigner({ secret: "a secret", nowMs: () => 0 });
const session = (id: string) =>
  signSession(signer, {
    id,
    view: "slow",
    rootView: "slow",
    router: false,
    liveSession: null,
    parent: null,
    root: null,
    session: {},
  });

/** A connection to a server with one view, `slow`, whose mount waits until it is let go. */
function connected(messageRate: MessageRate | null = null) {
  const pubsub = new CountingPubSub();
  const mounting = Promise.withResolvers<void>();
  const sent: string[] = [];
  const log: string[] = [];
  const ended: string[] = [];
  const clock = { nowMs: 0 };
  const slow = defineView({
    name: "slow",
    async mount(socket) {
      socket.subscribe("before");
      await mounting.promise;
      socket.subscribe("after");
    },
    terminate: () => ended.push("slow"),
    render: () => html`<p>${constant("slow")}</p>`,
  });
  const echo = defineChannel<null>({
    topic: "echo:*",
    join: () => ({ ok: true, state: null }),
    handleIn: (_socket, event, payload) => {
      if (event === "circle") return { status: "ok", response: circle() };
      return { status: "ok", response: payload };
    },
    terminate() {
      ended.push("echo");
      throw new Error("the end broke");
    },
  });
  const quitter = defineChannel<null>({
    topic: "quitter",
    join(socket) {
      socket.close();
      return { ok: true, state: null };
    },
  });
  const circular = defineChannel<null>({
    topic: "circular",
    join: () => ({ ok: true, state: null, response: circle() }),
  });
  const connection = new Connection(
    {
      views: new Map([[slow.name, slow]]),
      router: createRouter([]),
      channels: [echo, quitter, circular],
      pubsub,
      signer,
      identifiers: RANDOM_IDENTIFIERS,
      liveViewVersion: "1.2.10",
      messageRate,
      monotonicMs: () => clock.nowMs,
      log: (line) => log.push(line.split("\n")[0] ?? ""),
    },
    { send: (text) => sent.push(text), close: (code) => sent.push(`closed ${code}`) },
    { session: {} },
  );
  const send = (...frame: readonly unknown[]) => connection.receive(JSON.stringify(frame));
  return { connection, pubsub, mounting, sent, log, ended, send, clock };
}

function circle(): object {
  const object: Record<string, unknown> = {};
  object.self = object;
  return object;
}

const settled = () => new Promise(setImmediate);

test("what comes while a view mounts waits, a heartbeat too", async () => {
  const { mounting, sent, send } = connected();
  send("1", "1", "lv:a", "phx_join", { session: session("a") });
  send(null, "2", "phoenix", "heartbeat", {});
  await settled();
  expect(sent).toEqual([]);
  mounting.resolve();
  await settled();
  expect(sent.map((text) => JSON.parse(text)[1])).toEqual(["1", "2"]);
});

test("a socket that drops while a view mounts leaves nothing behind", async () => {
  const { connection, mounting, pubsub, sent, send, ended } = connected();
  send("1", "1", "lv:a", "phx_join", { session: session("a") });
  await settled();
  expect(pubsub.subscriptions).toBe(1);
  connection.closed();
  mounting.resolve();
  await settled();
  expect({ sent, subscriptions: pubsub.subscriptions, ended }).toEqual({
    sent: [],
    subscriptions: 0,
    ended: ["slow"],
  });
  send(null, "2", "phoenix", "heartbeat", {});
  await settled();
  expect(sent).toEqual([]);
});

test("a client that sends on and on while a view mounts is cut off, one that is served is not", async () => {
  const { sent, send, log, mounting } = connected();
  const beat = () => send(null, "2", "phoenix", "heartbeat", {});
  for (let count = 0; count < 1500; count++) {
    beat();
    if (count % 500 === 499) await settled();
  }
  expect(sent.splice(0).length).toBe(1500);
  send("1", "1", "lv:a", "phx_join", { session: session("a") });
  await settled();
  for (let count = 0; count < 1000; count++) beat();
  expect(sent).toEqual([]);
  beat();
  beat();
  expect([sent, log]).toEqual([["closed 1008"], ["1000 messages wait for a join: connection closed"]]);
  mounting.resolve();
});

test("a client that is served may send more in one go than may wait for a join", async () => {
  const { sent, send, log } = connected();
  for (let count = 0; count < 1500; count++) send(null, "2", "phoenix", "heartbeat", {});
  await settled();
  expect([sent.length, log]).toEqual([1500, []]);
});

test.each([
  ["quitter", "Error: it ended before it had answered"],
  ["circular", "TypeError: Converting circular structure to JSON"],
])(
  "a join of a channel that gives no answer, %s, has crashed, and holds up nothing",
  async (topic, error) => {
    const { sent, send, log } = connected();
    send("1", "1", topic, "phx_join", {});
    send(null, "2", "phoenix", "heartbeat", {});
    await settled();
    expect(sent.map((text) => JSON.parse(text))).toEqual([
      ["1", "1", topic, "phx_reply", { status: "error", response: { reason: "join crashed" } }],
      [null, "2", "phoenix", "phx_reply", { status: "ok", response: {} }],
    ]);
    expect(log).toEqual([`the join of "${topic}" crashed: ${error}`]);
  },
);

const say = (ref: string, text: string) => ["1", ref, "echo:1", "say", { text }] as const;
const refused = (ref: string, retryAfterMs: number) => [
  "1",
  ref,
  "echo:1",
  "phx_reply",
  { status: "error", response: { reason: "too_many_events", retry_after_ms: retryAfterMs } },
];
const said = (ref: string, text: string) => [
  "1",
  ref,
  "echo:1",
  "phx_reply",
  { status: "ok", response: { text } },
];

test("what comes too soon is answered with when to come again, and is then taken", async () => {
  const { sent, send, log, clock } = connected({ burst: 7, perSec: 4 });
  const answers = async () => {
    await settled();
    return sent.splice(0).map((text) => JSON.parse(text));
  };
  send("1", "1", "echo:1", "phx_join", {});
  send(...say("2", "a"));
  send(...say("3", "b"));
  send(...say("4", "c"));
  expect((await answers()).toSorted((a, b) => a[1] - b[1]).slice(1)).toEqual([
    said("2", "a"),
    said("3", "b"),
    refused("4", 500),
  ]);
  clock.nowMs = 499;
  send(...say("5", "d"));
  expect(await answers()).toEqual([refused("5", 251)]);
  clock.nowMs = 751;
  send(...say("6", "e"));
  expect(await answers()).toEqual([said("6", "e")]);
  expect(log).toEqual([]);
});

test("whoever was too fast is still known to be there, and may leave", async () => {
  const { sent, send } = connected({ burst: 8, perSec: 1 });
  send("1", "1", "echo:1", "phx_join", {});
  for (const ref of ["2", "3", "4", "5"]) send(...say(ref, "on and on"));
  send("1", "6", "echo:1", "phx_leave", {});
  send(null, "7", "phoenix", "heartbeat", {});
  await settled();
  const answers = sent.map((text) => JSON.parse(text)).filter(([, , , event]) => event === "phx_reply");
  const statuses = answers.map(([, ref, , , { status }]) => [Number(ref), status]);
  expect(statuses.filter(([ref]) => ref > 4)).toEqual([
    [5, "error"],
    [6, "ok"],
    [7, "ok"],
  ]);
});

test("a flood that goes on although it is refused closes its connection, and is logged once", async () => {
  const { sent, send, log } = connected({ burst: 3, perSec: 1 });
  for (let count = 0; count < 50; count++) send("1", "2", "echo:1", "say", {});
  await settled();
  const reasons = sent.map((text) => (text.startsWith("[") ? JSON.parse(text)[4].response.reason : text));
  expect(reasons).toEqual([
    "too_many_events",
    "too_many_events",
    "closed 1008",
    "unmatched topic",
    "unmatched topic",
    "unmatched topic",
  ]);
  expect(log).toEqual(["a client that floods the server with messages: connection closed"]);
});

test("what comes from a socket that is gone is for nobody", async () => {
  const { connection, sent, send } = connected();
  send("1", "1", "echo:1", "phx_join", {});
  connection.closed();
  send(null, "2", "phoenix", "heartbeat", {});
  await settled();
  expect(sent).toEqual([]);
});

test("a client that breaks the rules is not read any further", async () => {
  const { connection, sent, send, log } = connected();
  connection.receive("{");
  connection.receive("{");
  connection.receiveBinary();
  send(null, "2", "phoenix", "heartbeat", {});
  await settled();
  expect(sent).toEqual(["closed 1008"]);
  expect(log).toEqual(["a frame that is no message, 1 characters: connection closed"]);
});

test("a process whose end breaks, or whose answer cannot be sent, is logged and takes nothing with it", async () => {
  const { sent, send, log, ended } = connected();
  const answers = async (...frame: readonly unknown[]) => {
    send(...frame);
    await settled();
    return sent.splice(0).map((text) => JSON.parse(text).slice(1, 4));
  };
  expect(await answers("1", "1", "echo:1", "phx_join", {})).toEqual([["1", "echo:1", "phx_reply"]]);
  expect(await answers("2", "2", "echo:2", "phx_join", {})).toEqual([["2", "echo:2", "phx_reply"]]);
  expect(await answers("1", "3", "echo:1", "circle", {})).toEqual([["1", "echo:1", "phx_error"]]);
  expect(await answers("2", "4", "echo:2", "phx_leave", {})).toEqual([
    ["2", "echo:2", "phx_close"],
    ["4", "echo:2", "phx_reply"],
  ]);
  expect(await answers(null, "5", "phoenix", "heartbeat", {})).toEqual([["5", "phoenix", "phx_reply"]]);
  expect(ended).toEqual(["echo", "echo"]);
  expect(log).toEqual([
    expect.stringMatching(/^"echo:1" crashed: TypeError: Converting circular structure/),
    `"echo:2" crashed: Error: the end broke`,
  ]);
});
