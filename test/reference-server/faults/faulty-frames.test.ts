import { expect, test } from "vitest";
import { faultyFrames } from "../../../reference-server/faults/faulty-frames.ts";
import type { Fault } from "../../../reference-server/faults.ts";
import { manualTime } from "./manual-time.ts";

type Frame = readonly [string | null, string | null, string, string, unknown];

const JOINED: Frame = [
  "1",
  "1",
  "lv:a",
  "phx_reply",
  { status: "ok", response: { rendered: { 0: "&lt;b&gt;" } } },
];
const replyTo = (ref: number): Frame => ["1", `${ref}`, "lv:a", "phx_reply", { status: "ok", response: {} }];
const HEARTBEAT: Frame = [null, "9", "phoenix", "phx_reply", { status: "ok", response: {} }];
const diff = (payload: unknown): Frame => ["1", null, "lv:a", "diff", payload];
const SCROLL: Frame = [null, null, "event_bus:1", "scroll", { id: "messages-1" }];

function socket(...faults: Fault[]) {
  const sent: unknown[] = [];
  const clock = manualTime();
  const send = faultyFrames(new Set(faults), clock.time)?.((text) => void sent.push(JSON.parse(text)));
  const say = (...frames: Frame[]) => {
    for (const frame of frames) send?.(JSON.stringify(frame));
  };
  return { sent, say, ...clock };
}

test("frames are sent as they are where no fault concerns them", () => {
  expect(faultyFrames(new Set(["drop-delete"]))).toBeUndefined();
});

test("deaf-heartbeat answers no heartbeat, and everything else", () => {
  const { sent, say } = socket("deaf-heartbeat");
  say(HEARTBEAT, JOINED, replyTo(5));
  expect(sent).toEqual([JOINED, replyTo(5)]);
});

test("lose-reply answers neither the tenth nor the twentieth event, but every join and heartbeat", () => {
  const { sent, say } = socket("lose-reply");
  for (let event = 1; event <= 20; event++) say(replyTo(event + 100), JOINED, HEARTBEAT);
  const answered = sent
    .filter((frame) => (frame as Frame)[1]?.length === 3)
    .map((frame) => (frame as Frame)[1]);
  expect(sent).toHaveLength(58);
  expect(answered).not.toContain("110");
  expect(answered).not.toContain("120");
});

test("late-reply answers events 200 ms later, and nothing else", async () => {
  const { sent, say, waitedFor, pass } = socket("late-reply");
  say(JOINED, replyTo(5), HEARTBEAT);
  expect([sent, waitedFor()]).toEqual([[JOINED, HEARTBEAT], [200]]);
  await pass();
  expect(sent).toEqual([JOINED, HEARTBEAT, replyTo(5)]);
});

test("early-push tells a page to scroll before it is sent the diff of the same turn", async () => {
  const { sent, say } = socket("early-push");
  const [first, second] = [diff({ 0: "a" }), diff({ 0: "b" })];
  say(first, SCROLL, replyTo(5), second);
  expect(sent).toEqual([SCROLL, first, replyTo(5)]);
  await new Promise(setImmediate);
  expect(sent).toEqual([SCROLL, first, replyTo(5), second]);
});

const OPERATIONS = [
  "0",
  [
    ["messages-1", -1, -30, false],
    ["messages-2", 0, null, false],
  ],
  ["messages-3"],
];
const entry = { 1: ' id="messages-1"', 2: "&lt;b&gt; &quot;" };
const DIFF = { 4: { k: { 0: entry, kc: 1 }, stream: OPERATIONS } };

test.each<[Fault, unknown]>([
  ["raw-html", { 4: { k: { 0: { ...entry, 2: '<b> "' }, kc: 1 }, stream: OPERATIONS } }],
  ["wrong-dom-id", { 4: { k: { 0: { ...entry, 1: ' id="message-1"' }, kc: 1 }, stream: OPERATIONS } }],
  ["wrong-stream-ref", { 4: { k: { 0: entry, kc: 1 }, stream: ["09", ...OPERATIONS.slice(1)] } }],
  [
    "wrong-limit-end",
    {
      4: {
        k: { 0: entry, kc: 1 },
        stream: [
          "0",
          [
            ["messages-1", -1, 30, false],
            ["messages-2", 0, null, false],
          ],
          ["messages-3"],
        ],
      },
    },
  ],
])("%s misprints diffs and answers, and no join", (fault, misprinted) => {
  const { sent, say } = socket(fault);
  const reply = (of: unknown): Frame => [
    "1",
    "5",
    "lv:a",
    "phx_reply",
    { status: "ok", response: { diff: of } },
  ];
  say(JOINED, diff(DIFF), reply(DIFF));
  expect(sent).toEqual([JOINED, diff(misprinted), reply(misprinted)]);
});
