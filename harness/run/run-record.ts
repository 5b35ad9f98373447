import type { RecordedViewer } from "../core/recording.ts";
import { type RecorderTransfer, RunRecorder } from "../crowd/recorder.ts";
import type { SourceOf } from "../measure/anatomy-ledger.ts";
import type { GeneratorHealth } from "../measure/generator-health.ts";
import { NO_SOURCES } from "./template-sources.ts";

/** A process that has not begun. */
const UNWATCHED: GeneratorHealth = {
  loopDelayUs: null,
  cpuPercent: 0,
  gcPercent: 0,
  longestGcUs: 0,
  madeStarts: 0,
  droppedStarts: 0,
  lateStarts: 0,
  maxLateUs: 0,
};

/** What a run has measured and checked so far, from all of its processes: mode by mode, each replaced as it goes on. */
export class RunRecord {
  readonly #byMode = new Map<string, readonly RecorderTransfer[]>();
  readonly #health: GeneratorHealth[];
  readonly #lost: string[] = [];
  readonly #sources = new Map<string, SourceOf>();
  readonly #recordings: RecordedViewer[] = [];

  /** @param processes how many generator processes there are */
  constructor(processes: number) {
    this.#health = Array.from({ length: processes }, () => UNWATCHED);
  }

  /** By how much the clock of each generator process may still be off, in microseconds. */
  clockBoundsUs: readonly number[] = [];

  /** How a generator process has fared so far. */
  fared(part: number, health: GeneratorHealth): void {
    this.#health[part] = health;
  }

  /** A generator process has died: a sentence that says which one, and what that cost. */
  lost(reason: string): void {
    this.#lost.push(reason);
  }

  /** How the generator processes fared, those that died as they were seen last. */
  get health(): readonly GeneratorHealth[] {
    return this.#health;
  }

  /** Of those that died, a sentence each: then the run is not to be believed. */
  get losses(): readonly string[] {
    return this.#lost;
  }

  /** Frames of viewers who saw something wrong. */
  recorded(recordings: readonly RecordedViewer[]): void {
    this.#recordings.push(...recordings);
  }

  /** All of them so far. */
  get recordings(): readonly RecordedViewer[] {
    return this.#recordings;
  }

  /** What the processes of a mode have measured so far; what they had told of it before is in that. */
  replace(mode: string, transfers: readonly RecorderTransfer[]): void {
    this.#byMode.set(mode, transfers);
  }

  /** Where the templates of a mode are written. */
  wrote(mode: string, sourceOf: SourceOf): void {
    this.#sources.set(mode, sourceOf);
  }

  /**
   * What a look needs while a mode is run: of the mode these transfers, which are not kept, and of the others their checks
   * alone.
   */
  glance(mode: string, transfers: readonly RecorderTransfer[]): RunRecorder {
    const recorder = new RunRecorder();
    for (const transfer of transfers) recorder.addTransfer(transfer);
    for (const [other, kept] of this.#byMode)
      if (other !== mode) for (const { checks } of kept) recorder.checks.addTransfer(checks);
    return recorder;
  }

  /** All of it, merged: counts are added, and so are histograms. */
  merged(): RunRecorder {
    const recorder = new RunRecorder();
    recorder.sourceOf = (mode) => this.#sources.get(mode) ?? NO_SOURCES;
    for (const transfers of this.#byMode.values())
      for (const transfer of transfers) recorder.addTransfer(transfer);
    return recorder;
  }
}
