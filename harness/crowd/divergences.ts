import type { ToldFrame } from "../core/checks.ts";
import { BenchError } from "../core/errors.ts";
import type { RecordedViewer } from "../core/recording.ts";
import type { ListSelectors } from "../core/site.ts";
import { blameFrame } from "../oracle/blame-frame.ts";
import type { Divergence, FailureDetails } from "../oracle/check-viewers.ts";
import { compareLists } from "../oracle/compare-lists.ts";
import { ReplayedPage } from "../page/replayed-page.ts";
import type { KeptFrames } from "./frame-history.ts";
import { recordedViewer } from "./recorded-viewer.ts";
import { instantOf, textAround } from "./told-frame.ts";

/** Of how many viewers the frames are given out to be written to a file. */
const RECORDED = 3;

/**
 * Looks at the first divergence of each viewer: which frame did it, as far as his frames were kept; and keeps those frames of
 * the first few of them. What he sees wrong afterwards is counted, and not looked at again.
 */
export class Divergences {
  readonly #list: ListSelectors;
  readonly #framesOf: (who: string) => KeptFrames | null;
  readonly #seen = new Set<string>();
  #recordings: RecordedViewer[] = [];
  #recorded = 0;

  constructor(list: ListSelectors, framesOf: (who: string) => KeptFrames | null) {
    this.#list = list;
    this.#framesOf = framesOf;
  }

  /** What can be told of a divergence, beyond what differs: nothing of one that is not the viewer's first. */
  readonly explain = (divergence: Divergence): FailureDetails => {
    const { who } = divergence.viewer;
    if (!this.isFirst(who)) return {};
    this.#seen.add(who);
    const kept = this.#framesOf(who);
    if (kept === null) return { noFrame: "none of its frames were kept" };
    try {
      const recording = recordedViewer(divergence, kept, this.#list);
      if (this.#recorded < RECORDED) {
        this.#recorded += 1;
        this.#recordings.push(recording);
      }
      return frameOf(divergence, recording);
    } catch (error) {
      if (!(error instanceof BenchError)) throw error;
      return { noFrame: `its frames cannot be gone through again: ${error.message}` };
    }
  };

  /** Whether nothing was told of a viewer yet. */
  isFirst(who: string): boolean {
    return !this.#seen.has(who);
  }

  /** The recordings since this was asked last. */
  takeRecordings(): RecordedViewer[] {
    const recordings = this.#recordings;
    this.#recordings = [];
    return recordings;
  }
}

function frameOf({ kind, viewer, difference }: Divergence, recording: RecordedViewer): FailureDetails {
  if (difference === null || kind === "chrome-vs-frames") {
    return { noFrame: "bench replay goes through its frames in both" };
  }
  const { frames, cutOff } = recording;
  const page = new ReplayedPage(recording);
  const lists = [page.items];
  const operations: string[] = [];
  for (const frame of frames) {
    operations.push(page.take(frame).operation);
    lists.push(page.items);
  }
  if (compareLists(page.items, viewer.list) !== undefined) {
    return { noFrame: cutOff ?? "the frames that were kept lead to another list than the one that was seen" };
  }
  const blame = blameFrame(difference, lists);
  if (blame.kind === "none") {
    const since = recording.base.after === "join" ? "the join" : "the check";
    return { noFrame: `${blame.why} since ${since} at ${instantOf(recording.base.atUs)}` };
  }
  const frame = frames[blame.number - 1];
  const operation = operations[blame.number - 1];
  if (frame === undefined || operation === undefined)
    throw new RangeError(`there is no frame ${blame.number}`);
  const { event, receivedUs, payloadText } = frame;
  const told: ToldFrame = {
    number: blame.number,
    of: frames.length,
    receivedAt: instantOf(receivedUs),
    event,
    operation,
    text: textAround(payloadText, difference.id),
  };
  return { frame: told };
}
