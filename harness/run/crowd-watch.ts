import type { CrowdEvent } from "../crowd/crowd-orders.ts";
import type { GeneratorListener, Generators } from "./generators.ts";
import { ProblemCount } from "./problem-count.ts";
import type { Progress } from "./progress.ts";
import type { RunRecord } from "./run-record.ts";

/** What is watched while a mode is run. */
export interface CrowdWatchOptions {
  readonly mode: string;
  readonly progress: Progress;
  readonly record: RunRecord;
  readonly users: number;
  readonly generators: Generators;
}

/** Hears what the generator processes tell of a mode: how far they are, what failed, who was lost. */
export class CrowdWatch implements GeneratorListener {
  readonly #options: CrowdWatchOptions;
  readonly #failedActions: ProblemCount;
  readonly #lostUsers: ProblemCount;
  #usersOfTheDead = 0;
  #activity = "joining";
  #done = 0;
  #of: number | null = null;

  constructor(options: CrowdWatchOptions) {
    this.#options = options;
    const tell = (message: string) => options.progress.say(`${options.mode}: ${message}`);
    this.#failedActions = new ProblemCount(tell);
    this.#lostUsers = new ProblemCount(tell);
  }

  /** Actions of users that were not answered as they should have been. */
  get failedActions(): number {
    return this.#failedActions.count;
  }

  /** Users who were cut off without having asked for it, those whose process has died included. */
  get lostUsers(): number {
    return this.#lostUsers.count + this.#usersOfTheDead;
  }

  /** How many things of what is done have come so far. */
  get done(): number {
    return this.#done;
  }

  /** Says what is done from now on; `of` how many things that are, where they are counted. */
  begin(activity: string, of: number | null = null): void {
    this.#activity = activity;
    this.#done = 0;
    this.#of = of;
    this.#options.progress.update(`${this.#options.mode}: ${activity}`);
  }

  /** One thing of what is done has come so far. */
  advance(): void {
    this.#done += 1;
    const { progress, mode } = this.#options;
    const detail = this.#of === null ? `${this.#done}` : `${this.#done} of ${this.#of}`;
    progress.update(`${mode}: ${this.#activity}`, detail);
  }

  readonly onEvent = (event: CrowdEvent, part: number): void => {
    switch (event.kind) {
      case "progress":
        return this.advance();
      case "action-failed":
        return this.#failedActions.add(event.message);
      case "user-lost":
        return this.#lostUsers.add(event.message);
      case "deleting":
        return this.#options.generators.tellOthers(part, "foretell", event.deletion);
      default:
        return event satisfies never;
    }
  };

  readonly onDeath = (part: number, how: string): void => {
    const { generators, users, progress, record, mode } = this.#options;
    // It had every so many-th user, from its own number on.
    const its = Math.ceil((users - part) / generators.count);
    this.#usersOfTheDead += its;
    const what = `${generators.names[part]} ended (${how}): its ${its} users are lost`;
    record.lost(`In ${mode} ${what}, and the load was not the one that was asked for.`);
    progress.say(`${mode}: ${what}`);
  };
}
