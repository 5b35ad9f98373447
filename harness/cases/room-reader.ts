import type { CaseDifference } from "../core/case-result.ts";
import type { ListItem } from "../core/list-item.ts";
import type { KeptInPage } from "../core/room-act.ts";
import type { Found } from "./judge.ts";

/** Whether a list is as it must be. */
export type Wanted = (items: readonly ListItem[]) => boolean;

/** Somebody who reads a room's page, in Chrome or as a simulated user. Methods throw BenchError for what cannot be done. */
export interface RoomReader {
  readonly who: CaseDifference["who"];
  /** Opens a room's page, with the cookies of somebody who is logged in. */
  open(url: string, cookies: Readonly<Record<string, string>>): Promise<void>;
  /** Follows a link, by its selector. */
  follow(link: string): Promise<unknown>;
  /** Scrolls to the top of the list; with `jump` at once. The page of history may come later. */
  history(jump: boolean): Promise<void>;
  /** Loses the connection. */
  cut(): Promise<unknown>;
  /** Connects again. */
  comeBack(): Promise<void>;
  /** Writes a text that is not sent. */
  draft(text: string, caret: number): Promise<void>;
  /** Scrolls up by so many pixels, where there is a screen. */
  scrollUp(px: number): Promise<unknown>;
  /** Notes what an act must keep. */
  note(kept: KeptInPage): Promise<void>;
  /** What has not been kept since; null where it has, or where there is nothing of the kind. */
  lost(kept: KeptInPage): Promise<Found | null>;
  /** The list once it is as wanted, or as it is when patience ends. */
  until(wanted: Wanted): Promise<readonly ListItem[]>;
  /** What went wrong on the page since it was opened; none where nobody would say. */
  problems(): readonly string[];
}
