import fc from "fast-check";

/** An entry of a list, and of the list within it. */
export interface Item {
  readonly id: number;
  readonly text: string;
  readonly on: boolean;
  readonly children: readonly Item[];
}

/** What the random pages render. */
export interface PageAssigns {
  readonly title: string;
  readonly on: boolean;
  readonly user: { readonly name: string; readonly on: boolean };
  readonly items: readonly Item[];
  readonly others: readonly Item[];
}

/** Something that happens to a page: to its assigns, or to one of its live components. */
export type Operation =
  | { readonly kind: "assign"; readonly change: (assigns: PageAssigns) => Partial<PageAssigns> }
  | { readonly kind: "component"; readonly pick: number; readonly count: string }
  /** The client drops what it does not show any more: at once, or only when something else has happened. */
  | { readonly kind: "drop"; readonly late: boolean }
  /** All that may go is gone, and is there again before the client has dropped it. */
  | { readonly kind: "blink" };

/** A page without anything that may be gone. */
export const BARE: Partial<PageAssigns> = { on: false, user: { name: "", on: false }, items: [], others: [] };

const text = fc.oneof(fc.constantFrom("", "a", "<&\"'>", "ü 😀"), fc.string({ maxLength: 5 }));
const ids = fc.integer({ min: 1, max: 8 });

function itemArbitrary(depth: number): fc.Arbitrary<Item> {
  const children = depth === 0 ? fc.constant([]) : listArbitrary(depth - 1);
  return fc.record({ id: ids, text, on: fc.boolean(), children });
}

function listArbitrary(depth: number): fc.Arbitrary<readonly Item[]> {
  return fc.uniqueArray(itemArbitrary(depth), { selector: ({ id }) => id, maxLength: depth === 0 ? 3 : 5 });
}

/** What a page starts with. */
export const assignsArbitrary: fc.Arbitrary<PageAssigns> = fc.record({
  title: text,
  on: fc.boolean(),
  user: fc.record({ name: text, on: fc.boolean() }),
  items: listArbitrary(1),
  others: listArbitrary(1),
});

type Lists = "items" | "others";
type ListChange = (list: readonly Item[]) => readonly Item[];

/** Inserts, deletes, changes and moves, and lists that are replaced. */
const listChange: fc.Arbitrary<ListChange> = fc.oneof(
  fc.tuple(itemArbitrary(1), fc.nat(5)).map(([item, at]) => (list: readonly Item[]) => {
    const others = list.filter(({ id }) => id !== item.id);
    return [...others.slice(0, at), item, ...others.slice(at)];
  }),
  fc.nat(5).map((at) => (list: readonly Item[]) => list.toSpliced(at, 1)),
  fc.tuple(fc.nat(5), itemArbitrary(1)).map(
    ([at, item]) =>
      (list: readonly Item[]) =>
        list.map((known, index) => (index === at ? { ...item, id: known.id } : known)),
  ),
  fc.tuple(fc.nat(5), fc.nat(5)).map(([from, to]) => (list: readonly Item[]) => {
    const moved = list[from];
    return moved === undefined ? list : list.toSpliced(from, 1).toSpliced(to, 0, moved);
  }),
  listArbitrary(1).map((replaced) => () => replaced),
  fc.constant(() => []),
  fc.constant((list: readonly Item[]) => structuredClone(list)),
);

/** What may happen to a page. */
export const operationArbitrary: fc.Arbitrary<Operation> = fc.oneof(
  fc.tuple(fc.constantFrom<Lists>("items", "others"), listChange).map(([name, change]) => ({
    kind: "assign" as const,
    change: (assigns: PageAssigns) => ({ [name]: change(assigns[name]) }),
  })),
  fc
    .oneof(
      fc.record({ title: text }),
      fc.record({ on: fc.boolean() }),
      fc.record({ user: fc.record({ name: text, on: fc.boolean() }) }),
    )
    .map((values) => ({ kind: "assign" as const, change: () => values })),
  fc.record({
    kind: fc.constant("component" as const),
    pick: fc.nat(20),
    count: fc.nat(5).map(String),
  }),
  fc.record({ kind: fc.constant("drop" as const), late: fc.boolean() }),
  fc.record({ kind: fc.constant("blink" as const) }),
);
