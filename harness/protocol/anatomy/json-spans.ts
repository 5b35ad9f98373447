import { ProtocolError } from "../protocol-error.ts";

/** A value of a JSON text, and how many bytes of UTF-8 it takes there. */
export type Span = ScalarSpan | ArraySpan | ObjectSpan;

/** A string, a number, `true`, `false` or `null`. */
export interface ScalarSpan {
  readonly kind: "scalar";
  /** As it is written: quotes and escapes included. */
  readonly text: string;
  readonly bytes: number;
}

/** An array. */
export interface ArraySpan {
  readonly kind: "array";
  readonly items: readonly Span[];
  readonly bytes: number;
}

/** An object. */
export interface ObjectSpan {
  readonly kind: "object";
  readonly members: ReadonlyMap<string, Span>;
  readonly bytes: number;
}

const SPACE = /[ \t\n\r]*/y;
const SCALAR = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null/y;

/** Far from the end of the stack. */
const DEEPEST = 512;

/**
 * Reads a JSON text that has been found valid before, white space and all. Of a key that an object has twice the last
 * value is kept, as `JSON.parse` does.
 *
 * @throws ProtocolError where it is not valid after all
 */
export function jsonSpans(text: string): Span {
  let at = 0;
  const fail = () => new ProtocolError("frame", "", `is no JSON at character ${at}`);
  const match = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const [found = ""] = pattern.exec(text) ?? [];
    at += found.length;
    return found;
  };
  const expect = (character: string): void => {
    if (text[at] !== character) throw fail();
    at += 1;
  };
  /** What stands between two brackets, separated by commas. */
  const within = (close: string, one: () => void): void => {
    at += 1;
    match(SPACE);
    if (text[at] !== close) {
      for (;;) {
        one();
        match(SPACE);
        if (text[at] !== ",") break;
        at += 1;
      }
    }
    expect(close);
  };
  const value = (depth: number): Span => {
    if (depth > DEEPEST) throw fail();
    match(SPACE);
    const start = at;
    switch (text[at]) {
      case "[": {
        const items: Span[] = [];
        within("]", () => items.push(value(depth + 1)));
        return { kind: "array", items, bytes: Buffer.byteLength(text.slice(start, at)) };
      }
      case "{": {
        const members = new Map<string, Span>();
        within("}", () => {
          match(SPACE);
          const key = match(SCALAR);
          if (!key.startsWith('"')) throw fail();
          match(SPACE);
          expect(":");
          members.set(JSON.parse(key), value(depth + 1));
        });
        return { kind: "object", members, bytes: Buffer.byteLength(text.slice(start, at)) };
      }
      default: {
        const scalar = match(SCALAR);
        if (scalar === "") throw fail();
        return { kind: "scalar", text: scalar, bytes: Buffer.byteLength(scalar) };
      }
    }
  };
  const whole = value(0);
  match(SPACE);
  if (at !== text.length) throw fail();
  return whole;
}

/** What a string stands for, without its quotes and escapes; undefined for anything else. */
export function stringOf(span: Span): string | undefined {
  return span.kind === "scalar" && span.text.startsWith('"') ? JSON.parse(span.text) : undefined;
}

/** A number's value; undefined for anything else. */
export function numberOf(span: Span | undefined): number | undefined {
  if (span?.kind !== "scalar") return undefined;
  const value: unknown = JSON.parse(span.text);
  return typeof value === "number" ? value : undefined;
}
