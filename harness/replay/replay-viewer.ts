import type { Chrome } from "../browser/launch.ts";
import { BenchError } from "../core/errors.ts";
import type { ListItem } from "../core/list-item.ts";
import type { RecordedViewer } from "../core/recording.ts";
import { type Blame, blameFrame } from "../oracle/blame-frame.ts";
import { withText } from "../oracle/check-viewers.ts";
import { compareLists, type Difference } from "../oracle/compare-lists.ts";
import type { Violation } from "../page/invariants.ts";
import type { ListChange } from "../page/list-change.ts";
import type { ListOperation } from "../page/operation.ts";
import { ReplayedPage } from "../page/replayed-page.ts";
import { ReplayedChrome } from "./replayed-chrome.ts";

/** Where a replay is after one frame. */
export interface ReplayStep {
  readonly event: string;
  readonly payloadText: string;
  /** Since the page on which the recording begins. */
  readonly sinceUs: number;
  readonly operation: ListOperation;
  readonly change: ListChange;
  readonly violation: Violation | null;
  /** The list after it, on the simulated user's page. */
  readonly items: readonly ListItem[];
  /** How the Chrome's list differs from that; null where it does not, or there is no Chrome. */
  readonly disagreement: Difference | null;
}

/** What a replay has shown of one viewer. */
export interface Replay {
  /** The list before the first frame. */
  readonly start: readonly ListItem[];
  /** How the Chrome's list differed from that; null as in {@link ReplayStep}. */
  readonly startDisagreement: Difference | null;
  readonly steps: readonly ReplayStep[];
  /** How the list differs in the end from what was expected; null where it does not, or nobody knows. */
  readonly difference: Difference | null;
  /** Which frame did that; null where nothing differs. */
  readonly blame: Blame | null;
  /** The same of the Chrome; null without one too. */
  readonly chromeDifference: Difference | null;
  /** Why frames could not be taken, and by whom; null where all were. */
  readonly refused: string | null;
  /** What Chrome's console said; empty without a Chrome. */
  readonly problems: readonly string[];
  /** Whether anything was shown to be wrong. */
  readonly isReproduced: boolean;
}

/**
 * Gives the frames of a recording to the page of a simulated user and to Chrome, one by one, and compares both with each
 * other after each of them, and with what was expected in the end.
 *
 * @param chrome null: the simulated user alone
 */
export async function replayViewer(viewer: RecordedViewer, chrome: Chrome | null): Promise<Replay> {
  await using open = new AsyncDisposableStack();
  const replayed = chrome === null ? null : open.use(await ReplayedChrome.open(chrome, viewer));
  const page = new ReplayedPage(viewer);
  const disagreement = async () => {
    const items = page.items.map(withText);
    const differ = (list: readonly ListItem[]) => compareLists(items, list.map(withText)) ?? null;
    const shown = await replayed?.list((list) => differ(list) === null);
    return { shown: shown ?? null, found: shown === undefined ? null : differ(shown) };
  };
  const start = page.items;
  const atStart = await disagreement();
  let { shown } = atStart;
  const steps: ReplayStep[] = [];
  let refused: string | null = null;
  for (const [index, frame] of viewer.frames.entries()) {
    try {
      const { operation, change, violation } = page.take(frame);
      await replayed?.take(frame);
      const now = await disagreement();
      shown = now.shown;
      const { event, payloadText, receivedUs } = frame;
      const sinceUs = receivedUs - viewer.base.atUs;
      const { items } = page;
      const step = { event, payloadText, sinceUs, operation, change, violation, items };
      steps.push({ ...step, disagreement: now.found });
    } catch (error) {
      if (!(error instanceof BenchError)) throw error;
      refused = `frame ${index + 1}: ${error.message}`;
      break;
    }
  }
  const { expected } = viewer;
  const difference = expected && (compareLists(expected, page.items) ?? null);
  const chromeDifference = expected && shown && (compareLists(expected, shown) ?? null);
  const lists = [start, ...steps.map(({ items }) => items)];
  const isWrong = steps.some((step) => step.violation !== null || step.disagreement !== null);
  return {
    start,
    startDisagreement: atStart.found,
    steps,
    difference,
    blame: difference && blameFrame(difference, lists),
    chromeDifference,
    refused,
    problems: replayed?.problems ?? [],
    isReproduced:
      [difference, chromeDifference, atStart.found, refused].some((one) => one !== null) || isWrong,
  };
}
