import type { ChromePage } from "../../harness/browser/chrome-page.ts";

/** Waits until an expression holds in a page. */
export function until(page: ChromePage, condition: string): Promise<unknown> {
  return page.evaluate(`new Promise((resolve) => {
    const look = () => (${condition}) ? resolve() : requestAnimationFrame(look);
    look();
  })`);
}
