import { expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import { checkPages, type PageChecks } from "../../../harness/crowd/check-pages.ts";
import type { Member } from "../../../harness/crowd/member.ts";
import { CheckLedger } from "../../../harness/oracle/check-ledger.ts";
import type { LivePage } from "../../../harness/page/live-page.ts";
import type { SimulatedUser } from "../../../harness/user/simulated-user.ts";
import { memberIn } from "./fake-cast.ts";

const SITE = {
  edit: { button: ".edit", form: "#edit", field: "text" },
  members: { item: "#members li", name: ".name", typing: ".typing" },
};
const NOW = micros(60_000_000);

const member = (html: string, heartbeatSentUs?: number | null): Promise<Member> => {
  const page = { html: () => html } as Partial<LivePage> as LivePage;
  const user = { name: "ada", items: [], page, heartbeatSentUs } as Partial<SimulatedUser> as SimulatedUser;
  return memberIn(1, user);
};

/** What the checks of a member say: failures, and of each kind how many were made. */
function checked(one: Member, options: Partial<PageChecks> = {}) {
  const checks = new CheckLedger();
  const at = { mode: "stream", step: "1 load" };
  checkPages([one], { site: SITE, edits: true, at, attendance: null, checks, nowUs: NOW, ...options });
  const { kinds, failures } = checks.checks();
  const made = Object.fromEntries(Object.entries(kinds).map(([kind, { made: count }]) => [kind, count]));
  return { made, said: failures.map(({ kind, message }) => `${kind}: ${message}`) };
}

test("a heartbeat that waits for a second or more has no answer; of none, and one on its way, nothing is said yet", async () => {
  expect(checked(await member("<p></p>")).made).toEqual({ "own-forms": 1 });
  expect(checked(await member("<p></p>", null)).made).toMatchObject({ heartbeat: 1 });
  expect(checked(await member("<p></p>", NOW - 999_999)).made).toEqual({ "own-forms": 1 });
  expect(checked(await member("<p></p>", NOW - 1_000_000)).said).toEqual([
    "heartbeat: ada: a heartbeat is not answered",
  ]);
});

test("a form is open on the page of who has opened it, and of nobody else", async () => {
  const page = '<div><form id="edit"></form></div>';
  expect(checked(await member(page)).said).toEqual([
    "own-forms: ada: #edit is open, which he has not opened",
  ]);
  const editor = await member(page);
  editor.isEditing = true;
  expect(checked(editor)).toEqual({ made: { "own-forms": 1 }, said: [] });
  expect(checked(await member(page), { edits: false })).toEqual({ made: {}, said: [] });
});

const li = (name: string, more = "") => `<li><span class="name">${name}</span>${more}</li>`;
const TYPING = '<i class="typing">...</i>';
const THERE = [
  { name: "ada", roomId: 1, isTyping: false },
  { name: "bob", roomId: 1, isTyping: true },
  { name: "eve", roomId: 2, isTyping: false },
];

test.each([
  ["the others", [li("bob", TYPING), li("ada")], []],
  ["a ghost", [li("ada"), li("bob", TYPING), li("eve")], ["eve is shown, and should not be"]],
  ["one too few", [li("ada")], ["bob, who is typing is not shown once"]],
  ["one twice", [li("ada"), li("ada"), li("bob", TYPING)], ["somebody is not shown once"]],
  [
    "who types no more",
    [li("ada", TYPING), li("bob", TYPING)],
    ["ada, who is typing is shown, and should not be"],
  ],
  ["nobody who types", [li("ada"), li("bob")], ["bob is shown, and should not be"]],
])("of those who are in a room a page shows %s", async (_what, shown, said) => {
  const one = await member(`<ul id="members">${shown.join("")}</ul>`);
  expect(checked(one, { attendance: THERE, edits: false })).toEqual({
    made: { members: 1 },
    said: said.map((what) => `members: ada: ${what}`),
  });
});

test("who is away is not looked at", async () => {
  const one = await member('<form id="edit"></form>', 0);
  one.isPresent = false;
  expect(checked(one, { attendance: THERE })).toEqual({ made: {}, said: [] });
});
