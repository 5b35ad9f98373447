import type { Accounts } from "../core/account.ts";
import type { Scenario } from "../core/scenario.ts";
import type { Step } from "../core/step.ts";
import { type Micros, micros } from "../core/units.ts";
import type { Checkpoint } from "../oracle/check-viewers.ts";
import type { Send } from "../oracle/room-membership.ts";
import type { Attendance } from "./check-pages.ts";
import type { Cookies } from "./log-in.ts";

/** What the users of one process are brought together for. Plain data. */
export interface CrowdSetup {
  readonly scenario: Scenario;
  readonly mode: string;
  /** The server: `http://127.0.0.1:4000`. */
  readonly origin: string;
  /** Whom its users log in as, by their numbers. */
  readonly accounts: Accounts;
  /** The path of the server's LiveView socket, and what a page's script sends there besides its own. */
  readonly socketPath: string;
  readonly connectParams: Readonly<Record<string, string>>;
  /** A file of certificates that are trusted besides the system's; null: none. */
  readonly ca: string | null;
  /** The database that says what users should see; null where it is not known. */
  readonly database: string | null;
  /** Which process this is, from 0, and how many there are: it has every `parts`-th user. */
  readonly part: number;
  readonly parts: number;
  /** How often a second it may begin anything, joins included; null: as often as is asked for. */
  readonly limitPerSec: number | null;
  /** Sessions that were kept of users, by name; null where everybody logs in. */
  readonly sessions: Readonly<Record<string, Cookies>> | null;
}

/** What a crowd tells while it is at work. */
export type CrowdEvent =
  /** One thing more was begun or is done, of what it was asked for last. */
  | { readonly kind: "progress" }
  | { readonly kind: "action-failed"; readonly message: string }
  | { readonly kind: "user-lost"; readonly message: string }
  | { readonly kind: "deleting"; readonly deletion: Deletion };

/** That an item will be deleted, and when that was due: what takes it away carries no text that could tell. */
export interface Deletion {
  readonly itemId: string;
  readonly dueUs: Micros;
  readonly startUs: Micros;
}

/** A step, and when all processes begin it. */
export interface StepOrder {
  /** `2 delete` */
  readonly name: string;
  readonly step: Step;
  readonly beginUs: Micros;
}

/** See `Crowd.aftermath`. */
export interface Aftermath {
  readonly missed: number;
  readonly draftsKept: number;
  readonly draftsRecovered: number;
}

/** What everybody is checked by. */
export interface CheckOrder extends Pick<Checkpoint, "step"> {
  /** What was sent since the last check, in all processes. */
  readonly sends: readonly Send[];
  /** Processes that have died, and may have sent more. */
  readonly untold: readonly number[];
  /** Who is in which room, in all processes; null where pages do not show that. */
  readonly attendance: readonly Attendance[] | null;
}

/** A step in which connections will be lost. */
export interface CutOrder {
  readonly name: string;
  readonly step: Extract<Step, { kind: "reconnect" }>;
}

/** So long before a step begins it is told, so that all processes are ready. */
export const STEP_NOTICE_US = micros(20_000);
