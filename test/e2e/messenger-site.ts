import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import { until, untilIs } from "./until.ts";

/** Puts text in a field as if it had been typed, in place of what is there. */
export const fill = (page: ChromePage, selector: string, text: string): Promise<unknown> =>
  page.evaluate(`(() => {
    const field = document.querySelector(${JSON.stringify(selector)});
    field.focus();
    field.value = ${JSON.stringify(text)};
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  })()`);

const texts = (selector: string) =>
  `[...document.querySelectorAll(${JSON.stringify(selector)})].map(({ textContent }) => textContent.trim())`;

/** What is written in each element that a selector finds. */
export const textsOf = (page: ChromePage, selector: string): Promise<unknown> =>
  page.evaluate(texts(selector));

/** Waits until the elements that a selector finds say this. */
export const untilTexts = (page: ChromePage, selector: string, said: readonly string[]): Promise<unknown> =>
  untilIs(page, texts(selector), said);

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

/** A database that the tests of a file share: what one of them leaves is there in the next. */
export function sharedDatabase() {
  const folder = mkdtempSync(join(tmpdir(), "bench-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "chat.db");
  /** Runs statements beside the server. */
  const change = (sql: string): void => {
    const database = new DatabaseSync(file);
    database.exec(sql);
    database.close();
  };
  return { file, change };
}

/** Makes a conversation with these, from the dashboard. */
export async function begin(page: ChromePage, title: string, names: readonly string[]): Promise<void> {
  for (const name of names) await addContact(page, name);
  await fill(page, "#conversation_title", title);
  await page.click("#conversation-form [type=submit]");
}

/** The id of the newest conversation on a dashboard. */
export async function newestId(page: ChromePage): Promise<number> {
  return Number(await page.evaluate(`document.querySelector("#conversations a").pathname.split("/").at(-1)`));
}
