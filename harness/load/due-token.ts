import { type Micros, micros } from "../core/units.ts";

/** What a message's text carries, so that any receiver can tell when it was due and which one it is. */
export interface DueToken {
  /** Microseconds since the Unix epoch. */
  readonly dueUs: Micros;
  /** The number of the message in its run, from 0. */
  readonly sequence: number;
  /** How much later than due it was really begun, up to a minute: what is more is told as 60,466,175. */
  readonly lateUs: Micros;
}

/** Base 36 digits of the due time: enough until the year 2085. */
const TIME_DIGITS = 10;
/** Base 36 digits of the sequence: 1,679,616 messages. */
const SEQUENCE_DIGITS = 4;
/** Base 36 digits of the lateness: a minute. */
const LATE_DIGITS = 5;
/** More than this is told as this. */
const LATEST_US = 36 ** LATE_DIGITS - 1;
const TOKEN = new RegExp(
  `~([0-9a-z]{${TIME_DIGITS}})([0-9a-z]{${SEQUENCE_DIGITS}})([0-9a-z]{${LATE_DIGITS}})~`,
);

/** The characters of a token, always: so no byte count depends on the time or on how many there were. */
export const DUE_TOKEN_WIDTH = TIME_DIGITS + SEQUENCE_DIGITS + LATE_DIGITS + 2;

/**
 * The token as text, {@link DUE_TOKEN_WIDTH} ASCII characters: `~0abc...~`. It needs no escaping in HTML and
 * JSON, and its width in a URL-encoded form is fixed as well (`~` is `%7E` there, digits and letters are kept).
 *
 * @throws RangeError where a part does not fit
 */
export function encodeDueToken({ dueUs, sequence, lateUs }: DueToken): string {
  const late = digits(Math.max(0, Math.min(lateUs, LATEST_US)), LATE_DIGITS);
  return `~${digits(dueUs, TIME_DIGITS)}${digits(sequence, SEQUENCE_DIGITS)}${late}~`;
}

/** The first token in a text: a message's, or that of a whole frame. */
export function findDueToken(text: string): DueToken | undefined {
  const found = TOKEN.exec(text);
  if (!found?.[1] || !found[2] || !found[3]) return undefined;
  return {
    dueUs: micros(Number.parseInt(found[1], 36)),
    sequence: Number.parseInt(found[2], 36),
    lateUs: micros(Number.parseInt(found[3], 36)),
  };
}

function digits(value: number, width: number): string {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 36 ** width) {
    throw new RangeError(`${value} does not fit into ${width} base 36 digits`);
  }
  return value.toString(36).padStart(width, "0");
}
