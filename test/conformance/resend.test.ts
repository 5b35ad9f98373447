import { afterEach, expect, it } from "vitest";
import { renderedSocket } from "../reference-server/live/rendered-socket.ts";
import { recording } from "./recording.ts";
import { STEPS, type StepName } from "./wire-page/steps.ts";
import { openWireSession, type WireSession } from "./wire-page/wire-session.ts";
import type { WireAssigns } from "./wire-page/wire-template.ts";
import { wireView } from "./wire-page/wire-view.ts";

let session: WireSession | undefined;

afterEach(async () => {
  await session?.close();
  session = undefined;
});

type Json = { readonly [key: string]: unknown };

/** The slot of the list on the page under `wire-page/`, and the first message on it. */
const LIST = "4";
const FIRST_ID = 100_491;
/** The steps that only change the list. */
const CHANGES: readonly StepName[] = [
  "remote_create",
  "update",
  "update_again",
  "update_middle",
  "delete_last",
  "delete_middle",
];

/** Takes the steps one by one, and shows the diff of those that change the list. */
async function* listDiffs(
  current: WireSession,
): AsyncGenerator<{ readonly step: StepName; readonly diff: Json }> {
  for (const step of STEPS.slice(0, STEPS.indexOf("delete_middle") + 1)) {
    const { sent } = await current.take(step);
    if (CHANGES.includes(step)) yield { step, diff: diffOf(sent[0] ?? "") };
  }
}

/** The tree or diff that a frame brings. */
function diffOf(text: string): Json {
  const payload = JSON.parse(text)[4];
  return payload.response?.rendered ?? payload.response?.diff ?? payload;
}

/** The value with the statics themselves where it names them by number. */
function resolved(value: unknown, templates: Json): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    key === "s" ? templates[String(inner)] : resolved(inner, templates),
  ]);
  return Object.fromEntries(entries);
}

/** The list of the page, rendered for somebody who comes now. */
function freshList(current: WireSession): unknown {
  const { template } = wireView("resend", current.chat, 10);
  const { socket, next } = renderedSocket<WireAssigns>(template);
  const messages = current.chat.messages.filter(({ id }) => id >= FIRST_ID);
  socket.assign({
    messages,
    rooms: [],
    members: [],
    form: { content: "" },
    editForm: { id: "", content: "" },
  });
  const tree = JSON.parse(JSON.stringify(next()));
  return resolved({ k: tree[LIST].k }, tree.p);
}

it("resend sends what a fresh full render has, at every change of the list, but for the list's own statics", async () => {
  session = await openWireSession("resend");
  for await (const { step, diff } of listDiffs(session)) {
    expect(resolved(diff[LIST], diff.p as Json), step).toEqual(freshList(session));
  }
});

/** How a list is sent: the slots of its entries, and where its statics and those within it are. */
interface ListShape {
  /** Whether every entry has all of its slots. */
  readonly whole: boolean;
  readonly ownStatics: boolean;
  /** Whether each template within an entry names statics that this frame shares. */
  readonly shared: boolean;
}

/** @param list a comprehension in the format before 1.1 (`d`) or after (`k`). */
function shapeOf(list: Json, templates: Json): ListShape {
  const { kc: _, ...keyed } = (list.k ?? {}) as Json;
  const entries = (list.d ?? Object.values(keyed)) as readonly object[];
  const sizes = new Set(entries.map((entry) => Object.keys(entry).length));
  const named = [...JSON.stringify(entries).matchAll(/"s":([^,}\]]+)/g)].map(([, statics]) => statics ?? "");
  return {
    whole: entries.length > 1 && sizes.size === 1,
    ownStatics: list.s !== undefined,
    shared: named.length > 0 && named.every((statics) => statics in templates),
  };
}

/** Where the list is on the page that was recorded with LiveView 1.0. */
function recordedLists(): readonly Json[] {
  return recording("lv-1.0-stateful")
    .filter(({ dir, step }) => dir === "in" && step !== "join")
    .map(({ data }) => (diffOf(data) as { 0?: { 3?: { 1?: Json } } })[0]?.[3]?.[1])
    .filter((list) => list !== undefined);
}

it("a list in resend has the shape that LiveView 1.0 gave to a list in assigns", async () => {
  const recorded = recordedLists().map((list) => shapeOf(list, list.p as Json));
  expect(recorded).toHaveLength(5);
  session = await openWireSession("resend");
  const ours: ListShape[] = [];
  for await (const { diff } of listDiffs(session)) ours.push(shapeOf(diff[LIST] as Json, diff.p as Json));
  expect(ours).toHaveLength(CHANGES.length);
  expect(new Set([...recorded, ...ours].map((shape) => JSON.stringify(shape)))).toEqual(
    new Set([JSON.stringify({ whole: true, ownStatics: false, shared: true })]),
  );
});
