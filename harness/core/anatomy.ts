import { createHash } from "node:crypto";
import { z } from "zod";

/**
 * What the bytes of a frame are there for. `envelope`: all but the tree or diff: topic, event, status; `statics`: the texts of
 * templates; `dynamics`: the values of slots; `entries`: how many entries a comprehension
 * has, and which of them moved; `stream`: a stream's operations; `events`: what is pushed to hooks; `reply`: what an event is
 * answered with; `title`: the page's title; `punctuation`: keys, quotes, braces, commas.
 */
export const ANATOMY_PARTS = [
  "dynamics",
  "entries",
  "envelope",
  "events",
  "punctuation",
  "reply",
  "statics",
  "stream",
  "title",
] as const;

/** One of {@link ANATOMY_PARTS}. */
export type AnatomyPartName = (typeof ANATOMY_PARTS)[number];

/** The template that renders the page itself, which is in no slot. */
export const ROOT_SLOT = "root";

const natural = z.int().nonnegative();

/** Some of the bytes of one operation: what they are there for, and in which slot. */
export const anatomyPartSchema = z.object({
  part: z.enum(ANATOMY_PARTS),
  /**
   * The way to the slot in the rendered tree: the indices of slots, `*` for the entries of a comprehension, and a component
   * where it stands: `2.4.*.1`. Statics are those of the template in that slot, `root` for the page's own. Of events
   * their name. Absent for what belongs to no slot.
   */
  slot: z.string().min(1).exactOptional(),
  /** Where the template is written, and what is in the slot, as far as the server tells: `web/room.ts:12 room.name`. */
  source: z.string().min(1).exactOptional(),
  /** The static text in front of the slot, at most {@link NEAR_CHARACTERS} characters: `<p class="content">`. */
  near: z.string().min(1).exactOptional(),
  /** In all samples together. */
  bytes: natural,
  /** How often something was sent there, in all samples together: for the entries of a list, once for each of them. */
  times: z.int().positive(),
  /**
   * How many of `bytes` the page had already: values and templates that stood there as they are, and within the entries of a
   * comprehension templates that any entry had. Absent: none. Of pages that are sent at the same time either may be the first.
   */
  again: z.int().positive().exactOptional(),
});

/** See {@link anatomyPartSchema}. */
export type AnatomyPart = z.infer<typeof anatomyPartSchema>;

/** How much is kept of the static text in front of a slot. */
export const NEAR_CHARACTERS = 40;

/**
 * Where the bytes of an operation went, exactly: of the frames that the user got who looks on, and, where others are
 * measured as well, of the answers to what they did (joins apart, and what is longer than 65,536 bytes). Every operation's parts
 * add up to `bytes`, the length of these frames; they are all of the metric's where `samples` is its count.
 */
export const anatomySchema = z.object({
  /** How many frames. */
  samples: z.int().positive(),
  /** Their length together: the sum over all parts. */
  bytes: natural,
  /** How many items of the list they inserted, changed or took away, together: to compare with how many entries were sent. */
  items: natural,
  /** Those that have any bytes, by part and slot, in the order of their characters' codes; what has no slot first. */
  parts: z.array(anatomyPartSchema),
});

/** See {@link anatomySchema}. */
export type Anatomy = z.infer<typeof anatomySchema>;

/** Which template a part is of: its {@link templatePrint}, and the index of the slot; null for its statics. */
export interface TemplatePlace {
  readonly print: string;
  readonly at: number | null;
}

/** A part of a frame, or of several, before anybody has told where its template is written. */
export interface FramePart extends Omit<AnatomyPart, "source"> {
  readonly template?: TemplatePlace;
}

/** What tells a template from others: a digest of its statics, the same whoever makes it. */
export function templatePrint(statics: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(statics)).digest("base64url").slice(0, 16);
}
