import { BenchError } from "../core/errors.ts";
import type { JsonObject } from "../protocol/json.ts";
import { ProtocolError } from "../protocol/protocol-error.ts";
import { EVENT } from "../protocol/wire-keys.ts";
import type { View } from "./view.ts";

/**
 * Tells the server that components have left the page, and forgets those that it then says are gone: it keeps them
 * until it hears of it, since they may come back with what it is about to send.
 *
 * Source: `maybePushComponentsDestroyed` in view.ts.
 *
 * @throws ProtocolError if the answer does not say which are gone
 */
export async function tellDestroyed(view: View, cids: readonly number[]): Promise<void> {
  const { channel, page } = view;
  if (channel === null || page === null || !channel.isJoined) return;
  try {
    await channel.push(EVENT.cidsWillDestroy, { cids }, EVENT.cidsWillDestroy);
    const gone = cids.filter((cid) => !view.hasComponent(cid));
    if (gone.length === 0 || !channel.isJoined) return;
    const { response } = await channel.push(EVENT.cidsDestroyed, { cids: gone }, EVENT.cidsDestroyed);
    // One that has come back meanwhile stays, as its element does: the server may have dropped it all the same.
    page.prune(cidsOf(response).filter((cid) => !view.hasComponent(cid)));
  } catch (error) {
    // Without an answer the server keeps them, and so do we: the official client writes that to the console.
    if (error instanceof ProtocolError || !(error instanceof BenchError)) throw error;
  }
}

function cidsOf({ cids }: JsonObject): readonly number[] {
  if (Array.isArray(cids) && cids.every((cid): cid is number => Number.isSafeInteger(cid))) return cids;
  throw new ProtocolError(EVENT.reply, "response.cids", "is no array of component ids");
}
