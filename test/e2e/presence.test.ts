import { describe, expect, test } from "vitest";
import { MODES } from "../../reference-server/web/chat/modes.ts";
import { chatSite, countFrames, send, untilEnd } from "./chat-site.ts";
import { blurDraft, draftOf, untilMembers, untilTold, writeDraft } from "./presence-page.ts";
import { until } from "./until.ts";

const site = chatSite();
const visit = (name: string, { mode = "stream", query = "" } = {}) =>
  site.visit(name, `/${mode}/rooms/1${query}`);

describe.each(Object.keys(MODES))("in %s,", (mode) => {
  test("who comes sees who is there, and is seen by them, until he closes his page", async () => {
    const alice = await visit("alice", { mode });
    await untilMembers(alice, "alice you");
    const bob = await visit("bob", { mode });
    await untilMembers(bob, "alice", "bob you");
    await untilMembers(alice, "alice you", "bob");
    await bob.close();
    await untilMembers(alice, "alice you");
  });

  test("whoever comes, writes and goes, a draft, its caret and the focus stay; leaving the field keeps the text", async () => {
    const alice = await visit("alice", { mode });
    await writeDraft(alice, "half a thought", 4);
    const draft = { value: "half a thought", caret: 4, focused: true };
    const bob = await visit("bob", { mode });
    await untilMembers(alice, "alice you ...", "bob");
    await writeDraft(bob, "hello");
    await untilMembers(alice, "alice you ...", "bob ...");
    expect(await draftOf(alice)).toEqual(draft);
    await bob.click("#message-form button");
    await untilEnd(alice, "hello");
    await untilMembers(alice, "alice you ...", "bob");
    expect(await draftOf(alice)).toEqual(draft);
    await blurDraft(alice);
    await untilMembers(bob, "alice", "bob you");
    await send(bob, "still there?");
    await untilEnd(alice, "still there?");
    await bob.close();
    await untilMembers(alice, "alice you");
    expect(await draftOf(alice)).toEqual({ ...draft, focused: false });
  });

  test("who goes to another room leaves the one and enters the other", async () => {
    const [alice, bob] = [await visit("alice", { mode }), await visit("bob", { mode })];
    await untilMembers(alice, "alice you", "bob");
    const goTo = `.rooms li:nth-child(2) a`;
    await bob.click(goTo);
    await untilMembers(alice, "alice you");
    await untilMembers(bob, "bob you");
    await alice.click(goTo);
    for (const [page, ...members] of [
      [alice, "alice you", "bob"],
      [bob, "alice", "bob you"],
    ] as const)
      await untilMembers(page, ...members);
  });

  test("who has two pages is one member: the second sends nothing to the others, and closing one of them neither", async () => {
    const [alice, first] = [await visit("alice", { mode }), await visit("bob", { mode })];
    await untilMembers(alice, "alice you", "bob");
    const counted = await countFrames(alice);
    const second = await visit("bob", { mode });
    await writeDraft(first, "on the first page");
    await untilMembers(alice, "alice you", "bob ...");
    await writeDraft(second, "on the second too");
    await untilTold(second);
    await blurDraft(first);
    await untilMembers(second, "alice", "bob you ...");
    await first.close();
    await blurDraft(second);
    await untilMembers(alice, "alice you", "bob");
    expect((await counted()).received, "dots come, dots go").toBe(2);
    await second.close();
    await untilMembers(alice, "alice you");
  });
});

test("who writes has dots behind his name, until the field is empty, left, or its text sent", async () => {
  const [alice, bob] = [await visit("alice"), await visit("bob")];
  const ends = [
    () => writeDraft(alice, ""),
    () => blurDraft(alice),
    () => alice.click("#message-form button"),
  ];
  for (const end of ends) {
    await writeDraft(alice, "a word");
    await untilMembers(bob, "alice ...", "bob you");
    await end();
    await untilMembers(bob, "alice", "bob you");
  }
  await writeDraft(alice, "another one");
  await untilMembers(bob, "alice ...", "bob you");
  await alice.evaluate(`document.querySelector("#message-form").requestSubmit()`);
  await untilEnd(bob, "another one");
  await untilMembers(bob, "alice", "bob you");
  expect(await draftOf(alice), "sent by the key, so never left").toMatchObject({ value: "", focused: true });
});

test("a draft that is told to be too long stays when the field is left", async () => {
  const alice = await visit("alice");
  const draft = "a".repeat(10_001);
  await writeDraft(alice, draft);
  await blurDraft(alice);
  await until(alice, `document.querySelector("#message-problem").textContent.includes("10,001")`);
  expect(await draftOf(alice)).toMatchObject({ value: draft, focused: false });
});

test("each member has a colour, the same one on every page, and that of his messages", async () => {
  const [alice, bob] = [await visit("alice"), await visit("bob")];
  await send(bob, "mine");
  await untilEnd(alice, "mine");
  const colours = `[...document.querySelectorAll("#members .avatar")].map((avatar) => getComputedStyle(avatar).backgroundColor)`;
  const ofMessage = `getComputedStyle(document.querySelector("#messages > :last-child .avatar")).backgroundColor`;
  const seen = await alice.evaluate(colours);
  expect(seen).toEqual(["rgb(56, 58, 148)", "rgb(123, 56, 148)"]);
  expect(await bob.evaluate(colours)).toEqual(seen);
  expect(await alice.evaluate(ofMessage)).toBe("rgb(123, 56, 148)");
});

test("with ?members=off a page neither shows who is there nor is it shown, and sends nothing of it", async () => {
  const [alice, quiet] = [await visit("alice"), await visit("bob", { query: "?members=off" })];
  const carla = await visit("carla");
  await untilMembers(alice, "alice you", "carla");
  const counted = await countFrames(quiet);
  await writeDraft(quiet, "unseen");
  await blurDraft(quiet);
  await quiet.click(`.rooms li:nth-child(2) a`);
  await until(quiet, `location.pathname === "/stream/rooms/2"`);
  await quiet.click(`.rooms li:nth-child(1) a`);
  await until(quiet, `location.pathname === "/stream/rooms/1" && location.search === "?members=off"`);
  await carla.close();
  await untilMembers(alice, "alice you");
  expect(await quiet.evaluate(`document.querySelector("#members")`)).toBeNull();
  expect((await counted()).received, "one change, two rooms").toBe(3);
});
