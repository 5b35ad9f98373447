import type { CheckKind } from "../core/checks.ts";
import type { ListItem } from "../core/list-item.ts";
import type { CheckLedger } from "./check-ledger.ts";
import { compareLists } from "./compare-lists.ts";
import { describeDifference } from "./describe-difference.ts";
import { type ExpectedItem, expectedWindow } from "./expected-window.ts";
import type { ReferenceDatabase } from "./reference-database.ts";
import type { ViewerCursor } from "./viewer-cursor.ts";

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

/**
 * Checks everybody at a checkpoint: each user and each Chrome against the database, and each Chrome against a
 * simulated user with the same cursor, where there is one. A check is one list compared with one other.
 *
 * @param database null where nobody knows what is stored: then nothing is checked against it
 */
export async function checkViewers(
  database: ReferenceDatabase | null,
  viewers: readonly Viewer[],
  checkpoint: Checkpoint,
  ledger: CheckLedger,
): Promise<void> {
  // At rest many viewers should see the same, so each window is read once.
  const windows = new Map<string, ExpectedItem[]>();
  const windowOf = async ({ roomId, oldestId }: ViewerCursor) => {
    if (database === null || oldestId === null) return null;
    const key = `${roomId} ${oldestId}`;
    const window = windows.get(key) ?? (await expectedWindow(database, roomId, oldestId));
    windows.set(key, window);
    return window;
  };
  const check = async (kind: CheckKind, expected: readonly ExpectedItem[], viewer: Viewer, whose: string) => {
    const difference = compareLists(expected, viewer.list);
    if (!difference) {
      ledger.pass(kind, checkpoint.mode);
      return;
    }
    const described = await describeDifference(difference, { roomId: viewer.cursor.roomId, database });
    const message = `${viewer.who} against ${whose}: ${described.message}`;
    ledger.fail({ kind, ...checkpoint, who: viewer.who, ...described, message });
  };

  for (const viewer of viewers) {
    const stored = await windowOf(viewer.cursor);
    if (stored !== null) await check(`${viewer.kind}-vs-oracle`, stored, viewer, "the database");
    if (viewer.kind === "user") continue;
    const twin = viewers.find(({ kind, cursor }) => kind === "user" && sameCursor(cursor, viewer.cursor));
    if (twin) await check("chrome-vs-user", twin.list, viewer, twin.who);
  }
}

function sameCursor(a: ViewerCursor, b: ViewerCursor): boolean {
  return a.roomId === b.roomId && a.oldestId === b.oldestId;
}
