import { afterEach, expect, it } from "vitest";
import type { AnyView } from "../../reference-server/live/view.ts";
import { differences } from "./wire-page/differences.ts";
import type { StepName } from "./wire-page/steps.ts";
import {
  openWireSession,
  type StepFrames,
  type WireSession,
  type WireSetup,
} from "./wire-page/wire-session.ts";
import type { WireModeName } from "./wire-page/wire-view.ts";

let session: WireSession | undefined;

afterEach(async () => {
  await session?.close();
  session = undefined;
});

async function played(mode: WireModeName, last: StepName, setup?: WireSetup): Promise<readonly StepFrames[]> {
  session = await openWireSession(mode, setup);
  return session.takeUntil(last);
}

/**
 * The recordings, how far they are followed, and how many frames the server sends until there. In `full`, the fifty
 * inserts and the reloads of the list raced each other when they were recorded.
 */
const RECORDINGS: readonly (readonly [WireModeName, StepName, number])[] = [
  ["stream", "creates_50", 78],
  ["limited", "creates_50", 78],
  ["stateful", "creates_50", 78],
  ["keyed", "creates_50", 78],
  ["append", "creates_50", 75],
  ["full", "presence_leave", 28],
];

it.each(RECORDINGS)("%s sends the frames that were recorded, to the byte", async (mode, last, frames) => {
  const steps = await played(mode, last);
  expect(steps.flatMap(differences)).toEqual([]);
  expect(steps.flatMap(({ sent }) => sent)).toHaveLength(frames);
});

it.each(["stream", "stateful", "keyed", "append"] as const)("%s ends as it was recorded", async (mode) => {
  session = await openWireSession(mode);
  await session.take("join");
  expect(differences(await session.take("leave"))).toEqual([]);
});

/** The same view, with one character more behind the last of its statics. */
function changedByOneByte(view: AnyView): AnyView {
  const { template } = view;
  return {
    ...view,
    template: { ...template, statics: [...template.statics.slice(0, -1), `${template.statics.at(-1)} `] },
  };
}

it("a template with one byte more is seen", async () => {
  const [join] = await played("stream", "join", { view: changedByOneByte });
  expect(join && differences(join)).toContain("join: 7155 bytes where 7154 were recorded");
});

/** The sizes in brackets in WIRE.md's table of costs: the same steps in a room of 1,100 messages, 1,000 on the page. */
it.each([
  ["stateful", { join: 398_582, remote_create: 845, load_more_1: 374_915 }],
  ["keyed", { join: 398_588, remote_create: 845, load_more_1: 14_255 }],
] as const)("%s costs what a real server's costs at 1,000 messages, to the byte", async (mode, expected) => {
  const steps = await played(mode, "load_more_1", { messages: 1100, mounted: 1000, middle: 101_095 });
  const bytes = Object.fromEntries(
    steps.map(({ step, sent }) => [step, Buffer.byteLength(sent.at(-1) ?? "")]),
  );
  expect(bytes).toMatchObject(expected);
});
