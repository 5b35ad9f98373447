import type { OperationCase } from "../core/step.ts";
import { type Micros, micros } from "../core/units.ts";
import { type DueToken, findDueToken } from "../load/due-token.ts";
import { checkInvariants } from "../page/invariants.ts";
import type { FrameOperation, FrameReport } from "../user/frame-report.ts";
import type { RunRecorder } from "./recorder.ts";

/** An insert that a user received, and the number of the message in the run. */
export type OnInsert = (user: string, sequence: number, itemId: string) => void;

/** What a user received a second time, exactly as it was, and the number of its message in the run. */
export type OnRepeat = (user: string, sequence: number) => void;

/** What the frames of a mode are measured against. */
export interface FrameObserverOptions {
  readonly mode: string;
  readonly recorder: RunRecorder;
  /** When the deletion of an item was due, by its DOM id: a deletion carries no text that could tell. */
  readonly deletionsDue: ReadonlyMap<string, Micros>;
  readonly onInsert: OnInsert;
  readonly onRepeat: OnRepeat;
}

/** The channel's own conversation is not measured: how much of it there is depends on how long a run takes. */
export const UNMEASURED: ReadonlySet<FrameOperation> = new Set(["heartbeat", "control"]);

/** What these bring was written before: a page of history, the page of another room. */
const BRINGS_OLD: ReadonlySet<FrameOperation> = new Set(["prepend", "reset"]);

/** In the answer to a join (`phoenix_live_view/channel.ex`). */
const LIVEVIEW_VERSION = /"liveview_version":"([^"]+)"/;

/**
 * Measures the frames of a mode's simulated users: bytes by operation, latency from the due time that a message
 * carries, and the invariants that hold while messages fly.
 */
export class FrameObserver {
  readonly #options: FrameObserverOptions;
  #lastFrameUs = micros(0);
  #step = "mount";
  #case: OperationCase | undefined;

  constructor(options: FrameObserverOptions) {
    this.#options = options;
  }

  /** When the last frame came that is not the channel's own conversation. */
  get lastFrameUs(): Micros {
    return this.#lastFrameUs;
  }

  /** Names the step under which failures are reported from now on, and the case that its frames are of. */
  enter(step: string, measured?: OperationCase): void {
    this.#step = step;
    this.#case = measured;
  }

  /** Takes a frame, after it was merged. */
  readonly observe = (report: FrameReport): void => {
    const { mode, recorder, deletionsDue } = this.#options;
    if (UNMEASURED.has(report.operation)) return;
    this.#lastFrameUs = report.receivedAt;
    recorder.bytes.record(mode, report.operation, report.bytes);
    if (report.operation === this.#case?.operation) {
      recorder.bytes.record(mode, report.operation, report.bytes, this.#case.name);
    }
    if (report.operation === "join") {
      recorder.liveViewVersion ??= LIVEVIEW_VERSION.exec(report.text)?.[1];
      return;
    }
    this.#checkInvariants(report);
    if (BRINGS_OLD.has(report.operation)) return;
    for (const id of report.change.inserted) this.#written("insert", id, report);
    const { updated, repeated } = report.change;
    for (const id of updated) if (!repeated.includes(id)) this.#written("update", id, report);
    // What is written once comes once: a stream that sends it again as it was has delivered it twice.
    for (const id of repeated) this.#repeated(id, report);
    for (const id of report.change.removed) this.#latency("delete", report, deletionsDue.get(id));
  };

  #written(operation: "insert" | "update", id: string, report: FrameReport): void {
    const token = tokenOf(id, report);
    if (token === undefined) return;
    this.#latency(operation, report, token.dueUs);
    if (operation === "insert") this.#options.onInsert(report.user, token.sequence, id);
  }

  #repeated(id: string, report: FrameReport): void {
    const token = tokenOf(id, report);
    if (token !== undefined) this.#options.onRepeat(report.user, token.sequence);
  }

  #latency(operation: string, { receivedAt, mergedAt }: FrameReport, dueUs: Micros | undefined): void {
    // What was due at the beginning of time was due at none: the run measures bytes alone.
    if (dueUs === undefined || dueUs === 0) return;
    const { mode, recorder } = this.#options;
    recorder.latency(mode, operation, "frame", micros(receivedAt - dueUs));
    recorder.latency(mode, operation, "page", micros(mergedAt - dueUs));
  }

  #checkInvariants({ user, change }: FrameReport): void {
    const { mode, recorder } = this.#options;
    const [violation] = checkInvariants(change);
    if (violation === undefined) return recorder.checks.pass("frame-invariant", mode);
    const { kind, id } = violation;
    recorder.checks.fail({
      kind: "frame-invariant",
      mode,
      step: this.#step,
      who: user,
      expected: EXPECTED[kind],
      actual: kind,
      item: id,
      message: `${user}: after a frame, ${id} is wrong: ${EXPECTED[kind]} was expected`,
    });
  }
}

/** What the text of an item says of when it was due. */
function tokenOf(id: string, { change }: FrameReport): DueToken | undefined {
  const item = change.after.findLast((candidate) => candidate.id === id);
  return findDueToken(item?.fields.content ?? item?.text ?? "");
}

const EXPECTED = {
  "duplicate-id": "each id once",
  "update-moved": "an updated item where it was",
  "delete-left": "a deleted item gone",
} as const;
