import type { ChromePage } from "./chrome-page.ts";

/** What a reader has begun to write, as it is in its field. */
export interface Draft {
  readonly text: string;
  /** Whether what he types goes there. */
  readonly hasFocus: boolean;
  /** Where the caret is, in UTF-16 code units from the beginning; as long as he has selected something, its ends. */
  readonly caret: readonly [from: number, to: number];
}

/** A page with a field; see `ChromePage`. */
export type DraftPage = Pick<ChromePage, "evaluate" | "type">;

/**
 * Types a text into a field in place of what is in it, and goes back to its middle.
 *
 * @throws BenchError `chrome-page` where there is no such field
 */
export async function beginDraft(page: DraftPage, field: string, text: string): Promise<Draft> {
  const found = `document.querySelector(${JSON.stringify(field)})`;
  await page.evaluate(`${found}?.select()`);
  await page.type(field, text);
  const middle = Math.floor(text.length / 2);
  await page.evaluate(`${found}.setSelectionRange(${middle}, ${middle})`);
  return { text, hasFocus: true, caret: [middle, middle] };
}

/** What is in a field now; null where there is none. */
export async function readDraft(page: DraftPage, field: string): Promise<Draft | null> {
  return (await page.evaluate(`((field) => field && {
    text: field.value,
    hasFocus: document.activeElement === field,
    caret: [field.selectionStart, field.selectionEnd],
  })(document.querySelector(${JSON.stringify(field)}))`)) as Draft | null;
}
