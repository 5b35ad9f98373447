import type { ListOperation, Sequence, SequenceItem, SequenceList } from "./sequence.ts";

/** Somebody who has the page of a sequence before him. Methods reject where the page does not go along. */
export interface SequenceViewer {
  /** What reports call it: `Chrome`. */
  readonly name: string;
  /** Opens the page of a sequence, which is the server's under this id. */
  open(id: string, sequence: Sequence): Promise<void>;
  /** Sends the form. Resolves when it is sent, not when it is answered. */
  submit(operations: readonly ListOperation[]): Promise<void>;
  /** Follows the link to a list. Resolves when that is asked for. */
  follow(list: SequenceList): Promise<void>;
  /** Breaks the connection. Resolves when the page has noticed. */
  cut(): Promise<void>;
  /** Lets a connection come about again. Resolves when the page has joined. */
  rejoin(): Promise<void>;
  delay(delays: { readonly toServerMs: number; readonly toPageMs: number }): void;
  /** The items on the page, once so much was done to it. */
  settled(version: number): Promise<readonly SequenceItem[]>;
  /** What went wrong on the page since it was opened, beside its list: errors on its console. */
  problems(): readonly string[];
  /** Leaves the page. The connection is whole again. */
  leave(): Promise<void>;
}

/** The path of the page on which a sequence is done. */
export function sequencePath(id: string, { mode, start }: Sequence): string {
  return `/${mode}/sequences/${id}?start=${encodeURIComponent(JSON.stringify(start))}`;
}
