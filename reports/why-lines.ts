import type { Anatomy } from "../harness/core/anatomy.ts";
import { integer } from "./quantities.ts";
import type { Style } from "./style.ts";
import { type WhyNode, whyTree } from "./why-tree.ts";
import { visible, wrap } from "./wrap.ts";

/** How lines are shown. */
export interface LineStyle {
  readonly style: Style;
  /** The widest line, in characters. */
  readonly width: number;
}

/** How an anatomy is shown. */
export interface AnatomyLines extends LineStyle {
  /** What has a smaller share of the bytes is not told by itself. */
  readonly leastShare: number;
  /** Whether what is not told by itself is summed up in each slot, or once for the whole. */
  readonly rests: "of each" | "of all";
}

/** Bytes and their share, in front of each line of a tree. */
const FIGURES_WIDTH = 16;

/** An anatomy as a tree by slot, a line a slot: mean bytes of a frame, their share, and where that is. */
export function anatomyLines(anatomy: Anatomy, lines: AnatomyLines): string[] {
  return treeLines(whyTree(anatomy), anatomy, 0, lines);
}

/** What an anatomy suggests, each behind an arrow. */
export function hintLines(hints: readonly string[], { style, width }: LineStyle): string[] {
  return hints.flatMap((hint) =>
    wrap(hint, width - 4).map((line, at) => style.warn(`${at === 0 ? "  → " : "    "}${line}`)),
  );
}

function treeLines(nodes: readonly WhyNode[], anatomy: Anatomy, depth: number, tree: AnatomyLines): string[] {
  const { style, width, leastShare, rests } = tree;
  const below = nodes.filter(({ bytes }) => bytes < leastShare * anatomy.bytes);
  const isSummedUp = depth === 0 || rests === "of each";
  // One alone takes no more room by its name.
  const small = below.length === 1 && isSummedUp ? [] : below;
  const large = nodes.filter((node) => !small.includes(node));
  const rest = small.reduce((all, { bytes }) => all + bytes, 0);
  const indent = "  ".repeat(depth);
  const line = (bytes: number, label: string, what: string, again: number): string => {
    const figures =
      integer(bytes / anatomy.samples).padStart(9) +
      `${Math.round((100 * bytes) / anatomy.bytes)} %`.padStart(FIGURES_WIDTH - 9);
    const repeated =
      again === 0
        ? ""
        : again === bytes
          ? " (all of it again)"
          : ` (${integer(again / anatomy.samples)} again)`;
    const told = visible(`${indent}${label}${repeated}`);
    const room = width - figures.length - 2 - told.length - 2;
    const shown = room < 8 ? "" : shortened(visible(what), room);
    return `${figures}  ${shortened(told, width - figures.length - 2)}${shown === "" ? "" : `  ${style.dim(shown)}`}`;
  };
  return [
    ...large.flatMap(({ label, what, bytes, again, children }) => [
      line(bytes, label, what, children.length === 0 ? again : 0),
      ...treeLines(children, anatomy, depth + 1, tree),
    ]),
    ...(rest === 0 || !isSummedUp ? [] : [line(rest, `${small.length} smaller parts`, "", 0)]),
  ];
}

/** A text, or as much of it as there is room for. */
function shortened(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}
