import { describe, expect, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import { MODES } from "../../reference-server/web/chat/modes.ts";
import {
  chatSite,
  contentsOf,
  idsOf,
  LIST,
  saveEdit,
  send,
  untilEnd,
  untilIds,
  untilLength,
} from "./chat-site.ts";
import { writeDraft } from "./presence-page.ts";
import { seededIds } from "./seeded-ids.ts";
import { until } from "./until.ts";

const site = chatSite();
const FIELD = "#message_content";

const textIn = (page: ChromePage, selector: string) =>
  page.evaluate(`document.querySelector("${selector}").value`);
const problem = `document.querySelector("#message-problem").textContent`;
const dialogIs = (page: ChromePage, display: "grid" | "none") =>
  until(page, `getComputedStyle(document.querySelector("#edit-dialog")).display === "${display}"`);

test("Enter sends, Shift and Enter begin another line, and the text is shown as it was written", async () => {
  const page = await site.visit("alice", "/rooms/1");
  await page.type(FIELD, "one");
  await page.press(FIELD, "Shift+Enter");
  expect(await page.readList(LIST)).toHaveLength(10);
  await page.evaluate(`document.execCommand("insertText", false, "  two\\n\\n<three>")`);
  await page.press(FIELD, "Enter");
  const items = await page.waitForList(LIST, (list) => list.length === 11, "show the message");
  expect(items.at(-1)?.fields.content).toBe("one\n  two\n\n<three>");
  await until(page, `document.querySelector("${FIELD}").value === ""`);
});

test("a message that is too long is said to be so as one writes, and is not sent", async () => {
  const page = await site.visit("alice", "/rooms/1");
  expect(await page.evaluate(problem)).toBe("");
  await writeDraft(page, "x".repeat(10_001));
  await until(page, `${problem} !== ""`);
  expect(await page.evaluate(problem)).toBe("A message has at most 10,000 characters; this one has 10,001.");
  await page.click("#message-form button");
  await writeDraft(page, "x".repeat(10_000));
  await until(page, `${problem} === ""`);
  await page.click("#message-form button");
  expect(contentsOf(await untilOneMore(page)).at(-1)).toBe("x".repeat(10_000));
});

const untilOneMore = (page: ChromePage) =>
  page.waitForList(LIST, (items) => items.length === 11, "show one message more");

test("a blank message is ignored, and what the hidden fields say is not believed", async () => {
  const page = await site.visit("alice", "/rooms/1");
  const other = await site.visit("bob", "/rooms/2");
  const before = idsOf(await other.readList(LIST));
  await writeDraft(page, " \n\t ");
  await page.click("#message-form button");
  await page.evaluate(`(() => {
    for (const name of ["room_id", "sender_id"])
      document.querySelector(\`#message-form [name="message[\${name}]"]\`).value = "2";
  })()`);
  await writeDraft(page, "who and where?");
  await page.click("#message-form button");
  const items = await untilOneMore(page);
  expect(items.at(-1)?.fields).toMatchObject({ sender: "alice", content: "who and where?" });
  await send(other, "nobody wrote here");
  expect(idsOf(await untilEnd(other, "nobody wrote here")).slice(0, -1)).toEqual(before);
});

test("ArrowUp in the empty field opens one's last message, and Escape closes it", async () => {
  const page = await site.visit("alice", "/rooms/1");
  await send(page, "not this one");
  await untilEnd(page, "not this one");
  await send(page, "my last");
  await untilEnd(page, "my last");
  await page.type(FIELD, "a draft");
  await page.press(FIELD, "ArrowUp");
  // Answered after the key.
  await writeDraft(page, "x".repeat(10_001));
  await until(page, `${problem} !== ""`);
  expect(await page.evaluate(`document.querySelector("#edit-message-form")`)).toBeNull();
  await writeDraft(page, "");
  await page.press(FIELD, "ArrowUp");
  await page.waitFor("#edit_content:focus");
  await dialogIs(page, "grid");
  expect(await textIn(page, "#edit_content")).toBe("my last");
  await page.press("#edit_content", "Escape");
  await dialogIs(page, "none");
  await page.waitFor(`${FIELD}:focus`);
  expect(await page.evaluate(`document.querySelector("#edit-message-form")`)).toBeNull();
});

test("the dialog holds the focus while it is open, and gives it back", async () => {
  const page = await site.visit("alice", "/rooms/1");
  await send(page, "mine");
  await untilEnd(page, "mine");
  await page.click(".message:last-child .edit");
  await page.waitFor("#edit_content:focus");
  const focused: unknown[] = [];
  for (let pressed = 0; pressed < 3; pressed += 1) {
    await page.press(":focus", "Tab");
    focused.push(
      await page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id"),
    );
  }
  expect(focused).toEqual(["Cancel", "Save", "mine"]);
  await page.press("#edit_content", "Tab", "Enter");
  await dialogIs(page, "none");
  await page.waitFor(".message:last-child .edit:focus");
});

test("a message that is deleted while it is changed closes the dialog, and one is told", async () => {
  const [here, there] = [await site.visit("alice", "/rooms/1"), await site.visit("alice", "/rooms/1")];
  await send(here, "soon gone");
  await untilEnd(there, "soon gone");
  await here.click(".message:last-child .edit");
  await here.waitFor("#edit_content:focus");
  await there.click(".message:last-child .delete");
  await dialogIs(here, "none");
  await until(here, `document.querySelector("#flash-error")?.textContent.startsWith("That message is gone")`);
  await untilLength(here, 10);
  await here.waitFor("#messages-wrap:focus");
});

test.each(["stream", "append"])(
  "in %s, who deletes a message by keyboard goes on in the list",
  async (mode) => {
    const page = await site.visit("alice", `/${mode}/rooms/1`);
    await send(page, "mine");
    await untilEnd(page, "mine");
    await page.press(".message:last-child .delete", "Enter");
    await untilLength(page, 10);
    await page.waitFor("#messages-wrap:focus");
  },
);

test("buttons are shown on the message under the pointer, and on the one that has the focus", async () => {
  const page = await site.visit("alice", "/rooms/1");
  for (const text of ["first", "second"]) {
    await send(page, text);
    await untilEnd(page, text);
  }
  // A headless Chrome has no pointer that hovers, so the style of touch screens shows all of them.
  const shown = (nth: number) =>
    `document.querySelector(".message:nth-last-child(${nth})").matches(".hovered, :focus-within")`;
  await page.hover(".message:nth-last-child(2) .content");
  await until(page, shown(2));
  expect(await page.evaluate(shown(1))).toBe(false);
  await page.click(".message:nth-last-child(2) .edit");
  await saveEdit(page, ", changed");
  await until(
    page,
    `document.querySelector(".message:nth-last-child(2) .content").textContent === "first, changed"`,
  );
  await dialogIs(page, "none");
  await page.hover(".message:nth-last-child(1) .content");
  await until(page, `${shown(1)} && document.querySelectorAll(".hovered").length === 1`);
  await page.hover(FIELD);
  await until(page, `document.querySelectorAll(".hovered").length === 0`);
  await page.evaluate(`document.querySelector(".message:nth-last-child(1) .delete").focus()`);
  expect(await page.evaluate(shown(1))).toBe(true);
});

describe.each(Object.keys(MODES))("in %s, with the official client,", (mode) => {
  test("what is edited or deleted above the page leaves it as it is, and is right when it is scrolled to", async () => {
    const all = await seededIds(1);
    const writer = await site.visit("alice", `/${mode}/rooms/1?members=off`);
    const reader = await site.visit("bob", `/${mode}/rooms/1?members=off`);
    for (const length of [20, 30, 40, 45]) {
      await writer.scrollToTop(LIST.container);
      await untilIds(writer, all.slice(-length));
    }
    const own = (await writer.evaluate(
      `[...document.querySelectorAll(".message:has(.edit)")].map(({ id }) => id)`,
    )) as string[];
    const [deleted, edited] = own.filter((id) => !all.slice(-10).includes(id));
    await writer.evaluate(`document.querySelector("#${edited} .edit").click()`);
    await saveEdit(writer, " (changed above)");
    await until(
      writer,
      `document.querySelector("#${edited} .content").textContent.endsWith("(changed above)")`,
    );
    await writer.evaluate(`document.querySelector("#${deleted} .delete").click()`);
    await untilLength(writer, 44);
    await send(writer, "all done");
    const shown = idsOf(await untilEnd(reader, "all done"));
    expect(shown.slice(0, -1)).toEqual(all.slice(-10));
    const left = all.filter((id) => id !== deleted);
    for (const length of [20, 30, 40, 44]) {
      await reader.scrollToTop(LIST.container);
      await untilIds(reader, [...left.slice(-length), ...shown.slice(-1)]);
    }
    const changed = (await reader.readList(LIST)).find(({ id }) => id === edited);
    expect(changed?.fields).toMatchObject({
      content: expect.stringMatching(/ \(changed above\)$/),
      edited: "(edited)",
    });
  });

  test("what is deleted while a page of history is on its way does not come back with it", async () => {
    const all = await seededIds(1);
    const writer = await site.visit("alice", `/${mode}/rooms/1?members=off`);
    const reader = await site.visit("bob", `/${mode}/rooms/1?members=off`);
    for (const length of [20, 30]) {
      await writer.scrollToTop(LIST.container);
      await untilIds(writer, all.slice(-length));
    }
    const deletes = writer.evaluate(
      `[...document.querySelectorAll(".delete")].map((button) => (button.click(), button.closest(".message").id))`,
    );
    await reader.scrollToTop(LIST.container);
    const deleted = (await deletes) as string[];
    expect(deleted).not.toEqual([]);
    const left = all.filter((id) => !deleted.includes(id));
    await send(writer, "all done");
    // Ten were there, at least ten come; all but the deleted ones stay, and one is new.
    const least = left.filter((id) => all.slice(-20).includes(id)).length + 1;
    const items = await reader.waitForList(
      LIST,
      (list) => list.length >= least && list.at(-1)?.fields.content === "all done",
      "show a page of history, and what was written after it",
    );
    expect(idsOf(items).slice(0, -1)).toEqual(left.slice(1 - items.length));
  });
});
