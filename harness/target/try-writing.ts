import { setTimeout as sleep } from "node:timers/promises";
import { BenchError } from "../core/errors.ts";
import { elementById } from "../page/html.ts";
import type { SimulatedUser } from "../user/simulated-user.ts";
import { foundValue } from "./discover.ts";
import { findContent, findControls } from "./find-controls.ts";
import { findEditForm } from "./find-forms.ts";
import { type Finding, found, missing } from "./finding.ts";

/** What became of a message that was written to see what can be done with it. */
export interface Written {
  readonly findings: readonly Finding[];
  /** A selector of the element that holds what was written, within an item; null where there is none. */
  readonly content: string | null;
}

/** How long a message may take to come back by broadcast. */
const PATIENCE_MS = 5000;

/**
 * Writes a message as a user who is on the room's page, looks at it, opens the form that changes it, and deletes it.
 *
 * @param onFrame calls what is in it after each frame
 * @throws BenchError where the form cannot be sent
 */
export async function tryWriting(
  user: SimulatedUser,
  before: readonly Finding[],
  text: string,
  onFrame: Set<() => void>,
): Promise<Written> {
  const [form, field] = [foundValue(before, "send.form"), foundValue(before, "send.field")];
  if (form === null || field === null) return { findings: before, content: null };
  await user.submit(form, { [field]: text });
  const own = () => user.items.find((item) => item.text.includes(text));
  await until(() => own() !== undefined, onFrame);
  const id = own()?.id;
  const item = id === undefined || user.document === null ? null : elementById(user.document, id);
  if (item === null || id === undefined) {
    const why = `what was written by ${form} did not appear in ${foundValue(before, "list.container")} within ${PATIENCE_MS / 1000} s`;
    return { findings: replaced(before, [missing("list.container", why)]), content: null };
  }

  const content = findContent(item, text);
  let findings = improved(before, [
    ...seenIn(before, "what was written came back in it"),
    ...findControls([item]),
  ]);
  const opens = foundValue(findings, "edit.button");
  if (opens !== null && (await isClicked(user, opens, id)) && user.document !== null) {
    findings = improved(findings, findEditForm(user.document, form));
  }
  const deletes = foundValue(findings, "delete.button");
  if (deletes !== null && (await isClicked(user, deletes, id))) {
    await until(() => own() === undefined, onFrame);
    const why = own() === undefined ? "it has deleted what was written" : "what was written is still there";
    const finding =
      own() === undefined ? found("delete.button", deletes, "certain", why) : missing("delete.button", why);
    findings = replaced(findings, [finding]);
  }
  return { findings: [...findings, content], content: content.value };
}

/** What is said stays; of the rest, what was found now takes the place of what was found before. */
function replaced(before: readonly Finding[], now: readonly Finding[]): readonly Finding[] {
  return before.map((finding) => {
    if (finding.sureness === "said") return finding;
    return now.find(({ key }) => key === finding.key) ?? finding;
  });
}

/** As {@link replaced}, but what is missing now stays as it was found before. */
function improved(before: readonly Finding[], now: readonly Finding[]): readonly Finding[] {
  return replaced(
    before,
    now.filter(({ value }) => value !== null),
  );
}

function seenIn(before: readonly Finding[], why: string): readonly Finding[] {
  return ["list.container", "send.form", "send.field"].flatMap((key) => {
    const value = foundValue(before, key);
    return value === null ? [] : [found(key, value, "certain", why)];
  });
}

/** Clicks what may do nothing but show something. */
async function isClicked(user: SimulatedUser, selector: string, item: string): Promise<boolean> {
  try {
    await user.click(selector, { item });
    return true;
  } catch (error) {
    if (error instanceof BenchError) return error.code === "unsupported-binding";
    throw error;
  }
}

/** Resolves when something is so, at the latest after {@link PATIENCE_MS}. */
async function until(isSo: () => boolean, onFrame: Set<() => void>): Promise<void> {
  if (isSo()) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => isSo() && resolve();
  onFrame.add(look);
  const over = new AbortController();
  await Promise.race([promise, sleep(PATIENCE_MS, undefined, { signal: over.signal }).catch(() => {})]);
  over.abort();
  onFrame.delete(look);
}
