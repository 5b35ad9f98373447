import { onTestFinished } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import type { Chrome } from "../../harness/browser/launch.ts";
import { logInForm } from "../../harness/core/site.ts";
import { referenceSite } from "../../scenarios/reference-site.ts";
import { until } from "./until.ts";

/** The page's view is connected, whether it is at a route or in a page that is not live. */
export const CONNECTED = "[data-phx-session].phx-connected";

/** Somebody's Chrome at a page of a server, logged in. It is closed when the test ends. */
export async function visitAs(chrome: Chrome, name: string, url: string): Promise<ChromePage> {
  const page = await chrome.openPage({ name });
  onTestFinished(() => page.close());
  await page.logIn({ url, ...logInForm(referenceSite, name) });
  await page.waitFor(CONNECTED);
  return page;
}

/** Puts text in a field as if it had been typed, in place of what is there. */
export const fill = (page: ChromePage, selector: string, text: string): Promise<unknown> =>
  page.evaluate(`(() => {
    const field = document.querySelector(${JSON.stringify(selector)});
    field.focus();
    field.value = ${JSON.stringify(text)};
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  })()`);

/** What is written in each element that a selector finds. */
export const textsOf = (page: ChromePage, selector: string): Promise<unknown> =>
  page.evaluate(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].map(({ textContent }) => textContent.trim())`,
  );

/** Waits until the elements that a selector finds say this. */
export const untilTexts = (page: ChromePage, selector: string, texts: readonly string[]): Promise<unknown> =>
  until(
    page,
    `JSON.stringify([...document.querySelectorAll(${JSON.stringify(selector)})].map(({ textContent }) => textContent.trim())) === ${JSON.stringify(JSON.stringify(texts))}`,
  );

/** Adds somebody to the conversation that is being made. */
export async function addContact(page: ChromePage, name: string): Promise<void> {
  await fill(page, "#contact_name", name);
  await until(
    page,
    `document.querySelector("#found button")?.textContent === ${JSON.stringify(`Add ${name}`)}`,
  );
  await page.click("#found button");
  await until(
    page,
    `document.querySelector("#contacts li:last-child")?.textContent.startsWith(${JSON.stringify(name)})`,
  );
}

/** Makes a conversation with these, from the dashboard. */
export async function begin(page: ChromePage, title: string, names: readonly string[]): Promise<void> {
  for (const name of names) await addContact(page, name);
  await fill(page, "#conversation_title", title);
  await page.click("#conversation-form [type=submit]");
}
