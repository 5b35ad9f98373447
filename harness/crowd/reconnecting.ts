import { inBatches } from "../core/in-batches.ts";
import { METRIC_NAMES } from "../core/metric-names.ts";
import { membersOf, type Scenario } from "../core/scenario.ts";
import type { Site } from "../core/site.ts";
import type { Step } from "../core/step.ts";
import { type Clock, type Micros, micros } from "../core/units.ts";
import { counter } from "../measure/figures.ts";
import type { ReferenceDatabase } from "../oracle/reference-database.ts";
import { shownInForm } from "../page/shown-in-form.ts";
import { writeAs } from "./actions.ts";
import type { Cast } from "./cast.ts";
import { type Member, WITNESS } from "./member.ts";
import type { Presence } from "./presence.ts";
import type { RunRecorder } from "./recorder.ts";
import type { RecoveryWatch } from "./recovery-watch.ts";
import { isAmong } from "./share.ts";
import type { Throttle } from "./throttle.ts";

type ReconnectStep = Extract<Step, { kind: "reconnect" }>;

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
  /** What each had begun to write, by name; empty where nobody had. */
  readonly drafts: ReadonlyMap<string, string>;
  /** What the server showed of it, by name; without those of whom it showed nothing. */
  readonly shown: ReadonlyMap<string, string>;
}

/** Of a network that fails, how many users it cuts off. */
const CUT_SHARE = 0.9;
/** Who is not back after so long has not recovered. */
const PATIENCE_US = micros(60_000_000);
const WIDTH = 20;

/** Has everybody begin a message, if that is asked for, and notes who will be cut off. */
export async function prepareCut(
  { cause, drafts, draftWords }: Pick<ReconnectStep, "cause" | "drafts" | "draftWords">,
  { scenario: { site }, cast, presence, throttle, watch, onFailure }: ReconnectingOptions,
): Promise<Cut> {
  const present = cast.members.filter(({ isPresent }) => isPresent);
  const members = cause === "network" ? present.filter(({ number }) => isAmong(number, CUT_SHARE)) : present;
  const begun = new Map<string, string>();
  const shown = new Map<string, string>();
  if (drafts) {
    await inBatches(members, WIDTH, async ({ user }) => {
      await throttle.turn();
      const draft = cast.texts.draft(draftWords);
      const untouched = shownInForm(user.document, site.send);
      try {
        await user.change(site.send.form, site.send.field, draft);
        begun.set(user.name, draft);
      } catch (error) {
        onFailure(error);
      }
      const touched = shownInForm(user.document, site.send);
      if (touched !== null && touched !== untouched) shown.set(user.name, touched);
    });
  }
  for (const member of members) presence.lost(member);
  watch.expect(members.map(({ user }) => user.name));
  return { members, drafts: begun, shown };
}

/**
 * Waits until those who were cut off are back, and measures how long that took, and how many they were. Those who
 * stayed write meanwhile.
 */
export async function awaitRecovery(
  { members, drafts, shown }: Cut,
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
    recorder.latency(mode, "reconnect", "page", micros(backUs - cutUs), cutUs);
    onProgress();
  }
  const back = members.filter(({ user }) => watch.backUs.has(user.name));
  recorder.add(
    counter(METRIC_NAMES.reconnectExpected, members.length, { mode }),
    counter(METRIC_NAMES.reconnectRecovered, back.length, { mode }),
    counter(METRIC_NAMES.draftsExpected, drafts.size, { mode }),
    counter(METRIC_NAMES.draftsShown, shown.size, { mode }),
  );
}

/** How many of those who had begun a message have it on their pages, at rest. */
export function draftsKept({ members, drafts }: Cut, site: Site): number {
  const kept = members.filter(({ user }) => {
    const draft = drafts.get(user.name);
    return draft !== undefined && user.isJoined && user.typed(site.send.form, site.send.field) === draft;
  });
  return kept.length;
}

/** Of how many of them the server shows the same as before of what they had begun, at rest: forms were recovered. */
export function draftsRecovered({ members, shown }: Cut, site: Site): number {
  const recovered = members.filter(({ user }) => {
    const before = shown.get(user.name);
    return before !== undefined && user.isJoined && shownInForm(user.document, site.send) === before;
  });
  return recovered.length;
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
