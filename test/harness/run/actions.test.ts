import { expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import type { Arrival } from "../../../harness/load/arrival-executor.ts";
import { CheckLedger } from "../../../harness/oracle/check-ledger.ts";
import { deleteMessage, editMessage, writeMessage } from "../../../harness/run/actions.ts";
import type { Cast } from "../../../harness/run/cast.ts";
import { castOf, fakeUser, memberIn } from "./fake-cast.ts";
import { smallScenario } from "./small-scenario.ts";

const arrival = (index: number): Arrival => ({ index, dueUs: micros(1_000_000 + index) });

/** What the watchers should have got. */
function deliveriesOf({ deliveries }: Cast) {
  deliveries.settle({ checkpoint: { mode: "stream", step: "end" }, checks: new CheckLedger() });
  return deliveries.counts();
}

/** Ada and Grace in the watched room, and what they do. */
function adaAndGrace() {
  const acts: string[] = [];
  const members = [memberIn(1, fakeUser("ada", acts)), memberIn(1, fakeUser("grace", acts))] as const;
  return { acts, members };
}

test("members write in turn, by the form that their page has, what carries its due time and number", async () => {
  const { acts, members } = adaAndGrace();
  const write = writeMessage(castOf(members), smallScenario);
  for (const index of [0, 1, 2]) await write(arrival(index));
  expect(acts).toEqual([
    'ada submits #send {"text":"text 0 due 1000000"}',
    'grace submits #send {"text":"text 1 due 1000001"}',
    'ada submits #send {"text":"text 2 due 1000002"}',
  ]);
});

test("every fifth message is written in the other room, and not expected in the watched one", async () => {
  const { acts, members } = adaAndGrace();
  const cast = castOf([...members, memberIn(2, fakeUser("alan", acts))]);
  const write = writeMessage(cast, smallScenario);
  for (let index = 0; index < 10; index += 1) await write(arrival(index));
  expect(acts.map((act) => act.split(" ")[0])).toEqual([
    "ada",
    "grace",
    "ada",
    "grace",
    "alan",
    "grace",
    "ada",
    "grace",
    "ada",
    "alan",
  ]);
  expect(deliveriesOf(cast).expected).toBe(8 * 2);
});

test("where nobody is elsewhere every message is for the watched room", async () => {
  const { members } = adaAndGrace();
  const cast = castOf(members);
  const write = writeMessage(cast, smallScenario);
  for (let index = 0; index < 5; index += 1) await write(arrival(index));
  expect(deliveriesOf(cast).expected).toBe(5 * 2);
});

test("a message that was refused may have been made all the same", async () => {
  const cast = castOf([memberIn(1, fakeUser("ada", [], { fails: new Error("refused") }))]);
  await expect(writeMessage(cast, smallScenario)(arrival(0))).rejects.toThrow("refused");
  expect(deliveriesOf(cast)).toMatchObject({ expected: 0, uncertain: 1 });
});

test("without a member in the watched room nobody writes", async () => {
  const cast = castOf([memberIn(2, fakeUser("alan"))]);
  await expect(writeMessage(cast, smallScenario)(arrival(0))).rejects.toMatchObject({ code: "no-author" });
});

test("a message that was written can be edited by its author, once it is on his page", async () => {
  const { acts, members } = adaAndGrace();
  const cast = castOf(members);
  await writeMessage(cast, smallScenario)(arrival(0));
  const edit = editMessage(cast, smallScenario);
  await expect(edit(arrival(1))).rejects.toMatchObject({ code: "nothing-to-edit" });
  cast.authorship.appeared("ada", 0, "messages-41");
  await edit(arrival(2));
  await edit(arrival(3));
  expect(acts.slice(1)).toEqual([
    "ada clicks .edit in messages-41",
    'ada submits #edit {"text":"text 1 due 1000002"}',
    "ada clicks .edit in messages-41",
    'ada submits #edit {"text":"text 2 due 1000003"}',
  ]);
});

test("edits of one author do not mix: each form is sent before the next is opened", async () => {
  const { acts, members } = adaAndGrace();
  const cast = castOf(members);
  cast.authorship.writes(0, members[0]);
  cast.authorship.appeared("ada", 0, "messages-41");
  const edit = editMessage(cast, smallScenario);
  await Promise.all([edit(arrival(0)), edit(arrival(1))]);
  expect(acts.map((act) => act.split(" ")[1])).toEqual(["clicks", "submits", "clicks", "submits"]);
});

test("a message is deleted once, by its author, and when that was due is known before the server answers", async () => {
  const { acts, members } = adaAndGrace();
  const cast = castOf(members);
  cast.authorship.writes(0, members[1]);
  cast.authorship.appeared("grace", 0, "messages-41");
  const remove = deleteMessage(cast, smallScenario);
  const deleted = remove(arrival(6));
  expect([...cast.deletionsDue]).toEqual([["messages-41", 1_000_006]]);
  await deleted;
  expect(acts).toEqual(["grace clicks .delete in messages-41"]);
  await expect(remove(arrival(7))).rejects.toMatchObject({ code: "nothing-to-delete" });
});
