import type { CheckKind, Failure } from "../core/checks.ts";
import type { ListItem } from "../core/list-item.ts";
import { aroundDifference } from "./around-difference.ts";
import type { CheckLedger } from "./check-ledger.ts";
import { compareLists, type Difference } from "./compare-lists.ts";
import { describeDifference } from "./describe-difference.ts";
import type { ExpectedItem } from "./expected-window.ts";
import type { ReferenceDatabase } from "./reference-database.ts";
import type { ViewerCursor } from "./viewer-cursor.ts";
import { Windows } from "./windows.ts";

/** One who sees the list, at rest. */
export interface Viewer {
  readonly kind: "user" | "chrome";
  /** `user 17`, `Chrome 2`. */
  readonly who: string;
  /** What it should have loaded. */
  readonly cursor: ViewerCursor;
  /** What it sees. */
  readonly list: readonly ListItem[];
}

/** Where in the run a check is made. */
export interface Checkpoint {
  readonly mode: string;
  /** `mount`, `2 delete`. */
  readonly step: string;
}

/** What somebody sees by whom another list is compared. */
export interface Twin {
  readonly who: string;
  readonly list: readonly ListItem[];
}

/** Somebody who sees something else than he should. */
export interface Divergence {
  readonly kind: CheckKind;
  readonly viewer: Viewer;
  readonly expected: readonly ExpectedItem[];
  readonly at: Checkpoint;
  /** Null where the list is right, and went wrong on the way. */
  readonly difference: Difference | null;
}

/** What is told of a failure beyond what differs. */
export type FailureDetails = Pick<Failure, "frame" | "noFrame" | "screenshot" | "dom">;

/** Finds out more of a divergence. Asked of those alone that are kept in full. */
export type Explain = (divergence: Divergence) => FailureDetails | Promise<FailureDetails>;

const NO_DETAILS: Explain = () => ({});

/** Checks lists against the database at a checkpoint. A check is one list compared with one other. */
export async function checkViewers(
  database: ReferenceDatabase,
  viewers: readonly Viewer[],
  at: Checkpoint,
  ledger: CheckLedger,
  explain: Explain = NO_DETAILS,
): Promise<void> {
  const windows = new Windows(database);
  for (const viewer of viewers) {
    const expected = await windows.of(viewer.cursor);
    if (expected === null) continue;
    await checkList(
      { kind: `${viewer.kind}-vs-oracle`, expected, viewer, whose: "the database" },
      database,
      at,
      ledger,
      explain,
    );
  }
}

/**
 * Checks a Chrome's list against that of a simulated user who has loaded as much.
 *
 * @param database null where nobody knows what is stored
 */
export function checkTwins(
  database: ReferenceDatabase | null,
  viewer: Viewer,
  twin: Twin,
  at: Checkpoint,
  ledger: CheckLedger,
  explain: Explain = NO_DETAILS,
): Promise<void> {
  return checkList(
    { kind: "chrome-vs-user", expected: twin.list, viewer, whose: twin.who },
    database,
    at,
    ledger,
    explain,
  );
}

/** Checks a Chrome's list, all of its text included, against that of a simulated page which was given the same frames. */
export async function checkAgainstFrames(
  viewer: Viewer,
  page: readonly ListItem[],
  at: Checkpoint,
  ledger: CheckLedger,
  explain: Explain = NO_DETAILS,
): Promise<void> {
  const whose = "a simulated page that was given the very same frames";
  const compared = { kind: "chrome-vs-frames", expected: page.map(withText), whose } as const;
  const list = viewer.list.map(withText);
  const ours = "a defect of this harness, or of the official client, but none of the server: ";
  await checkList({ ...compared, viewer: { ...viewer, list }, ours }, null, at, ledger, explain);
}

/** An item of which all text is compared. One and the same viewer sees it: it may not differ in anything. */
export const withText = ({ fields, ...item }: ListItem): ListItem => ({
  ...item,
  fields: { ...fields, "all its text": item.text },
});

interface Comparison {
  readonly kind: CheckKind;
  readonly expected: readonly ExpectedItem[];
  readonly viewer: Viewer;
  /** Whose list is the expected one, for the message. */
  readonly whose: string;
  /** What goes before the message. */
  readonly ours?: string;
}

async function checkList(
  { kind, expected, viewer, whose, ours = "" }: Comparison,
  database: ReferenceDatabase | null,
  at: Checkpoint,
  ledger: CheckLedger,
  explain: Explain,
): Promise<void> {
  const difference = compareLists(expected, viewer.list);
  if (!difference) {
    ledger.pass(kind, at.mode);
    return;
  }
  const described = await describeDifference(difference, { roomId: viewer.cursor.roomId, database });
  const message = `${ours}${viewer.who} against ${whose}: ${described.message}`;
  const failure = { kind, ...at, who: viewer.who, ...described, message };
  if (!ledger.keeps) return ledger.fail(failure);
  const around = aroundDifference(expected, viewer.list, difference.index);
  const details = await explain({ kind, viewer, expected, at, difference });
  ledger.fail({ ...failure, around, ...details });
}
