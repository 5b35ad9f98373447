import type { OperationCase } from "../core/step.ts";
import type { AnatomyLedger } from "../measure/anatomy-ledger.ts";
import { dissect } from "../protocol/anatomy/dissect.ts";
import { KnownTemplates } from "../protocol/anatomy/known-templates.ts";
import { EVENT } from "../protocol/wire-keys.ts";
import type { FrameReport } from "../user/frame-report.ts";
import { UNMEASURED } from "./frame-observer.ts";

/** The longest answer to an action that is taken apart, in bytes: whole pages of long histories would hold up what is measured. */
export const LONGEST_ANSWER_BYTES = 65_536;

/**
 * Takes frames apart, to tell where their bytes went: all of the witness, and answers to what others did. What is broadcast
 * is not taken apart again for each of its receivers.
 */
export class FrameAnatomy {
  readonly #known = new KnownTemplates();
  readonly #mode: string;
  readonly #ledger: AnatomyLedger;
  #knowsPage = false;

  constructor(mode: string, ledger: AnatomyLedger) {
    this.#mode = mode;
    this.#ledger = ledger;
  }

  /** Takes a frame of the witness. */
  ofWitness(report: FrameReport, measured: OperationCase | undefined): void {
    if (!UNMEASURED.has(report.operation)) this.#take(report, measured);
  }

  /** Takes a frame of anybody else, where it answers him. */
  ofOthers(report: FrameReport, measured: OperationCase | undefined): void {
    if (report.event !== EVENT.reply) return;
    if (report.operation === "join") return this.#learn(report);
    if (UNMEASURED.has(report.operation) || report.bytes > LONGEST_ANSWER_BYTES) return;
    this.#take(report, measured);
  }

  /** The page of who comes first tells which templates pages have. */
  #learn({ treeAfter }: FrameReport): void {
    if (this.#knowsPage || treeAfter === null) return;
    this.#knowsPage = true;
    this.#known.addTree(treeAfter);
  }

  #take(report: FrameReport, measured: OperationCase | undefined): void {
    const { text, operation, change, treeBefore, treeAfter } = report;
    const parts = dissect(text, { before: treeBefore, after: treeAfter }, this.#known);
    const { inserted, updated, repeated, removed } = change;
    const items = inserted.length + updated.length - repeated.length + removed.length;
    this.#ledger.record(this.#mode, { operation, items, parts });
    if (operation === measured?.operation)
      this.#ledger.record(this.#mode, { operation, items, parts }, measured.name);
  }
}
