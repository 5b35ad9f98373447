import type { CheckKind } from "../core/checks.ts";
import type { ListItem } from "../core/list-item.ts";
import type { CheckLedger } from "./check-ledger.ts";
import { compareLists } from "./compare-lists.ts";
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

/** Checks lists against the database at a checkpoint. A check is one list compared with one other. */
export async function checkViewers(
  database: ReferenceDatabase,
  viewers: readonly Viewer[],
  at: Checkpoint,
  ledger: CheckLedger,
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
): Promise<void> {
  return checkList(
    { kind: "chrome-vs-user", expected: twin.list, viewer, whose: twin.who },
    database,
    at,
    ledger,
  );
}

interface Comparison {
  readonly kind: CheckKind;
  readonly expected: readonly ExpectedItem[];
  readonly viewer: Viewer;
  /** Whose list is the expected one, for the message. */
  readonly whose: string;
}

async function checkList(
  { kind, expected, viewer, whose }: Comparison,
  database: ReferenceDatabase | null,
  at: Checkpoint,
  ledger: CheckLedger,
): Promise<void> {
  const difference = compareLists(expected, viewer.list);
  if (!difference) {
    ledger.pass(kind, at.mode);
    return;
  }
  const described = await describeDifference(difference, { roomId: viewer.cursor.roomId, database });
  const message = `${viewer.who} against ${whose}: ${described.message}`;
  ledger.fail({ kind, ...at, who: viewer.who, ...described, message });
}
