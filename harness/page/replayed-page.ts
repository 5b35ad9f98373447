import type { RecordedViewer } from "../core/recording.ts";
import { encodeFrame } from "../protocol/envelope.ts";
import { FrameDecoder } from "../protocol/frame-decoder.ts";
import { EVENT } from "../protocol/wire-keys.ts";
import { checkInvariants, type Violation } from "./invariants.ts";
import type { Item } from "./item.ts";
import { type ListChange, noChange } from "./list-change.ts";
import { createListReader } from "./list-reader.ts";
import { LivePage } from "./live-page.ts";
import { classifyOperation, type ListOperation } from "./operation.ts";

/** What one recorded frame did to the list. */
export interface ReplayedFrame {
  readonly operation: ListOperation;
  readonly change: ListChange;
  /** The first invariant that it breaks; null where it keeps them all. */
  readonly violation: Violation | null;
}

/** The page of a simulated user that is given recorded frames, one by one. */
export class ReplayedPage {
  readonly #decoder = new FrameDecoder();
  readonly #page: LivePage;

  /** @throws ProtocolError where the page cannot be made again; UsageError for a selector that is none */
  constructor({ list, base }: Pick<RecordedViewer, "list" | "base">) {
    const reader = createListReader({ list: list.container, fields: list.fields });
    const answer = { status: "ok", response: { rendered: base.rendered } };
    const frame = this.#decode(EVENT.reply, JSON.stringify(answer));
    if (frame.kind !== "reply" || frame.reply.rendered === null)
      throw new RangeError("no page to begin from");
    this.#page = new LivePage(reader, frame.reply.rendered);
    for (const diff of base.diffs) this.take({ event: EVENT.diff, payloadText: JSON.stringify(diff) });
  }

  /** The list as it is now. */
  get items(): readonly Item[] {
    return this.#page.items;
  }

  /** Gives it the next frame. @throws ProtocolError where that does not fit the page */
  take({
    event,
    payloadText,
  }: Pick<RecordedViewer["frames"][number], "event" | "payloadText">): ReplayedFrame {
    const frame = this.#decode(event, payloadText);
    const diff = frame.kind === "diff" ? frame.diff : frame.kind === "reply" ? frame.reply.diff : null;
    const change = diff === null ? noChange(this.items) : this.#page.apply(diff);
    const [violation] = checkInvariants(change);
    return { operation: classifyOperation(change), change, violation: violation ?? null };
  }

  #decode(event: string, payloadText: string) {
    const envelope = encodeFrame(null, null, "lv:replayed", event, null);
    return this.#decoder.decode(`${envelope.slice(0, -"null]".length)}${payloadText}]`);
  }
}
