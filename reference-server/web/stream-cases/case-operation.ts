import { z } from "zod";

/** An item of the list. Its text is its id where nothing else is said. */
const caseItem = z
  .strictObject({
    id: z.string().min(1),
    text: z.string().optional(),
    /** Becomes the attribute `data-mark`. */
    mark: z.string().nullable().default(null),
  })
  .transform(({ id, text = id, mark }) => ({ id, text, mark }));

const at = z.number().int().min(-1).default(-1);
const limit = z.number().int().optional();

/** What a page can be told to do with its list, or beside it. */
export const caseOperation = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("insert"),
    item: caseItem,
    at,
    limit,
    updateOnly: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal("insertAll"), items: z.array(caseItem), at, limit }),
  z.strictObject({ kind: z.literal("delete"), id: z.string() }),
  z.strictObject({ kind: z.literal("reset"), items: z.array(caseItem) }),
  /** Sets an assign that the list does not read. */
  z.strictObject({ kind: z.literal("note"), text: z.string() }),
]);

/** An item of the list. */
export type CaseItem = z.infer<typeof caseItem>;
/** One operation, with its defaults filled in. */
export type CaseOperation = z.infer<typeof caseOperation>;

/** What one event brings: all of it is in one render. */
export const caseOperations = z.array(caseOperation);

/** How a page begins. */
export const caseStart = z.strictObject({
  /** The first items. */
  items: z.array(caseItem).default([]),
  /** The limit that a stream is defined with. */
  limit,
  /** Done before the first render, on the page that is sent first and again when its socket joins. */
  mounted: caseOperations.default([]),
  /** The first items over the socket, where they have changed since the page was sent. */
  meanwhile: z.array(caseItem).optional(),
  /** Whether an element that is no item stands in the list, written behind the items. */
  bystander: z.boolean().default(false),
  /** Whether items go with a transition. */
  transition: z.boolean().default(false),
  /** Whether each item holds a part that belongs to the client (`phx-update="ignore"`). */
  ignoring: z.boolean().default(false),
  /** Whether each item is a live component, with a button that counts how often it was pressed. */
  components: z.boolean().default(false),
  /** The items of a second view, within the first, whose list has the same name. */
  nested: z.array(caseItem).optional(),
});

/** How a page begins. */
export type CaseStart = z.infer<typeof caseStart>;
/** How a page begins, as it is written. */
export type CaseStartInput = z.input<typeof caseStart>;
