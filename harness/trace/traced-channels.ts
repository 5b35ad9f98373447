import type { Anatomy } from "../core/anatomy.ts";
import { BenchError } from "../core/errors.ts";
import type { TracedEffect, TracedOperation } from "../core/trace.ts";
import { AnatomyLedger, type SourceOf } from "../measure/anatomy-ledger.ts";
import { NONE_APPENDED } from "../page/append-rows.ts";
import { type ListChange, noChange } from "../page/list-change.ts";
import { LivePage } from "../page/live-page.ts";
import { classifyOperation } from "../page/operation.ts";
import { dissect } from "../protocol/anatomy/dissect.ts";
import { KnownTemplates } from "../protocol/anatomy/known-templates.ts";
import { type Channel, type ChannelOutput, newChannel, step } from "../protocol/channel.ts";
import type { Diff } from "../protocol/diff.ts";
import { type Frame, FrameDecoder } from "../protocol/frame-decoder.ts";
import { isJsonObject } from "../protocol/json.ts";
import { withoutOverflow } from "../protocol/protocol-error.ts";
import { EVENT, VIEW_TOPIC } from "../protocol/wire-keys.ts";
import type { ListReaders } from "./list-readers.ts";

/** What a frame did to the page, and where its bytes went. */
export type FrameEffect = Pick<TracedOperation, "effect" | "problem" | "anatomy">;

/** What the page sent on a channel. */
export interface SentPush {
  readonly ref: string;
  readonly topic: string;
  readonly event: string;
  readonly payload: unknown;
}

interface TracedChannel {
  channel: Channel;
  /** What its view has rendered; null where it has not joined, or is none. */
  page: LivePage | null;
}

/** What a diff changed. */
interface Change {
  readonly diff: Diff;
  readonly change: ListChange;
}

/** The channels of a page, followed by what went over its WebSockets, and what its views have rendered. */
export class TracedChannels {
  readonly #decoder = new FrameDecoder();
  readonly #readers: ListReaders;
  readonly #sourceOf: SourceOf;
  /** By socket, and by topic. */
  readonly #channels = new Map<string, Map<string, TracedChannel>>();
  /** What views had rendered whose connection has ended, by topic: they may join again. */
  readonly #left = new Map<string, LivePage>();
  #known = new KnownTemplates();

  constructor(readers: ListReaders, sourceOf: SourceOf) {
    this.#readers = readers;
    this.#sourceOf = sourceOf;
  }

  /** Takes what the page has sent. */
  sent(socket: string, { ref, topic, event, payload }: SentPush): void {
    const channels = this.#channels.get(socket) ?? new Map<string, TracedChannel>();
    this.#channels.set(socket, channels);
    const known = channels.get(topic);
    if (event === EVENT.join) {
      if (channels.size === 0 && isNewDocument(payload)) this.#beginDocument();
      const kind = topic.startsWith(VIEW_TOPIC) ? "view" : "application";
      const { channel } = step(newChannel(topic, kind), { kind: "join", ref, payload });
      channels.set(topic, { channel, page: known?.page ?? this.#left.get(topic) ?? null });
    } else if (known !== undefined) {
      const isLeave = event === EVENT.leave;
      const input = isLeave
        ? ({ kind: "leave", ref } as const)
        : ({ kind: "push", ref, event, payload } as const);
      known.channel = step(known.channel, input).channel;
    }
  }

  /** Takes a frame that the page has received. A channel that was not seen to be joined is nobody's. */
  received(socket: string, topic: string, text: string): FrameEffect {
    const traced = this.#channels.get(socket)?.get(topic);
    if (traced === undefined)
      return { effect: null, problem: "its channel was joined before the trace began" };
    try {
      return this.#merge(traced, text);
    } catch (thrown) {
      const error = withoutOverflow(thrown);
      if (!(error instanceof BenchError)) throw error;
      // What came of it nobody knows, nor what later frames do to it.
      traced.page = null;
      return { effect: null, problem: error.message };
    }
  }

  /** A connection has ended. */
  closed(socket: string): void {
    for (const [topic, { page }] of this.#channels.get(socket) ?? [])
      if (page !== null) this.#left.set(topic, page);
    this.#channels.delete(socket);
  }

  /** A document knows no template. */
  #beginDocument(): void {
    this.#known = new KnownTemplates();
    this.#left.clear();
  }

  #merge(traced: TracedChannel, text: string): FrameEffect {
    const frame = this.#decoder.decode(text);
    const before = traced.page?.tree ?? null;
    const { channel, outputs } = step(traced.channel, { kind: "frame", frame });
    traced.channel = channel;
    const changes = outputs.flatMap((output) => this.#apply(traced, output) ?? []);
    const refused = outputs.find((output) => output.kind === "refused");
    const problem = refused && { problem: `it was refused: ${refused.reason}` };
    const [done] = changes;
    const after = traced.page?.tree ?? null;
    if (done === undefined || after === null) return { effect: answerEffect(frame), ...problem };
    const anatomy = this.#anatomy(dissect(text, { before, after }, this.#known), done.change);
    return { effect: effectOf(frame, done), anatomy, ...problem };
  }

  #apply(traced: TracedChannel, output: ChannelOutput): Change | null {
    if (output.kind === "joined") {
      const { rendered } = output;
      const appended = traced.page?.appended ?? NONE_APPENDED;
      traced.page = new LivePage(this.#readers.of(rendered), rendered, "elsewhere", appended);
      return { diff: rendered, change: noChange(traced.page.items) };
    }
    const diff = output.kind === "diff" ? output.diff : output.kind === "reply" ? output.reply.diff : null;
    return diff === null || traced.page === null ? null : { diff, change: traced.page.apply(diff) };
  }

  #anatomy(parts: ReturnType<typeof dissect>, change: ListChange): Anatomy {
    const { inserted, updated, repeated, removed } = change;
    const items = inserted.length + updated.length - repeated.length + removed.length;
    const ledger = new AnatomyLedger();
    ledger.record("", { operation: "", items, parts });
    const anatomy = ledger.of("", "", undefined, this.#sourceOf);
    if (anatomy === undefined) throw new Error("of a frame that was taken there is an anatomy");
    return anatomy;
  }
}

/** Whether this is the first join of a document. Source: `connectParams` in view.ts, which counts a view's joins. */
function isNewDocument(payload: unknown): boolean {
  const { params, redirect }: { params?: unknown; redirect?: unknown } = isJsonObject(payload) ? payload : {};
  return isJsonObject(params) && params._mounts === 0 && redirect === undefined;
}

/** What a frame without a tree and a diff did. */
const answerEffect = (frame: Frame): TracedEffect | null =>
  frame.event === EVENT.reply && (frame.kind === "reply" || frame.kind === "answer") ? "nothing" : null;

function effectOf(frame: Frame, { diff, change }: Change): TracedEffect {
  const isReply = frame.kind === "reply";
  // A join shows what was there.
  if (isReply && frame.reply.rendered !== null) return "nothing";
  if (isReply && diff.root === null && diff.components.length === 0) return "nothing";
  const operation = classifyOperation(change);
  return operation === "other" ? "beside" : operation;
}
