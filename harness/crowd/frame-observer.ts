import { latency, uncorrected } from "../core/metric-names.ts";
import type { OperationCase } from "../core/step.ts";
import { type Micros, micros } from "../core/units.ts";
import type { LatencyRecorder } from "../measure/latency-recorder.ts";
import type { FrameOperation, FrameReport } from "../user/frame-report.ts";
import { type ChangeReading, RecentReadings } from "./change-reading.ts";
import type { RunRecorder } from "./recorder.ts";
import { toldFrame } from "./told-frame.ts";

/** An insert that a user received, and the number of the message in the run. */
export type OnInsert = (user: string, sequence: number, itemId: string) => void;

/** What a user received a second time, exactly as it was, and the number of its message in the run. */
export type OnRepeat = (user: string, sequence: number) => void;

/** When something was due, and when it was really begun. */
export interface DueStart {
  readonly dueUs: Micros;
  readonly startUs: Micros;
}

/** What the frames of a mode are measured against. */
export interface FrameObserverOptions {
  readonly mode: string;
  readonly recorder: RunRecorder;
  /** When the deletion of an item was due, by its DOM id: a deletion carries no text that could tell. */
  readonly deletionsDue: ReadonlyMap<string, DueStart>;
  readonly onInsert: OnInsert;
  /** The one user whose frames are measured; absent: everybody's are. */
  readonly only?: string;
  readonly onRepeat: OnRepeat;
}

/** Where the latencies of one operation are recorded. */
interface Recorders {
  readonly fromDue: Readonly<Record<"frame" | "page", LatencyRecorder>>;
  readonly fromStart: Readonly<Record<"frame" | "page", LatencyRecorder>>;
}

/** The channel's own conversation is not measured: how much of it there is depends on how long a run takes. */
export const UNMEASURED: ReadonlySet<FrameOperation> = new Set(["heartbeat", "control"]);

/**
 * Whether what a frame brings was written before: a page of history, the page of another room. A list that starts anew with
 * all that was on the page is the same list, and what it has besides is new.
 */
function bringsOld({ operation, change }: FrameReport): boolean {
  if (operation === "prepend") return true;
  return operation === "reset" && (change.before.length === 0 || change.removed.length > 0);
}

/** In the answer to a join (`phoenix_live_view/channel.ex`). */
const LIVEVIEW_VERSION = /"liveview_version":"([^"]+)"/;

/**
 * Measures the frames of a mode's simulated users: bytes by operation, latency from the due time that a message
 * carries and from its real start, and the invariants that hold while messages fly.
 */
export class FrameObserver {
  readonly #options: FrameObserverOptions;
  readonly #readings = new RecentReadings();
  readonly #recorders = new Map<string, Recorders>();
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
    const { recorder, deletionsDue, onInsert, onRepeat } = this.#options;
    const { operation, change, user } = report;
    if (UNMEASURED.has(operation)) return;
    this.#lastFrameUs = report.receivedAt;
    this.#measure(report);
    if (operation === "join") {
      recorder.liveViewVersion ??= LIVEVIEW_VERSION.exec(report.text)?.[1];
      return;
    }
    const reading = this.#readings.of(change);
    this.#checkInvariants(report, reading);
    if (bringsOld(report)) return;
    for (const written of reading.written) {
      const { kind, sequence, id } = written;
      if (kind === "repeat") onRepeat(user, sequence);
      else this.#latency(kind, report, written);
      if (kind === "insert") onInsert(user, sequence, id);
    }
    for (const id of change.removed) {
      const due = deletionsDue.get(id);
      if (due !== undefined) this.#latency("delete", report, due);
    }
  };

  #measure({ user, operation, bytes }: FrameReport): void {
    const { mode, recorder, only = user } = this.#options;
    if (user !== only) return;
    recorder.bytes.record(mode, operation, bytes);
    if (operation === this.#case?.operation) recorder.bytes.record(mode, operation, bytes, this.#case.name);
  }

  #latency(operation: string, { receivedAt, mergedAt }: FrameReport, { dueUs, startUs }: DueStart): void {
    // What was due at the beginning of time was due at none: the run measures bytes alone.
    if (dueUs === 0) return;
    const { fromDue, fromStart } = this.#recorders.get(operation) ?? this.#recordersOf(operation);
    // Over time the page is where the frame is.
    fromDue.frame.record(micros(receivedAt - dueUs), dueUs);
    fromDue.page.record(micros(mergedAt - dueUs));
    fromStart.frame.record(micros(receivedAt - startUs));
    fromStart.page.record(micros(mergedAt - startUs));
  }

  #recordersOf(operation: string): Recorders {
    const { mode, recorder } = this.#options;
    const [frame, page] = [latency(operation, "frame"), latency(operation, "page")];
    const of = (name: string) => recorder.latencies(name, { mode, operation });
    const recorders = {
      fromDue: { frame: of(frame), page: of(page) },
      fromStart: { frame: of(uncorrected(frame)), page: of(uncorrected(page)) },
    };
    this.#recorders.set(operation, recorders);
    return recorders;
  }

  #checkInvariants(report: FrameReport, { violation }: ChangeReading): void {
    const { mode, recorder } = this.#options;
    if (violation === null) return recorder.checks.pass("frame-invariant", mode);
    const { kind, id } = violation;
    const { user } = report;
    recorder.checks.fail({
      kind: "frame-invariant",
      mode,
      step: this.#step,
      who: user,
      expected: EXPECTED[kind],
      actual: kind,
      item: id,
      message: `${user}: after a frame, ${id} is wrong: ${EXPECTED[kind]} was expected`,
      frame: toldFrame(report, id),
    });
  }
}

const EXPECTED = {
  "duplicate-id": "each id once",
  "update-moved": "an updated item where it was",
  "delete-left": "a deleted item gone",
} as const;
