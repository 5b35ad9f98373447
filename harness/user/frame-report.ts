import type { Bytes, Micros } from "../core/units.ts";
import type { ListChange } from "../page/list-change.ts";
import { classifyOperation, type ListOperation } from "../page/operation.ts";
import { frameText } from "../protocol/envelope.ts";
import type { Frame } from "../protocol/frame-decoder.ts";
import type { Tree } from "../protocol/rendered.ts";
import { EVENT, SOCKET_TOPIC } from "../protocol/wire-keys.ts";
import type { ReceivedFrame } from "./socket-owner.ts";

/**
 * What a frame did, told from the wire and the list alone. Beside the list's operations: `join`, the answer
 * with the whole page; `reply`, an answer that changes nothing on the page; `components`, an answer to a page that told
 * which components have left it; `heartbeat`; `control`, the rest of the channel's own conversation.
 */
export type FrameOperation = ListOperation | "join" | "reply" | "components" | "heartbeat" | "control";

/** One frame that a simulated user received, after it was merged. */
export interface FrameReport {
  /** The user's name. */
  readonly user: string;
  /** Read first thing when the socket hands the frame over. */
  readonly receivedAt: Micros;
  /** When the user's page was up to date with it. */
  readonly mergedAt: Micros;
  /** Of the text frame, without the WebSocket's own header. */
  readonly bytes: Bytes;
  /** The frame: verbatim, but for characters of its envelope that JSON may write in several ways. */
  readonly text: string;
  readonly event: string;
  readonly operation: FrameOperation;
  readonly change: ListChange;
  /** What the view that it is for had rendered before it, and has now; null for nothing, or where it is for no view. */
  readonly treeBefore: Tree | null;
  readonly treeAfter: Tree | null;
}

/** What a frame did to the list, and to the tree of the view that it was for. */
export interface MergedChange {
  readonly change: ListChange;
  readonly before: Tree | null;
  readonly after: Tree | null;
}

/** A report of a received frame, whose text is only made where somebody asks for it. */
export class MergedFrame implements FrameReport {
  readonly user: string;
  readonly receivedAt: Micros;
  readonly mergedAt: Micros;
  readonly bytes: Bytes;
  readonly event: string;
  readonly operation: FrameOperation;
  readonly change: ListChange;
  readonly #frame: Frame;
  readonly #treeBefore: Tree | null;
  readonly #treeAfter: Tree | null;

  constructor(
    user: string,
    received: ReceivedFrame,
    { change, before, after }: MergedChange,
    mergedAt: Micros,
  ) {
    const { frame, channel, receivedAt, bytes } = received;
    this.user = user;
    this.receivedAt = receivedAt;
    this.mergedAt = mergedAt;
    this.bytes = bytes;
    this.event = frame.event;
    this.operation = operationOf(frame, change, channel?.eventAnsweredBy(frame) ?? null);
    this.change = change;
    this.#frame = frame;
    this.#treeBefore = before;
    this.#treeAfter = after;
  }

  get treeBefore(): Tree | null {
    return this.#treeBefore;
  }

  get treeAfter(): Tree | null {
    return this.#treeAfter;
  }

  get text(): string {
    return frameText(this.#frame);
  }
}

const OF_COMPONENTS: ReadonlySet<string | null> = new Set([EVENT.cidsWillDestroy, EVENT.cidsDestroyed]);

/**
 * Names what a frame did.
 *
 * @param answered the event that it answers, if any
 */
export function operationOf(frame: Frame, change: ListChange, answered: string | null): FrameOperation {
  if (frame.topic === SOCKET_TOPIC) return "heartbeat";
  if (frame.kind === "diff") return classifyOperation(change);
  if (frame.kind !== "reply" || frame.event !== EVENT.reply) return "control";
  if (OF_COMPONENTS.has(answered)) return "components";
  const { rendered, diff } = frame.reply;
  if (rendered !== null) return "join";
  const changes = diff !== null && (diff.root !== null || diff.components.length > 0);
  return changes ? classifyOperation(change) : "reply";
}
