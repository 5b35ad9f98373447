import { type RecorderTransfer, RunRecorder } from "../crowd/recorder.ts";

/** What a run has measured and checked so far, from all of its processes: mode by mode, each replaced as it goes on. */
export class RunRecord {
  readonly #byMode = new Map<string, readonly RecorderTransfer[]>();

  /** What the processes of a mode have measured so far; what they had told of it before is in that. */
  replace(mode: string, transfers: readonly RecorderTransfer[]): void {
    this.#byMode.set(mode, transfers);
  }

  /** All of it, merged: counts are added, and so are histograms. */
  merged(): RunRecorder {
    const recorder = new RunRecorder();
    for (const transfers of this.#byMode.values())
      for (const transfer of transfers) recorder.addTransfer(transfer);
    return recorder;
  }
}
