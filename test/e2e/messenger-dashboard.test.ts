import { expect, test } from "vitest";
import { chatSite } from "./chat-site.ts";
import { addContact, begin, fill, newestId, textsOf, untilTexts } from "./messenger-site.ts";
import { until } from "./until.ts";

const site = chatSite({ messagesPerRoom: 0, users: 40 });

const isDisabled = `document.querySelector("#conversation-form [type=submit]").disabled`;

test("the front page is not live, and holds the dashboard as a view of its own", async () => {
  const alice = await site.visit("alice", "/");
  expect(await alice.evaluate(`location.pathname`)).toBe("/");
  expect(await alice.evaluate(`document.querySelectorAll("[data-phx-session]").length`)).toBe(1);
  expect(await alice.evaluate(`document.querySelector("[data-phx-main]")`)).toBeNull();
  expect(await textsOf(alice, ".dashboard .none")).toEqual(["None yet. Begin one with somebody."]);
});

test("people are found by their nickname, at most ten, added and left out one by one", async () => {
  const alice = await site.visit("alice", "/");
  expect(await alice.evaluate(isDisabled)).toBe(true);
  await fill(alice, "#contact_name", "user-");
  await untilTexts(alice, "#found-count", ["10 found"]);
  expect(await alice.evaluate(`document.querySelectorAll("#found li").length`)).toBe(10);
  await fill(alice, "#contact_name", "alice");
  await untilTexts(alice, "#found-count", ["Nobody is called that"]);
  await addContact(alice, "bob");
  expect(await alice.evaluate(isDisabled)).toBe(false);
  await addContact(alice, "carla");
  await alice.click("#contacts-2 button");
  await until(alice, `document.querySelector("#contacts-2") === null`);
  expect(await textsOf(alice, "#contacts li")).toEqual(["carla ✕"]);
  await alice.click("#contacts-3 button");
  await until(alice, isDisabled);
});

test("a conversation that anyone makes is at once on the dashboards of its members, first, and on no other", async () => {
  const [alice, bob, deniz] = [
    await site.visit("alice", "/"),
    await site.visit("bob", "/"),
    await site.visit("deniz", "/"),
  ];
  await begin(alice, "Lunch", ["bob", "carla"]);
  for (const page of [alice, bob]) await untilTexts(page, "#conversations strong", ["Lunch"]);
  await begin(bob, "", ["carla", "alice"]);
  await untilTexts(alice, "#conversations strong", ["bob, carla", "Lunch"]);
  await untilTexts(bob, "#conversations strong", ["alice, carla", "Lunch"]);
  expect(await textsOf(bob, "#conversations .members")).toEqual(["alice, bob, carla", "alice, bob, carla"]);
  expect(await textsOf(deniz, "#conversations strong")).toEqual([]);
});

test("whoever has made one is told so until he puts that away, and the form is empty again", async () => {
  const alice = await site.visit("alice", "/");
  await begin(alice, "Lunch", ["bob"]);
  await alice.waitFor("#flash-info");
  expect(await textsOf(alice, "#flash-info")).toEqual(["The conversation “Lunch” is there. ✕"]);
  expect(await alice.evaluate(`document.querySelector("#conversation_title").value`)).toBe("");
  expect(await textsOf(alice, "#contacts li")).toEqual([]);
  await alice.click("#flash-info button");
  await until(alice, `document.querySelector("#flash-info") === null`);
});

test("a refusal is told, and what was begun stays", async () => {
  const alice = await site.visit("alice", "/");
  await alice.evaluate(`document.querySelector("#conversation_title").removeAttribute("maxlength")`);
  await begin(alice, "x".repeat(101), ["bob"]);
  await alice.waitFor("#flash-error");
  expect(await textsOf(alice, "#flash-error")).toEqual(["Not made: a title has at most 100 characters. ✕"]);
  expect(await textsOf(alice, "#contacts li")).toEqual(["bob ✕"]);
  expect(await alice.evaluate(`document.querySelector("#conversation_title").value.length`)).toBe(101);
});

test("the button that goes with somebody leaves the focus where one adds the next", async () => {
  const alice = await site.visit("alice", "/");
  await addContact(alice, "bob");
  await until(alice, `document.activeElement.id === "contact_name"`);
  await alice.click("#contacts-2 button");
  await until(alice, `document.querySelector("#contacts-2") === null`);
  expect(await alice.evaluate("document.activeElement.id")).toBe("contact_name");
});

test("Enter adds the first who was found", async () => {
  const alice = await site.visit("alice", "/");
  await alice.submitMessage("#contact-form", "#contact_name", "bob");
  await untilTexts(alice, "#contacts li", ["bob ✕"]);
  expect(await alice.evaluate(`document.querySelector("#contact_name").value`)).toBe("");
});

test("a stranger to a conversation is told on the front page that there is none, until he puts that away", async () => {
  const bob = await site.visit("bob", "/");
  await begin(bob, "Lunch", ["carla"]);
  await bob.waitFor("#flash-info");
  const alice = await site.visit("alice", `/conversations/${await newestId(bob)}`);
  expect(await alice.evaluate("location.pathname")).toBe("/");
  expect(await textsOf(alice, "#flash-error")).toEqual(["There is no such conversation. ✕"]);
  await alice.click("#flash-error button");
  await until(alice, `document.querySelector("#flash-error") === null`);
  await alice.goto(`${site.origin}/`);
  expect(await textsOf(alice, "#flash-error")).toEqual([]);
});
