import type { Failure } from "../harness/core/checks.ts";
import type { Style } from "./style.ts";
import { visible } from "./wrap.ts";

/** What goes before a place: a mark and its number, with spaces. */
const HEAD = 9;

/**
 * Two lists side by side, around the first place in which they differ, which is marked.
 *
 * @param width of a line, in characters
 */
export function sideBySide(
  around: NonNullable<Failure["around"]>,
  index: number | undefined,
  width: number,
  style: Style,
): string[] {
  const column = Math.floor((width - HEAD - 2) / 2);
  const line = (mark: string, place: string, expected: string, actual: string) =>
    `${mark} ${place.padStart(5)}  ${asMuchOf(expected, column).padEnd(column)}  ${asMuchOf(actual, column)}`.trimEnd();
  return [
    style.dim(line(" ", "", "expected", "actual")),
    ...around.map((place) => {
      const [expected, actual] = [place.expected ?? "(end)", place.actual ?? "(end)"];
      return line(place.index === index ? ">" : " ", String(place.index), visible(expected), visible(actual));
    }),
  ];
}

/** As much of a text as fits. */
function asMuchOf(text: string, columns: number): string {
  const characters = [...text];
  return characters.length <= columns ? text : `${characters.slice(0, columns - 1).join("")}…`;
}
