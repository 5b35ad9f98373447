import { checkViewers } from "../oracle/check-viewers.ts";
import type { ReferenceDatabase } from "../oracle/reference-database.ts";
import type { Cast } from "./cast.ts";
import type { RunRecorder } from "./recorder.ts";

/** Checks everybody at rest: each simulated user and each Chrome. */
export async function checkEverybody(
  cast: Cast,
  database: ReferenceDatabase | null,
  at: { readonly mode: string; readonly step: string },
  recorder: RunRecorder,
): Promise<void> {
  for (const [index, chrome] of cast.chromes.entries()) {
    await chrome.read();
    const receiver = cast.watching + index;
    for (const sequence of await chrome.takeObservations(recorder))
      cast.deliveries.received(receiver, sequence);
  }
  const viewers = [...cast.members, ...cast.chromes].map((viewer) => viewer.viewer());
  await checkViewers(database, viewers, at, recorder.checks);
}
