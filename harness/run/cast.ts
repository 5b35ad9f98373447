import type { Micros } from "../core/units.ts";
import type { DeliveryLedger } from "../oracle/delivery-ledger.ts";
import type { Authorship } from "./authorship.ts";
import type { ChromeViewer } from "./chrome-viewer.ts";
import type { Member } from "./member.ts";
import type { MessageTexts } from "./message-text.ts";

/** Everybody who takes part in a mode, and what is known of what they did. */
export interface Cast {
  readonly members: readonly Member[];
  /** All in the watched room. */
  readonly chromes: readonly ChromeViewer[];
  readonly authorship: Authorship;
  readonly texts: MessageTexts;
  /** Of messages to the watched room. Receivers: its members in their order, then the Chromes. */
  readonly deliveries: DeliveryLedger;
  /** When the deletion of an item was due, by its DOM id. */
  readonly deletionsDue: ReadonlyMap<string, Micros> & { set(itemId: string, dueUs: Micros): unknown };
  /** How many of the members are in the watched room. */
  readonly watching: number;
  /** The number of the next message. */
  nextSequence: number;
}
