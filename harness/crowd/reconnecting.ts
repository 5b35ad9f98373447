import type { Document } from "domhandler";
import { UsageError } from "../core/errors.ts";
import { METRIC_NAMES } from "../core/metric-names.ts";
import { membersOf, type Scenario } from "../core/scenario.ts";
import type { Site } from "../core/site.ts";
import type { ReconnectCause } from "../core/step.ts";
import { type Clock, type Micros, micros } from "../core/units.ts";
import { counter } from "../measure/figures.ts";
import type { ReferenceDatabase } from "../oracle/reference-database.ts";
import { renderedForm } from "../page/rendered-form.ts";
import { writeAs } from "./actions.ts";
import type { Cast } from "./cast.ts";
import { inBatches } from "./in-batches.ts";
import { type Member, WITNESS } from "./member.ts";
import type { Presence } from "./presence.ts";
import type { RunRecorder } from "./recorder.ts";
import type { RecoveryWatch } from "./recovery-watch.ts";
import { isAmong } from "./share.ts";
import type { Throttle } from "./throttle.ts";

/** What reconnections are brought about and measured with. */
export interface ReconnectingOptions {
  readonly scenario: Scenario;
  readonly mode: string;
  readonly cast: Cast;
  readonly presence: Presence;
  readonly throttle: Throttle;
  readonly watch: RecoveryWatch;
  readonly recorder: RunRecorder;
  readonly database: ReferenceDatabase | null;
  readonly clock: Clock;
  readonly sleep: (us: Micros, signal?: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  readonly onProgress: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** Users who are about to lose their connections. */
export interface Cut {
  readonly members: readonly Member[];
  /** What the server shows of what each had begun to write, by name; empty where nobody had, or it shows nothing of it. */
  readonly drafts: ReadonlyMap<string, string>;
}

/** Of a network that fails, how many users it cuts off. */
const CUT_SHARE = 0.9;
/** Who is not back after so long has not recovered. */
const PATIENCE_US = micros(60_000_000);
const WIDTH = 20;

/** Has everybody begin a message of at least so many words, if that is asked for, and notes who will be cut off. */
export async function prepareCut(
  { cause, draftWords = 0 }: { readonly cause: ReconnectCause; readonly draftWords?: number | undefined },
  { scenario: { site }, cast, presence, throttle, watch, onFailure }: ReconnectingOptions,
): Promise<Cut> {
  const present = cast.members.filter(({ isPresent }) => isPresent);
  const members = cause === "network" ? present.filter(({ number }) => isAmong(number, CUT_SHARE)) : present;
  const begun = new Map<string, string>();
  if (draftWords > 0) {
    await inBatches(members, WIDTH, async ({ user }) => {
      await throttle.turn();
      const draft = cast.texts.draft(draftWords);
      const untouched = shownOfDraft(user.document, site);
      await user.change(site.send.form, site.send.field, draft).then(() => {
        const shown = shownOfDraft(user.document, site);
        if (shown !== undefined && shown !== untouched) begun.set(user.name, shown);
      }, onFailure);
    });
  }
  for (const member of members) presence.lost(member);
  watch.expect(members.map(({ user }) => user.name));
  return { members, drafts: begun };
}

/**
 * Waits until those who were cut off are back, and measures how long that took, what they missed, and whose draft is
 * still there. Those who stayed write meanwhile.
 */
export async function awaitRecovery(
  { members, drafts }: Cut,
  { cutUs, messages }: { readonly cutUs: Micros; readonly messages: number },
  options: ReconnectingOptions,
): Promise<void> {
  const { scenario, mode, cast, presence, watch, recorder, clock, sleep, signal, onProgress, onFailure } =
    options;
  const present = new Map(
    cast.members.filter(({ isPresent }) => isPresent).map((member) => [member.number, member]),
  );
  const writing = authorsOf(messages, membersOf(scenario)).map(async (number) => {
    // The others are of other processes.
    const author = present.get(number);
    await author?.inTurn(() => writeAs(author, options, { dueUs: clock() })).catch(onFailure);
  });
  const over = new AbortController();
  const backOrGivenUp = Promise.race([watch.all, sleep(PATIENCE_US, AbortSignal.any([signal, over.signal]))]);
  const arriving = members.map((member) => presence.arrive(member, () => backOrGivenUp));
  await Promise.all([...arriving, ...writing]);
  over.abort();

  for (const backUs of watch.backUs.values()) {
    recorder.latency(mode, "reconnect", "page", micros(backUs - cutUs));
    onProgress();
  }
  const back = members.filter(({ user }) => watch.backUs.has(user.name));
  recorder.add(
    counter(METRIC_NAMES.reconnectExpected, members.length, { mode }),
    counter(METRIC_NAMES.reconnectRecovered, back.length, { mode }),
    counter(METRIC_NAMES.draftsExpected, drafts.size, { mode }),
  );
}

/** Of how many of those who are back the server shows the same as before of what they had begun to write, once all is at rest. */
export function draftsKept(
  { members, drafts }: Cut,
  { backUs }: Pick<RecoveryWatch, "backUs">,
  site: Site,
): number {
  // A page's form is recovered after its view has joined: at the join itself no draft is there yet.
  return members.filter(({ user }) => {
    const draft = drafts.get(user.name);
    return draft !== undefined && backUs.has(user.name) && shownOfDraft(user.document, site) === draft;
  }).length;
}

/** Who writes so many messages, by number: those whom a failing network leaves connected, in turn; the witness only if alone. */
function authorsOf(messages: number, members: number): number[] {
  const staying = Array.from({ length: members }, (_, number) => number).filter(
    (number) => !isAmong(number, CUT_SHARE),
  );
  const acting = staying.filter((number) => number !== WITNESS);
  const authors = acting.length === 0 ? staying : acting;
  return Array.from({ length: messages }, (_, index) => authors[index % authors.length] ?? WITNESS);
}

/** What the server shows of a new message that is not sent; undefined where the page has no such form. */
function shownOfDraft(page: Document | null, { send: { form, field } }: Site): string | undefined {
  try {
    return page === null ? undefined : renderedForm(page, form, field);
  } catch (error) {
    if (error instanceof UsageError && error.code === "not-on-page") return undefined;
    throw error;
  }
}
