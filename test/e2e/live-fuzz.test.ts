import { once } from "node:events";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bystander, CANARY, echo, standBy } from "../live-site/bystander.ts";
import { counter, LIFE_ROUTES } from "../live-site/life-views.ts";
import { type LiveSite, startLiveSite } from "../live-site/live-site.ts";
import { type Visit, visit } from "../live-site/live-visit.ts";

let site: LiveSite;
let bystander: Bystander;

beforeAll(async () => {
  site = await startLiveSite({ routes: LIFE_ROUTES, views: [counter], channels: [echo] });
  bystander = await standBy(site);
});
afterAll(async () => {
  await bystander.socket.close();
  await site.close();
});

/** What a client may send on a page of its own, before anything is changed in it. */
function validFrames({ page, main }: Visit): readonly unknown[] {
  const topic = `lv:${main.id}`;
  const join = (more: object) => ({
    session: page.session,
    static: page.static,
    params: { _mounts: 0 },
    ...more,
  });
  return [
    ["1", "1", topic, "phx_join", join({ url: `${site.origin}/?a[b]=${CANARY}` })],
    ["2", "2", topic, "phx_join", join({ redirect: `${site.origin}/other` })],
    ["1", "3", topic, "event", { type: "click", event: "flash", value: { id: CANARY } }],
    ["1", "4", topic, "event", { type: "click", event: "navigate", value: {} }],
    ["1", "5", topic, "event", { type: "form", event: "send", value: `${CANARY}=1&a[b][]=2`, meta: {} }],
    ["1", "6", topic, "event", { type: "click", event: "crash", value: {}, cid: 1 }],
    ["1", "7", topic, "live_patch", { url: `${site.origin}/?step=1` }],
    ["1", "8", topic, "phx_leave", {}],
    [null, "9", "phoenix", "heartbeat", {}],
    ["3", "10", "echo:1", "phx_join", { text: CANARY }],
    ["3", "11", "echo:1", "say", { text: CANARY }],
    ["1", "12", topic, "cids_will_destroy", { cids: [1] }],
  ];
}

/** One change of a frame: a value somewhere in it is another one, or gone; or its text is cut or goes on. */
const change = fc.oneof(
  fc.record({
    kind: fc.constant("value" as const),
    at: fc.array(fc.nat(6), { maxLength: 3 }),
    value: fc.jsonValue(),
  }),
  fc.record({ kind: fc.constant("gone" as const), at: fc.array(fc.nat(6), { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant("cut" as const), length: fc.nat(400) }),
  fc.record({ kind: fc.constant("more" as const), text: fc.string({ unit: "binary" }) }),
  fc.constant({ kind: "none" as const }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** A frame as text, after one change; numbers choose among the keys on the way to the value that is changed. */
function changed(frame: unknown, change: Change): string {
  const whole = JSON.stringify(frame);
  if (change.kind === "cut") return whole.slice(0, change.length);
  if (change.kind === "more") return whole + change.text;
  if (change.kind === "none") return whole;
  const copy = JSON.parse(whole) as Record<string, unknown>;
  let holder = copy;
  let key: string | undefined;
  for (const step of change.at) {
    const inner = key === undefined ? holder : holder[key];
    if (typeof inner !== "object" || inner === null || Object.keys(inner).length === 0) break;
    holder = inner as Record<string, unknown>;
    key = Object.keys(holder)[step % Object.keys(holder).length];
  }
  if (key === undefined) return change.kind === "value" ? JSON.stringify(change.value) : "";
  if (change.kind === "gone") delete holder[key];
  else holder[key] = change.value;
  return JSON.stringify(copy);
}

const sending = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("changed" as const), which: fc.nat(11), change }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("text" as const), text: fc.string({ unit: "binary" }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("json" as const), value: fc.jsonValue() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("bytes" as const), bytes: fc.uint8Array() }) },
);

test("whatever a client sends, the server lives on, and others notice nothing", {
  timeout: 100_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.array(sending, { minLength: 1, maxLength: 12 }),
      async (joins, sendings) => {
        const before = site.log.length;
        const client = await visit(site, "/");
        const frames = validFrames(client);
        const { socket } = client.socket;
        const closed = once(socket, "close");
        if (joins) await client.join();
        for (const one of sendings) {
          if (one.kind === "changed") socket.send(changed(frames[one.which], one.change));
          else if (one.kind === "text") socket.send(one.text);
          else if (one.kind === "json") socket.send(JSON.stringify(one.value));
          else socket.send(one.bytes);
        }
        // An orderly end comes after all that was sent before it.
        socket.close();
        await closed;
        await bystander.isWell();
        const incidents = site.log.slice(before);
        expect(incidents.length).toBeLessThanOrEqual(sendings.length);
        expect(incidents.join("\n")).not.toContain(CANARY);
      },
    ),
    { seed: 20_260_102, numRuns: 200 },
  );
});
