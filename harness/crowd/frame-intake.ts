import type { ExactMetric } from "../core/metric.ts";
import { caseOf, type OperationCase, type Step } from "../core/step.ts";
import type { Clock, Micros } from "../core/units.ts";
import { DeflateMeter } from "../measure/deflate-meter.ts";
import type { FrameReport } from "../user/frame-report.ts";
import { FrameAnatomy } from "./frame-anatomy.ts";
import { FrameObserver, type FrameObserverOptions, UNMEASURED } from "./frame-observer.ts";
import { RecoveryWatch } from "./recovery-watch.ts";

/**
 * Takes the frames of a crowd's users: each is observed, joins tell who is back, and those of the witness are deflated and taken
 * apart.
 */
export class FrameIntake {
  readonly recovery: RecoveryWatch;
  readonly #observer: FrameObserver;
  readonly #anatomy: FrameAnatomy;
  readonly #measuresOthers: boolean;
  /** Made with the witness' first frame: most processes have not him. */
  #deflate: DeflateMeter | null = null;
  readonly #mode: string;
  #case: OperationCase | undefined;

  constructor({ clock, ...options }: FrameObserverOptions & { readonly clock: Clock }) {
    this.recovery = new RecoveryWatch(clock);
    this.#observer = new FrameObserver(options);
    this.#anatomy = new FrameAnatomy(options.mode, options.recorder.anatomy);
    this.#measuresOthers = options.only === undefined;
    this.#mode = options.mode;
  }

  /** Takes a frame of anybody but the witness. */
  readonly ofOthers = (report: FrameReport): void => {
    this.#observe(report);
    if (this.#measuresOthers) this.#anatomy.ofOthers(report, this.#case);
  };

  /** Takes a frame of the witness. */
  readonly ofWitness = (report: FrameReport): void => {
    this.#observe(report);
    this.#anatomy.ofWitness(report, this.#case);
    const { operation, text } = report;
    if (UNMEASURED.has(operation)) return;
    this.#deflate ??= new DeflateMeter(this.#mode);
    this.#deflate.record(operation, text, operation === this.#case?.operation ? this.#case.name : undefined);
  };

  #observe(report: FrameReport): void {
    this.#observer.observe(report);
    if (report.operation === "join") this.recovery.joined(report.user);
  }

  /** Names the step that frames are of from now on. */
  enter(name: string, step: Step): void {
    this.#case = caseOf(step);
    this.#observer.enter(name, this.#case);
  }

  /** When anybody received something last, other than the channel's own conversation. */
  get lastFrameUs(): Micros {
    return this.#observer.lastFrameUs;
  }

  /** What the witness' frames would have taken deflated; none where he is of another process. */
  async deflated(): Promise<ExactMetric[]> {
    return (await this.#deflate?.metrics()) ?? [];
  }

  /** Gives back what the deflating took. */
  async close(): Promise<void> {
    await this.#deflate?.close();
  }
}
