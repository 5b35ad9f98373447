import { expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import {
  type ActionServices,
  deleteMessage,
  editMessage,
  writeAs,
  writeMessage,
} from "../../../harness/crowd/actions.ts";
import type { Cast } from "../../../harness/crowd/cast.ts";
import { castOf, fakeUser, memberIn } from "./fake-cast.ts";
import { smallScenario } from "./small-scenario.ts";

const due = (at: number) => ({ dueUs: micros(1_000_000 + at) });

/** At a clock that goes on by 10 us whenever it is looked at. */
function services(cast: Cast, site = smallScenario.site): ActionServices {
  let nowUs = 2_000_000;
  const clock = () => {
    nowUs += 10;
    return micros(nowUs);
  };
  return { cast, scenario: { site }, clock };
}

/** Ada and Grace in one room, and what they do. */
async function adaAndGrace() {
  const acts: string[] = [];
  const members = [
    await memberIn(1, fakeUser("ada", acts), { number: 1 }),
    await memberIn(1, fakeUser("grace", acts), { number: 2 }),
  ] as const;
  return { acts, members };
}

test("members write in turn, by the form that their page has, what carries its due time and number", async () => {
  const { acts, members } = await adaAndGrace();
  const write = writeMessage(services(castOf(members)));
  for (const index of [0, 1, 2]) await write(due(index));
  expect(acts).toEqual([
    'ada submits #send {"text":"text 0 due 1000000"}',
    'grace submits #send {"text":"text 1 due 1000001"}',
    'ada submits #send {"text":"text 2 due 1000002"}',
  ]);
});

test("a text tells how late it was really begun, an edit when its form was asked for", async () => {
  const { members } = await adaAndGrace();
  const late: number[] = [];
  const texts = {
    next: ({ lateUs }: { lateUs: number }) => `late ${late.push(lateUs)}`,
    draft: () => "",
  };
  const cast = castOf(members, { texts });
  await writeMessage(services(cast))(due(7));
  cast.authorship.appeared("ada", 0, "messages-1");
  await editMessage(services(cast))(due(0));
  expect(late).toEqual([1_000_003, 1_000_010]);
});

test("a message is told with its author's room, and the times at which it was sent and acknowledged", async () => {
  const { members } = await adaAndGrace();
  const cast = castOf([...members, await memberIn(2, fakeUser("alan"), { number: 3 })]);
  const write = writeMessage(services(cast));
  for (const index of [0, 1, 2]) await write(due(index));
  expect(cast.sends).toEqual([
    { sequence: 0, roomId: 1, startUs: 2_000_010, ackUs: 2_000_020 },
    { sequence: 1, roomId: 2, startUs: 2_000_030, ackUs: 2_000_040 },
    { sequence: 2, roomId: 1, startUs: 2_000_050, ackUs: 2_000_060 },
  ]);
  expect(cast.answers).toEqual([
    { dueUs: 1_000_000, startUs: 2_000_010, ackUs: 2_000_020 },
    { dueUs: 1_000_001, startUs: 2_000_030, ackUs: 2_000_040 },
    { dueUs: 1_000_002, startUs: 2_000_050, ackUs: 2_000_060 },
  ]);
});

test("a message that was refused is told as one that nobody acknowledged", async () => {
  const cast = castOf([await memberIn(1, fakeUser("ada", [], { fails: new Error("refused") }))]);
  await expect(writeMessage(services(cast))(due(0))).rejects.toThrow("refused");
  expect(cast.sends).toEqual([{ sequence: 0, roomId: 1, startUs: 2_000_010, ackUs: null }]);
  expect(cast.answers).toEqual([]);
});

test("a message is its author's to change even if it comes before it is acknowledged", async () => {
  const cast = castOf([]);
  const takes = async () => cast.authorship.appeared("ada", 0, "messages-41");
  const ada = await memberIn(1, fakeUser("ada", [], { takes }));
  await writeAs(ada, services(cast), due(0));
  expect(cast.authorship.pick()?.itemId).toBe("messages-41");
});

test("where nobody is there nobody writes", async () => {
  const { acts, members } = await adaAndGrace();
  for (const member of members) member.isPresent = false;
  const cast = castOf(members);
  await expect(writeMessage(services(cast))(due(0))).rejects.toMatchObject({ code: "no-author" });
  expect([acts, cast.sends]).toEqual([[], []]);
});

test("a message that was written can be edited by its author, once it is on his page", async () => {
  const { acts, members } = await adaAndGrace();
  const cast = castOf(members);
  await writeMessage(services(cast))(due(0));
  const edit = editMessage(services(cast));
  await expect(edit(due(1))).rejects.toMatchObject({ code: "nothing-to-edit" });
  cast.authorship.appeared("ada", 0, "messages-41");
  await edit(due(2));
  await edit(due(3));
  expect(acts.slice(1)).toEqual([
    "ada clicks .edit in messages-41",
    'ada submits #edit {"text":"text 1 due 1000002"}',
    "ada clicks .edit in messages-41",
    'ada submits #edit {"text":"text 2 due 1000003"}',
  ]);
});

test("edits of one author do not mix: each form is sent before the next is opened", async () => {
  const { acts, members } = await adaAndGrace();
  const cast = castOf(members);
  cast.authorship.writes(0, members[0]);
  cast.authorship.appeared("ada", 0, "messages-41");
  const edit = editMessage(services(cast));
  await Promise.all([edit(due(0)), edit(due(1))]);
  expect(acts.map((act) => act.split(" ")[1])).toEqual(["clicks", "submits", "clicks", "submits"]);
});

test("a message is deleted once, by its author, and when that was due is known before the server is asked", async () => {
  const acts: string[] = [];
  const known: unknown[] = [];
  const takes = async () => void known.push(...cast.deletions);
  const [ada, grace] = [
    await memberIn(1, fakeUser("ada", acts), { number: 1 }),
    await memberIn(1, fakeUser("grace", acts, { takes }), { number: 2 }),
  ];
  const cast = castOf([ada, grace]);
  cast.authorship.writes(0, grace);
  cast.authorship.appeared("grace", 0, "messages-41");
  const remove = deleteMessage(services(cast));
  await remove(due(6));
  expect(known).toEqual([{ itemId: "messages-41", dueUs: 1_000_006, startUs: 2_000_010 }]);
  expect(acts).toEqual(["grace clicks .delete in messages-41"]);
  await expect(remove(due(7))).rejects.toMatchObject({ code: "nothing-to-delete" });
});

test.each([
  ["edit", "on a page no message can be changed"],
  ["delete", "on a page no message can be deleted"],
] as const)(
  "where there is no button for %s, such a step is refused before anybody acts",
  (kind, message) => {
    const given = services(castOf([]), { ...smallScenario.site, [kind]: null });
    const begin = () => (kind === "edit" ? editMessage(given) : deleteMessage(given));
    expect(begin).toThrow(message);
  },
);
