import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import { until, untilIs } from "./until.ts";

const DRAFT = `document.querySelector("#message_content")`;
const MEMBERS = `[...document.querySelectorAll("#members li")].map((member) =>
  [...member.children].slice(1).map(({ textContent }) => textContent).join(" "))`;

/** Waits until the page shows these members, as `alice you`, `bob` or, where he writes, `bob ...`. */
export const untilMembers = (page: ChromePage, ...members: readonly string[]) =>
  untilIs(page, MEMBERS, members);

/** Puts a text into the field, as typing does it, and the caret somewhere in it. Nobody types while what he sent is not answered. */
export async function writeDraft(page: ChromePage, text: string, caret = text.length): Promise<void> {
  await page.waitFor("#message_content:not([readonly])");
  await page.evaluate(`(() => {
    const draft = ${DRAFT};
    draft.focus();
    draft.value = ${JSON.stringify(text)};
    draft.setSelectionRange(${caret}, ${caret});
    draft.dispatchEvent(new Event("input", { bubbles: true }));
  })()`);
}

/** Waits until the server has answered what was written. */
export const untilTold = (page: ChromePage) =>
  until(page, `!document.querySelector("#message-form").classList.contains("phx-change-loading")`);

/** Leaves the field. */
export const blurDraft = (page: ChromePage) => page.evaluate(`${DRAFT}.blur()`);

/** What is in the field, and whether its reader is. */
export const draftOf = (page: ChromePage) =>
  page.evaluate(
    `(({ value, selectionStart }) => ({ value, caret: selectionStart, focused: document.activeElement === ${DRAFT} }))(${DRAFT})`,
  );
