import type { OpenTarget } from "../target/open-target.ts";
import type { RunPlan } from "./plan.ts";
import { openTargetStage, ownStage, type Stage, targetStage } from "./stage.ts";

/** What stages are opened in. */
export interface StagesOptions {
  /** The application of others that was opened; null for our own chat. */
  readonly opened: OpenTarget | null;
  readonly signal: AbortSignal;
  readonly onLog: (line: string) => void;
}

/**
 * The stages of a run, a mode each, in their order. Where no times are measured a server may start while another one is
 * measured, and the first one at once, which takes half of the time of such a run.
 */
export class Stages {
  readonly #plan: RunPlan;
  readonly #options: StagesOptions;
  /** Opened ahead of time; nobody has taken it yet. */
  #ahead: { readonly mode: string; readonly stage: Promise<Stage> } | null = null;

  constructor(plan: RunPlan, options: StagesOptions) {
    this.#plan = plan;
    this.#options = options;
    this.#openAhead(plan.modes[0]);
  }

  /** The stage of a mode. Whoever takes it closes it. */
  async take(mode: string): Promise<Stage> {
    const ahead = this.#ahead?.mode === mode ? this.#ahead.stage : null;
    this.#ahead = null;
    const stage = await (ahead ?? this.#open(mode));
    const { modes } = this.#plan;
    this.#openAhead(modes[modes.indexOf(mode) + 1]);
    return stage;
  }

  /** Closes what nobody took. */
  async close(): Promise<void> {
    const stage = await this.#ahead?.stage.catch(() => null);
    await stage?.close();
  }

  #openAhead(mode: string | undefined): void {
    const { target, scenario } = this.#plan;
    if (mode === undefined || target !== null || !scenario.fixed) return;
    const stage = this.#open(mode);
    // Who takes it hears of what went wrong.
    stage.catch(() => {});
    this.#ahead = { mode, stage };
  }

  #open(mode: string): Promise<Stage> {
    const { scenario, target } = this.#plan;
    const { opened, signal, onLog } = this.#options;
    if (target === null) return ownStage(mode, scenario, { signal, onLog });
    if (opened !== null) return openTargetStage(opened, target);
    return targetStage(target.origin, target.database, target.serverPid, scenario.site);
  }
}
