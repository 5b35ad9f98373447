import { type Anatomy, type AnatomyPart, type AnatomyPartName, ROOT_SLOT } from "../harness/core/anatomy.ts";

/** Some of an operation's bytes, and where they went: all of a slot and what is within it, or one kind of them. */
export interface WhyNode {
  /** The way to the slot, or what the bytes are there for. */
  readonly label: string;
  /** Where that is written and what it is, or the markup in front of it; empty where nobody knows. */
  readonly what: string;
  readonly bytes: number;
  /** How many of them the page had already. */
  readonly again: number;
  /** Those with most first. */
  readonly children: readonly WhyNode[];
}

const WHOLE: Readonly<Partial<Record<AnatomyPartName, string>>> = {
  envelope: "envelope",
  events: "events",
  punctuation: "JSON punctuation",
  reply: "the event's answer",
  title: "title",
};

const WITHIN: Readonly<Record<AnatomyPartName, string>> = {
  ...(WHOLE as Record<AnatomyPartName, string>),
  dynamics: "value",
  entries: "count and moves of entries",
  statics: "statics",
  stream: "stream operations",
};

/**
 * The parts of an operation as a tree of the slots that they are in, and what is in no slot beside it. Slots that hold nothing but
 * one other are one with it.
 */
export function whyTree({ parts }: Anatomy): readonly WhyNode[] {
  const slots = new Branch("");
  const beside: WhyNode[] = [];
  for (const part of parts) {
    const { slot, bytes, again = 0 } = part;
    const whole = WHOLE[part.part];
    if (whole !== undefined) beside.push({ label: whole, what: slot ?? "", bytes, again, children: [] });
    else slots.at(slot === undefined || slot === ROOT_SLOT ? [] : slot.split(".")).parts.push(part);
  }
  const root = slots.parts.map((part) => leaf(part, ROOT_SLOT, ""));
  return sorted([...root, ...slots.nodes(""), ...beside]);
}

/** A slot, and those within it. */
class Branch {
  readonly path: string;
  readonly parts: AnatomyPart[] = [];
  readonly #inner = new Map<string, Branch>();

  constructor(path: string) {
    this.path = path;
  }

  at([first, ...rest]: readonly string[]): Branch {
    if (first === undefined) return this;
    const path = this.path === "" ? first : `${this.path}.${first}`;
    const inner = this.#inner.get(first) ?? new Branch(path);
    this.#inner.set(first, inner);
    return inner.at(rest);
  }

  /** The nodes of the slots within. @param file that their source is read beside */
  nodes(file: string): WhyNode[] {
    return [...this.#inner.values()].map((branch) => branch.#node(file));
  }

  #node(file: string): WhyNode {
    const [only, ...others] = this.#inner.values();
    if (only !== undefined && others.length === 0 && this.parts.length === 0) return only.#node(file);
    const [part] = this.parts;
    if (this.#inner.size === 0 && this.parts.length === 1 && part !== undefined)
      return leaf(part, part.part === "dynamics" ? this.path : `${this.path} ${WITHIN[part.part]}`, file);
    const template = this.parts.find((own) => own.part === "statics") ?? part;
    const own = fileOf(template);
    const children = [
      ...this.parts.map((part) => leaf(part, WITHIN[part.part], own || file)),
      ...this.nodes(own || file),
    ];
    return {
      label: this.path,
      what: whatOf(template, file),
      bytes: sum(children.map(({ bytes }) => bytes)),
      again: sum(children.map(({ again }) => again)),
      children: sorted(children),
    };
  }
}

function leaf(part: AnatomyPart, label: string, file: string): WhyNode {
  return { label, what: whatOf(part, file), bytes: part.bytes, again: part.again ?? 0, children: [] };
}

/** The source, without a file and line that stand beside it already; or the markup. */
function whatOf(part: AnatomyPart | undefined, file: string): string {
  const { source, near = "" } = part ?? {};
  if (source === undefined) return near;
  if (file !== "" && source === file) return near;
  return file !== "" && source.startsWith(`${file} `) ? source.slice(file.length + 1) : source;
}

const fileOf = (part: AnatomyPart | undefined): string => part?.source?.split(" ")[0] ?? "";

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

const sorted = (nodes: readonly WhyNode[]): WhyNode[] => nodes.toSorted((a, b) => b.bytes - a.bytes);
