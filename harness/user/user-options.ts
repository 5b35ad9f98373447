import type { FrameKeeper } from "./frame-keeper.ts";
import type { FrameReport } from "./frame-report.ts";
import type { RecoveryOptions } from "./recovery.ts";

/** Why a user is cut off, told at once. */
export interface UserDown {
  /** The user's name. */
  readonly user: string;
  /**
   * `socket-closed`, `socket-error`, `heartbeat-timeout`, `channel-crashed`, `channel-closed`, `redirected`, or
   * the code of the error that made the user give up, as `protocol`.
   */
  readonly code: string;
  readonly message: string;
}

/** Who a user is, and who is told what happens to him. */
export interface SimulatedUserOptions extends RecoveryOptions {
  /** For reports and errors. */
  readonly name: string;
  /** Told of every frame that was received, in order, before the action that it answers resolves. */
  readonly onFrame?: (report: FrameReport) => void;
  /** Keeps every frame, before `onFrame` is told of it. */
  readonly frames?: FrameKeeper;
  /** Told once when the user is cut off without having asked for it, and does not recover by himself. */
  readonly onDown?: (down: UserDown) => void;
}
