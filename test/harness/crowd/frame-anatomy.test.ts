import { expect, test } from "vitest";
import { bytes, micros } from "../../../harness/core/units.ts";
import { FrameAnatomy, LONGEST_ANSWER_BYTES } from "../../../harness/crowd/frame-anatomy.ts";
import { AnatomyLedger } from "../../../harness/measure/anatomy-ledger.ts";
import { noChange } from "../../../harness/page/list-change.ts";
import { Interner } from "../../../harness/protocol/intern.ts";
import { firstTree, merge } from "../../../harness/protocol/merge.ts";
import type { FrameOperation, FrameReport } from "../../../harness/user/frame-report.ts";
import { diffOf, treeOf } from "../protocol/tree.ts";

const PAGE = { s: ["<p>", "</p>"], 0: "a" };
const before = treeOf(PAGE);
const after = treeOf(PAGE, { 0: "b" });

/** A frame that changes the page's one slot, in which one item was inserted and two were changed, one of them to what it was. */
function frame(event: "diff" | "phx_reply", operation: FrameOperation, text?: string): FrameReport {
  const payload = event === "diff" ? { 0: "b" } : { status: "ok", response: { diff: { 0: "b" } } };
  const said = text ?? JSON.stringify(["4", "9", "lv:phx-a", event, payload]);
  const change = { ...noChange([]), inserted: ["m-1"], updated: ["m-2", "m-3"], repeated: ["m-3"] };
  const at = micros(1);
  const told = {
    user: "ada",
    receivedAt: at,
    mergedAt: at,
    bytes: bytes(Buffer.byteLength(said)),
    text: said,
  };
  return { ...told, event, operation, change, treeBefore: before, treeAfter: after };
}

function taking() {
  const ledger = new AnatomyLedger();
  const anatomy = new FrameAnatomy("stream", ledger);
  const samples = (operation: string, caseName?: string) =>
    ledger.of("stream", operation, caseName)?.samples ?? 0;
  return { ledger, anatomy, samples };
}

test("every frame of the witness is taken apart, of the case of its step besides, but for the channel's own conversation", () => {
  const { ledger, anatomy, samples } = taking();
  const again = { name: "again", title: "again", operation: "update" } as const;
  for (const operation of ["insert", "update", "reply", "join", "heartbeat", "control"] as const)
    anatomy.ofWitness(frame("diff", operation), again);
  const seen = ["insert", "update", "reply", "join", "heartbeat", "control"].map((one) => samples(one));
  expect(seen).toEqual([1, 1, 1, 1, 0, 0]);
  expect([samples("insert", "again"), samples("update", "again")]).toEqual([0, 1]);
  expect(ledger.of("stream", "insert")).toMatchObject({ bytes: 37, items: 2 });
});

test("of others only answers are taken apart, no joins and none that is too long", () => {
  const { anatomy, samples } = taking();
  anatomy.ofOthers(frame("diff", "insert"), undefined);
  anatomy.ofOthers(frame("phx_reply", "join"), undefined);
  anatomy.ofOthers(frame("phx_reply", "control"), undefined);
  anatomy.ofOthers(frame("phx_reply", "prepend"), undefined);
  const long = JSON.stringify("x".repeat(LONGEST_ANSWER_BYTES - 1));
  anatomy.ofOthers(frame("phx_reply", "other", long), undefined);
  expect(["insert", "join", "control", "prepend", "other"].map((one) => samples(one))).toEqual([
    0, 0, 0, 1, 0,
  ]);
});

test("a list's templates are known from the page of whoever joined first", () => {
  const list = (text: string, join: boolean) => ({
    ...(join && { s: ["", ""] }),
    0: {
      ...(join && { s: ["<li>", "</li>"] }),
      p: { 0: ["<b>", "</b>"] },
      k: { 0: { 0: { s: 0, 0: text } }, kc: 1 },
      stream: ["0", [[text, -1, null, false]], []],
    },
  });
  const interner = new Interner();
  const joined = firstTree(diffOf(list("a", true), interner)).tree;
  const pushed = merge(joined, diffOf(list("b", false), interner)).tree;
  const text = JSON.stringify(["4", null, "lv:phx-a", "diff", list("b", false)]);
  const push = { ...frame("diff", "insert", text), treeBefore: joined, treeAfter: pushed };
  const statics = ({ ledger }: ReturnType<typeof taking>) =>
    ledger.of("stream", "insert")?.parts.find(({ part }) => part === "statics");

  const knowing = taking();
  knowing.anatomy.ofOthers({ ...frame("phx_reply", "join"), treeAfter: joined }, undefined);
  knowing.anatomy.ofWitness(push, undefined);
  expect(statics(knowing)).toMatchObject({ slot: "0.*.0", bytes: 7, again: 7 });

  const unknowing = taking();
  unknowing.anatomy.ofWitness(push, undefined);
  expect(statics(unknowing)).not.toHaveProperty("again");
});
