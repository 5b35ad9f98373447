import type { CaseDifference } from "../core/case-result.ts";
import type { ListItem } from "../core/list-item.ts";
import type { KeptInPage, ReaderPage } from "../core/room-act.ts";
import type { ShownMember } from "../crowd/shown-members.ts";
import type { Found } from "./judge.ts";

/** Whether a list is as it must be. */
export type Wanted<Item = ListItem> = (items: readonly Item[]) => boolean;

/** Somebody who reads a room's page, in Chrome or as a simulated user. Methods throw BenchError for what cannot be done. */
export interface RoomReader {
  readonly who: CaseDifference["who"];
  /** Opens a room's page by its path, with the cookies of somebody who is logged in. */
  open(path: string, cookies: Readonly<Record<string, string>>): Promise<void>;
  /** Opens a second page, by a way of its own; closes it. */
  openSecond(path: string): Promise<void>;
  closeSecond(): Promise<void>;
  /** Follows a link, by its selector. */
  follow(link: string): Promise<unknown>;
  /** Scrolls to the top of the list; with `jump` at once. The page of history may come later. */
  history(jump: boolean): Promise<void>;
  /** Loses the connection of the first page. */
  cut(): Promise<unknown>;
  /** Has nothing get through between the first page and the server, neither of which is told. */
  fallSilent(): Promise<void>;
  /** Connects again, after either. */
  comeBack(): Promise<void>;
  /** Writes a text that is not sent. */
  draft(text: string, caret: number, page: ReaderPage): Promise<void>;
  /** Leaves the field in which that is done, on the first page. */
  leaveField(): Promise<unknown>;
  /** Scrolls up by so many pixels, where there is a screen. */
  scrollUp(px: number): Promise<unknown>;
  /** Notes what an act must keep. */
  note(kept: KeptInPage): Promise<void>;
  /** What has not been kept since; null where it has, or where there is nothing of the kind. */
  lost(kept: KeptInPage): Promise<Found | null>;
  /** The list once it is as wanted, or as it is when patience ends. */
  until(wanted: Wanted): Promise<readonly ListItem[]>;
  /** Those whom a page shows as being there, once they are as wanted, or as they are when patience ends. */
  untilMembers(wanted: Wanted<ShownMember>, page: ReaderPage): Promise<readonly ShownMember[]>;
  /** Counts from now on what the first page asks of the server: events, no heartbeats. */
  countRequests(): Promise<unknown>;
  /** How many there were since. */
  requests(): Promise<number>;
  /** What went wrong on the page since it was opened; none where nobody would say. */
  problems(): readonly string[];
}
