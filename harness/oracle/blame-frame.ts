import type { Difference } from "./compare-lists.ts";
import type { ExpectedItem } from "./expected-window.ts";

/** Which frame has brought a difference about; or why none did. */
export type Blame =
  /** The frame's number, from 1. */
  { readonly kind: "frame"; readonly number: number } | { readonly kind: "none"; readonly why: string };

type List = readonly ExpectedItem[];

/**
 * Finds the frame since which a list has what is wrong with it: of the frames after which it had that, all to the end, the
 * first. What was wrong before the first frame, or is missing and never came, no frame has done.
 *
 * @param lists the list before the first frame, and after each: the last one is the list that differs
 */
export function blameFrame(difference: Difference, lists: readonly List[]): Blame {
  const isWrong = wrongness(difference);
  const lastRight = lists.findLastIndex((list) => !isWrong(list));
  if (lastRight !== -1 && lastRight < lists.length - 1) return { kind: "frame", number: lastRight + 1 };
  return { kind: "none", why: whyNone(difference, lists.length - 1) };
}

function wrongness(difference: Difference): (list: List) => boolean {
  const { id } = difference;
  const has = (list: List, wanted: string) => list.some((item) => item.id === wanted);
  switch (difference.kind) {
    case "missing":
      return (list) => !has(list, id);
    case "unexpected":
      return (list) => has(list, id);
    case "duplicate":
      return (list) => list.filter((item) => item.id === id).length > 1;
    case "out-of-order":
    case "reversed": {
      const { expected } = difference;
      return (list) => {
        const [at, wanted] = [id, expected].map((one) => list.findIndex((item) => item.id === one));
        return at !== undefined && wanted !== undefined && at !== -1 && wanted !== -1 && at < wanted;
      };
    }
    case "different": {
      const { part, got } = difference;
      return (list) => list.some((item) => item.id === id && item.fields[part] === got);
    }
    default:
      return difference satisfies never;
  }
}

function whyNone({ kind, id }: Difference, frames: number): string {
  const none = frames === 0 ? "no frame came, so none" : `none of the ${frames} frames`;
  switch (kind) {
    case "missing":
      return `${none} brought ${id}`;
    case "unexpected":
      return `${id} was there before, and ${none} took it away`;
    case "duplicate":
      return `${id} was there twice before`;
    case "out-of-order":
    case "reversed":
      return `${id} was in that place before`;
    case "different":
      return `${id} was so before, and ${none} changed it`;
    default:
      return kind satisfies never;
  }
}
