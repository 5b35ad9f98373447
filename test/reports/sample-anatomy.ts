import type { Anatomy, AnatomyPart } from "../../harness/core/anatomy.ts";
import type { Metric } from "../../harness/core/metric.ts";
import { deflatedBytes, deflatedTakeoverBytes, payloadBytes } from "../../harness/core/metric-names.ts";
import type { RunResult } from "../../harness/core/run-result.ts";
import { passedResult } from "./sample-result.ts";

/** An anatomy of these parts. */
export function anatomyOf(
  parts: readonly AnatomyPart[],
  { samples = 1, items = 1 }: { readonly samples?: number; readonly items?: number } = {},
): Anatomy {
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  return { samples, items, bytes, parts: [...parts] };
}

/** The metrics of an operation of which all frames were taken apart, deflated to these means where that is given. */
export function dissectedMetrics(
  mode: string,
  operation: string,
  anatomy: Anatomy,
  deflated: readonly [alone: number, inContext: number] | [] = [],
): Metric[] {
  const { samples: count } = anatomy;
  const exact = (name: string, mean: number): Metric => ({
    name,
    mode,
    operation,
    unit: "bytes",
    kind: "exact",
    values: { count, min: Math.floor(mean), max: Math.ceil(mean), sum: mean * count, mean },
  });
  const [alone, inContext] = deflated;
  return [
    { ...exact(payloadBytes(operation), anatomy.bytes / count), anatomy } as Metric,
    ...(alone === undefined ? [] : [exact(deflatedBytes(operation), alone)]),
    ...(inContext === undefined ? [] : [exact(deflatedTakeoverBytes(operation), inContext)]),
  ];
}

const part = (
  name: AnatomyPart["part"],
  slot: string,
  bytes: number,
  more: Partial<AnatomyPart> = {},
): AnatomyPart => ({ part: name, slot, bytes, times: 1, ...more });

const DETAILS = "web/chat/message-details.ts:10";
const CONTENT = "streams.messages[].item.content";

/** An insert into a stream, as the reference server has it, in two frames. The figures are invented. */
export const streamInsert = anatomyOf(
  [
    part("dynamics", "8.0.*.0", 40, {
      times: 2,
      source: "web/chat/stream-mode.ts:53 id={streams.messages[].domId}",
    }),
    part("dynamics", "8.0.*.1.2", 20, { times: 2, source: `${DETAILS} streams.messages[].item.senderName` }),
    part("dynamics", "8.0.*.1.6", 121, {
      times: 2,
      source: `${DETAILS} ${CONTENT}`,
      near: '<p class="content">',
    }),
    part("entries", "8.0", 2, { times: 2, source: "web/chat/stream-mode.ts:63 each streams.messages" }),
    { part: "envelope", bytes: 88, times: 2 },
    { part: "punctuation", bytes: 311, times: 2 },
    part("statics", "8.0.*.1", 286, { times: 2, again: 286, source: DETAILS, near: '<span class="avatar"' }),
    part("stream", "8.0", 80, { times: 2, source: "web/chat/stream-mode.ts:63 each streams.messages" }),
  ],
  { samples: 2, items: 2 },
);

/** A delete in the middle of a list tracked by index, of a server that tells nothing of its templates. */
export const indexedDelete = anatomyOf([
  part("dynamics", "8.0.*.0", 95, { times: 5, near: "<article" }),
  part("dynamics", "8.0.*.1.6", 285, { times: 5, near: '<p class="content">' }),
  part("entries", "8.0", 1, { near: '<div id="messages">' }),
  { part: "envelope", bytes: 44, times: 1 },
  { part: "punctuation", bytes: 250, times: 1 },
]);

/** The editor of a message is opened, and all messages are rendered again. */
export const rerendered = anatomyOf(
  [
    part("dynamics", "8.0.*.1.6", 600, {
      times: 10,
      again: 600,
      source: `${DETAILS} messages[].content, editing`,
    }),
    part("dynamics", "11.0.4", 26, { source: "web/chat/edit-dialog.ts:20 editing.content" }),
    { part: "envelope", bytes: 84, times: 1 },
    part("events", "opened \u001b[2J", 30),
    { part: "punctuation", bytes: 160, times: 1 },
    { part: "reply", bytes: 12, times: 1 },
    part("statics", "11.0", 319, { source: "web/chat/edit-dialog.ts:20", near: '<div id="edit-wrap"' }),
    { part: "title", bytes: 8, times: 1 },
  ],
  { items: 0 },
);

/** A run whose frames were taken apart, in two modes. */
export const dissectedResult: RunResult = {
  ...passedResult,
  metrics: [
    ...dissectedMetrics("stream", "insert", streamInsert, [333, 63]),
    ...dissectedMetrics("stateful", "delete", indexedDelete, [560, 545]),
    ...dissectedMetrics("stateful", "other", rerendered),
  ],
};
