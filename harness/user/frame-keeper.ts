import type { ReceivedFrame } from "./socket-owner.ts";
import type { View } from "./view.ts";

/** Keeps what a user was sent, so that what went wrong can be looked at afterwards. */
export interface FrameKeeper {
  /**
   * Takes a frame, after it was merged.
   *
   * @param lister the view that has the list; null where none has
   */
  take(received: ReceivedFrame, lister: View | null): void;
}
