import type { ChromePage } from "../../harness/browser/chrome-page.ts";

const LIMIT_MS = 15_000;
const PAUSE_MS = 15;

/** Waits until an expression holds in a page, also in one that Chrome does not draw. An error where it takes too long. */
export function until(page: ChromePage, condition: string): Promise<unknown> {
  return page.evaluate(`new Promise((resolve, reject) => {
    const deadlineMs = performance.now() + ${LIMIT_MS};
    const look = () => {
      if (${condition}) resolve();
      else if (performance.now() < deadlineMs) setTimeout(look, ${PAUSE_MS});
      else reject(new Error("not within ${LIMIT_MS} ms: " + ${JSON.stringify(condition)}));
    };
    look();
  })`);
}
