import { messageOf } from "../core/errors.ts";
import { Difference, differenceIn, wordsOf } from "./difference.ts";
import { type Model, modelOf } from "./model.ts";
import { SEQUENCE_LISTS, type Sequence, type SequenceList, type SequenceStep } from "./sequence.ts";
import type { SequenceServer } from "./sequence-server.ts";
import { termsOf } from "./terms.ts";
import type { SequenceViewer } from "./viewer.ts";

/** Who takes part in a sequence. */
export interface Performance {
  readonly server: SequenceServer;
  /** Each has a page of its own, on which the same is done. */
  readonly viewers: readonly SequenceViewer[];
  /** A name that no page of the server has had yet. */
  readonly newId: () => string;
  /** Gives up between two steps. */
  readonly signal?: AbortSignal;
  /** What must be seen. Default: {@link modelOf}. */
  readonly modelOf?: (sequence: Sequence) => Model;
}

/**
 * Does a sequence on the page of each viewer, and compares what they show with the model whenever it settles.
 *
 * @returns how often it was compared
 * @throws Difference at the first thing that is not as it should be
 */
export async function performSequence(sequence: Sequence, performance: Performance): Promise<number> {
  const { viewers, newId, signal } = performance;
  const model = (performance.modelOf ?? (({ mode, start }) => modelOf(mode, start)))(sequence);
  const { forgets } = termsOf(sequence.mode, sequence.start.components);
  const pages = viewers.map((viewer) => ({ viewer, id: newId() }));
  const conductor = new Conductor(pages, performance.server, model, forgets);
  let done = 0;
  try {
    await together(pages, ({ viewer, id }) => viewer.open(id, sequence));
    await conductor.settle();
    for (const step of sequence.steps) {
      signal?.throwIfAborted();
      done += 1;
      await conductor.perform(step);
    }
    done += 1;
    await conductor.perform({ kind: "rejoin" });
    await conductor.settle();
    const problems = viewers.flatMap(({ name, problems }) => problems().map((what) => `${name}: ${what}`));
    if (problems.length > 0) throw new Error(problems.join("\n"));
    return conductor.compared;
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw new Difference(messageOf(error), done, { cause: error });
  } finally {
    await together(pages, ({ viewer }) => viewer.leave());
  }
}

interface Page {
  readonly viewer: SequenceViewer;
  readonly id: string;
}

/** Has all pages do the same, in the same order for each of them, however long what they send is under way. */
class Conductor {
  /** How often lists were compared. */
  compared = 0;
  readonly #pages: readonly Page[];
  readonly #server: SequenceServer;
  readonly #model: Model;
  readonly #forgets: boolean;
  #version = 0;
  #isCut = false;
  /** Whether the form was sent, and its answer may be on its way. */
  #isAwaiting = false;
  #list: SequenceList = SEQUENCE_LISTS[0];

  /** @param forgets see {@link Terms} */
  constructor(pages: readonly Page[], server: SequenceServer, model: Model, forgets: boolean) {
    this.#forgets = forgets;
    this.#pages = pages;
    this.#server = server;
    this.#model = model;
  }

  async perform(step: SequenceStep): Promise<void> {
    switch (step.kind) {
      case "submit":
      case "push": {
        const { operations } = step;
        if (operations.length === 0) return;
        const submits = step.kind === "submit" && !this.#isCut;
        // A form that awaits its answer cannot be sent.
        if (submits && this.#isAwaiting) await this.settle();
        this.#isAwaiting ||= submits;
        this.#version += 1;
        this.#model.render(operations);
        await together(this.#pages, async ({ viewer, id }) => {
          if (!submits) return this.#server.push(id, operations);
          await viewer.submit(operations);
          // What comes from beside meanwhile would otherwise go first, or not, as it happens.
          await this.#server.reached(id, this.#version);
        });
        return;
      }
      case "patch":
        return this.#patch(step);
      case "cut":
        if (this.#isCut) return;
        if (!this.#forgets) await this.settle();
        this.#isCut = true;
        this.#isAwaiting = false;
        this.#model.cut();
        await together(this.#pages, ({ viewer }) => viewer.cut());
        return;
      case "rejoin":
        if (!this.#isCut) return;
        this.#isCut = false;
        this.#model.rejoin();
        await together(this.#pages, ({ viewer }) => viewer.rejoin());
        return;
      case "delay":
        for (const { viewer } of this.#pages) viewer.delay(step);
        return;
      case "settle":
        return this.settle();
      default:
        step satisfies never;
    }
  }

  async settle(): Promise<void> {
    if (this.#isCut) return;
    const sights = await together(this.#pages, async ({ viewer }) => ({
      who: viewer.name,
      items: wordsOf(await viewer.settled(this.#version)),
    }));
    this.compared += 1;
    this.#isAwaiting = false;
    const difference = differenceIn(wordsOf(this.#model.items), sights);
    if (difference !== undefined) throw new Error(difference);
  }

  /** A page that lost the answer to a patch would join again where it was before. */
  async #patch({ list }: Extract<SequenceStep, { kind: "patch" }>): Promise<void> {
    if (this.#isCut || list === this.#list) return;
    this.#list = list;
    this.#version += 1;
    this.#model.patch(list);
    await together(this.#pages, ({ viewer }) => viewer.follow(list));
    return this.settle();
  }
}

/** The same for all; only when all are done the first that failed is told. */
async function together<Result>(
  pages: readonly Page[],
  act: (page: Page) => Promise<Result>,
): Promise<Result[]> {
  const results = await Promise.allSettled(pages.map(act));
  for (const [index, result] of results.entries()) {
    if (result.status === "fulfilled") continue;
    throw new Error(`${pages[index]?.viewer.name}: ${messageOf(result.reason)}`, { cause: result.reason });
  }
  return results.map((result) => (result as PromiseFulfilledResult<Result>).value);
}
