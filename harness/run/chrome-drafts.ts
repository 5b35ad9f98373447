import { beginDraft, type Draft, type DraftPage, readDraft } from "../browser/page-draft.ts";
import type { Site } from "../core/site.ts";
import type { CheckLedger } from "../oracle/check-ledger.ts";
import type { Checkpoint } from "../oracle/check-viewers.ts";

/** A Chrome, and what it is called. */
export interface DraftingChrome {
  readonly name: string;
  readonly page: DraftPage;
}

/** What everybody has begun to write. */
const TEXT = "half a thought";

/** Has readers in Chrome begin a message, and looks whether it stays as it is whatever happens on the page. */
export class ChromeDrafts {
  readonly #chromes: readonly DraftingChrome[];
  readonly #field: string;
  readonly #begun = new Map<DraftingChrome, Draft>();

  constructor(chromes: readonly DraftingChrome[], { form, field }: Site["send"]) {
    this.#chromes = chromes;
    this.#field = `${form} [name=${JSON.stringify(field)}]`;
  }

  /** Has each begin a message who has not, or whose message is not as he left it. */
  async begin(): Promise<void> {
    for (const chrome of this.#chromes)
      if (!this.#begun.has(chrome)) this.#begun.set(chrome, await beginDraft(chrome.page, this.#field, TEXT));
  }

  /** Checks each message that was begun: its text, that its field has the focus, and where the caret is. */
  async check(at: Checkpoint, checks: CheckLedger): Promise<void> {
    for (const [chrome, begun] of this.#begun) {
      const problem = difference(begun, await readDraft(chrome.page, this.#field));
      if (problem === null) {
        checks.pass("chrome-draft", at.mode);
        continue;
      }
      this.#begun.delete(chrome);
      const message = `${chrome.name}: ${problem.what}`;
      const { expected, actual } = problem;
      checks.fail({ kind: "chrome-draft", ...at, who: chrome.name, expected, actual, message });
    }
    await this.begin();
  }
}

interface Difference {
  readonly expected: string;
  readonly actual: string;
  readonly what: string;
}

function difference(begun: Draft, now: Draft | null): Difference | null {
  if (now === null)
    return { expected: "a field", actual: "none", what: "the field that he writes in is gone" };
  if (now.text !== begun.text) {
    const [expected, actual] = [begun.text, now.text].map((text) => JSON.stringify(text)) as [string, string];
    return { expected, actual, what: `what he had begun to write is ${actual}, and was ${expected}` };
  }
  if (!now.hasFocus)
    return { expected: "the focus", actual: "none", what: "the field that he writes in has lost the focus" };
  const [expected, actual] = [begun.caret, now.caret].map((caret) => `caret at ${caret.join(" to ")}`) as [
    string,
    string,
  ];
  return expected === actual
    ? null
    : { expected, actual, what: `the caret has moved: ${actual}, not ${expected}` };
}
