import { expect, test } from "vitest";
import { Authorship } from "../../../harness/crowd/authorship.ts";
import { fakeUser, memberIn } from "./fake-cast.ts";

const ada = await memberIn(1, fakeUser("ada"));
const grace = await memberIn(1, fakeUser("grace"));

/** Messages 0 to 4 of Ada's, which appear in this order. */
function fiveOfAda(order: readonly number[] = [0, 1, 2, 3, 4], seed = 1): Authorship {
  const authorship = new Authorship(seed);
  for (const sequence of order) authorship.writes(sequence, ada);
  for (const sequence of order) authorship.appeared("ada", sequence, `messages-${sequence}`);
  return authorship;
}

const times = (count: number, choose: () => { readonly itemId: string } | undefined) =>
  Array.from({ length: count }, () => choose()?.itemId);

test("where nothing was written there is nothing to choose", () => {
  const authorship = new Authorship(1);
  expect([authorship.pick(), authorship.take()]).toEqual([undefined, undefined]);
});

test("a message can be chosen once its author has it on the page, and only then", () => {
  const authorship = new Authorship(1);
  authorship.writes(0, ada);
  authorship.appeared("grace", 0, "messages-7");
  authorship.appeared("ada", 1, "messages-8");
  expect(authorship.pick()).toBe(undefined);
  authorship.appeared("ada", 0, "messages-7");
  expect(authorship.pick()).toMatchObject({ author: ada, itemId: "messages-7" });
});

test("each message is its own author's", () => {
  const authorship = new Authorship(1);
  authorship.writes(0, ada);
  authorship.writes(1, grace);
  authorship.appeared("ada", 0, "messages-7");
  authorship.appeared("grace", 1, "messages-8");
  const chosen = [authorship.take(), authorship.take()].map((written) => [
    written?.author.user.name,
    written?.itemId,
  ]);
  expect(chosen.sort()).toEqual([
    ["ada", "messages-7"],
    ["grace", "messages-8"],
  ]);
});

test("what is picked stays, what is taken is gone", () => {
  const picking = fiveOfAda();
  expect(new Set(times(100, () => picking.pick())).size).toBe(5);
  const taking = fiveOfAda();
  expect(times(6, () => taking.take()).sort()).toEqual([
    "messages-0",
    "messages-1",
    "messages-2",
    "messages-3",
    "messages-4",
    undefined,
  ]);
});

test.each([
  ["newest", "messages-4"],
  ["middle", "messages-2"],
] as const)("the %s of five is %s, and is chosen again unless it is taken", (target, itemId) => {
  const authorship = fiveOfAda();
  expect(times(2, () => authorship.pick(target))).toEqual([itemId, itemId]);
  expect(times(2, () => authorship.take(target))).toEqual([
    itemId,
    { newest: "messages-3", middle: "messages-3" }[target],
  ]);
});

test("the same is the one that was picked last, as long as it is there", () => {
  const authorship = fiveOfAda();
  expect(authorship.pick("same"), "before anything was picked").toBe(undefined);
  authorship.pick("middle");
  expect(times(2, () => authorship.pick("same"))).toEqual(["messages-2", "messages-2"]);
  authorship.take("middle");
  expect(authorship.pick("same")).toBe(undefined);
});

test("where nothing was written there is no target either", () => {
  const authorship = new Authorship(1);
  expect([authorship.pick("newest"), authorship.pick("middle"), authorship.take("newest")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("a target costs no chance: what is chosen by chance afterwards is the same", () => {
  const [plain, targeted] = [fiveOfAda(), fiveOfAda()];
  for (const target of ["newest", "middle", "same"] as const) targeted.pick(target);
  expect(times(5, () => targeted.take())).toEqual(times(5, () => plain.take()));
});

test("the choice is the seed's, whatever the order in which messages appeared", () => {
  const inOrder = fiveOfAda();
  const inDisorder = fiveOfAda([3, 0, 4, 1, 2]);
  const first = times(5, () => inOrder.take());
  expect(first).toEqual(["messages-1", "messages-0", "messages-2", "messages-4", "messages-3"]);
  expect(times(5, () => inDisorder.take())).toEqual(first);
  const otherSeed = fiveOfAda([0, 1, 2, 3, 4], 2);
  expect(times(5, () => otherSeed.take())).toEqual([
    "messages-0",
    "messages-2",
    "messages-4",
    "messages-1",
    "messages-3",
  ]);
});

test("a message that appears again is there once, under its new id", () => {
  const authorship = new Authorship(1);
  authorship.writes(0, ada);
  authorship.appeared("ada", 0, "messages-7");
  authorship.appeared("ada", 0, "messages-70");
  expect(times(2, () => authorship.take())).toEqual(["messages-70", undefined]);
});
