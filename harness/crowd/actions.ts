import { BenchError, UsageError } from "../core/errors.ts";
import type { Scenario } from "../core/scenario.ts";
import type { Target } from "../core/step.ts";
import { type Clock, type Micros, micros } from "../core/units.ts";
import type { Arrival } from "../load/arrival-executor.ts";
import type { Cast } from "./cast.ts";
import type { Member } from "./member.ts";

/** Does one thing that was due, as one of the cast. */
export type Action = (arrival: Pick<Arrival, "dueUs">) => Promise<void>;

/** What actions are made with. */
export interface ActionServices {
  readonly cast: Cast;
  readonly scenario: Pick<Scenario, "site">;
  readonly clock: Clock;
}

/** Members write in turn, each in his room, by the form that their page has. */
export function writeMessage(services: ActionServices): Action {
  return async (arrival) => {
    const author = services.cast.roster.next();
    if (author === undefined) throw new BenchError("nobody is there to write", { code: "no-author" });
    await author.inTurn(() => writeAs(author, services, arrival));
  };
}

/** This member writes, wherever he is. */
export async function writeAs(
  author: Member,
  { cast, scenario: { site }, clock }: ActionServices,
  { dueUs }: Pick<Arrival, "dueUs">,
): Promise<void> {
  const { roomId } = author;
  const sequence = cast.sequences.next();
  cast.authorship.writes(sequence, author);
  const startUs = clock();
  const text = cast.texts.next({ dueUs, sequence, lateUs: micros(startUs - dueUs) });
  let ackUs: Micros | null = null;
  try {
    await author.user.submit(site.send.form, { [site.send.field]: text });
    author.isTyping = false;
    ackUs = clock();
    cast.answered({ dueUs, startUs, ackUs });
  } finally {
    cast.sent({ sequence, roomId, startUs, ackUs });
  }
}

/** Authors change messages of theirs: they open the form by the message's button and send it. */
export function editMessage({ cast, scenario: { site }, clock }: ActionServices, target?: Target): Action {
  const { edit } = site;
  if (edit === null) throw cannot(site.name, "changed");
  return async ({ dueUs }) => {
    const written = cast.authorship.pick(target);
    if (written === undefined)
      throw new BenchError("there is no message to edit", { code: "nothing-to-edit" });
    const { author, itemId } = written;
    await author.inTurn(async () => {
      // He may have left since it was his turn.
      if (!author.isPresent) return;
      const lateUs = micros(clock() - dueUs);
      author.isEditing = true;
      await author.user.click(edit.button, { item: itemId });
      const text = cast.texts.next({ dueUs, sequence: cast.sequences.next(), lateUs });
      await author.user.submit(edit.form, { [edit.field]: text });
      author.isEditing = false;
    });
  };
}

/** Authors delete messages of theirs, by the message's button. */
export function deleteMessage(
  { cast, scenario: { site }, clock }: ActionServices,
  target?: Exclude<Target, "same">,
): Action {
  const { delete: remove } = site;
  if (remove === null) throw cannot(site.name, "deleted");
  return async ({ dueUs }) => {
    const written = cast.authorship.take(target);
    if (written === undefined)
      throw new BenchError("there is no message to delete", { code: "nothing-to-delete" });
    const { author, itemId } = written;
    await author.inTurn(async () => {
      if (!author.isPresent) return;
      cast.deleting(itemId, dueUs, clock());
      await author.user.click(remove.button, { item: itemId });
    });
  };
}

function cannot(name: string, what: string): UsageError {
  return new UsageError(`on ${name} no message can be ${what}`, { code: "unsupported-step" });
}
