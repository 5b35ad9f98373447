import type { Document } from "domhandler";
import type { EventPush } from "../page/event-push.ts";
import { type FilledForm, recoveryPushes } from "../page/form-recovery.ts";
import { connectedPushes, mountedPushes, removedPushes } from "../page/lifecycle.ts";

/** What became of a view's page. */
export interface PageChange {
  /** Null: there was none. */
  readonly before: Document | null;
  readonly after: Document;
  readonly hasJoined: boolean;
  /** What the user had filled in on it; none but after a join. */
  readonly forms: readonly FilledForm[];
}

/**
 * What a page pushes by itself after a change: forms to be recovered, then what is bound to elements that come, go, or are
 * there when the view is joined.
 *
 * Source: `onJoin`, `applyJoinPatch` and `performPatch` in view.ts.
 */
export function ownPushes({ before, after, hasJoined, forms }: PageChange): readonly EventPush[] {
  return [
    ...recoveryPushes(after, forms),
    ...mountedPushes(before, after),
    ...(before === null ? [] : removedPushes(before, after)),
    ...(hasJoined ? connectedPushes(after) : []),
  ];
}
