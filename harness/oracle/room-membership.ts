import type { Micros } from "../core/units.ts";

/** Something that the harness itself saw of a receiver and a room. */
export interface MembershipEvent {
  /** The join was begun; it was answered; the leave was begun; it is over, and nothing can come any more. */
  readonly kind: "joining" | "joined" | "left" | "gone";
  readonly roomId: number;
  readonly atUs: Micros;
}

/** One stay of a receiver in a room. What has not happened is at infinity. */
export interface Stint {
  readonly roomId: number;
  /** From here on a message may come. The same as `joinedUs` where nobody told when the join was begun. */
  readonly begunUs: number;
  /** From here to `leftUs` every message must come. */
  readonly joinedUs: number;
  readonly leftUs: number;
  /** After this none may come. The same as `leftUs` where nobody told when the leave was over. */
  readonly goneUs: number;
}

/** A message to a room, as the one who sent it knows it. */
export interface Send {
  /** Its number in the run; see `DeliveryLedger` for which numbers there are. */
  readonly sequence: number;
  readonly roomId: number;
  /** When it was sent: not when it was due. */
  readonly startUs: Micros;
  /** When the server acknowledged it; null where it never did. */
  readonly ackUs: Micros | null;
}

const RANK = { joining: 0, joined: 1, left: 2, gone: 3 } as const;

/** The stays of one receiver, in whatever order the events were told. Rooms are told apart; each is in order. */
export function stintsOf(events: readonly MembershipEvent[]): Stint[] {
  const stints: { -readonly [Key in keyof Stint]: Stint[Key] }[] = [];
  for (const { kind, roomId, atUs } of events.toSorted(
    (a, b) => a.atUs - b.atUs || RANK[a.kind] - RANK[b.kind],
  )) {
    const last = stints.findLast((stint) => stint.roomId === roomId);
    const isIn = last !== undefined && last.leftUs === Infinity;
    switch (kind) {
      case "joining":
      case "joined":
        if (!isIn) {
          const joinedUs = kind === "joined" ? atUs : Infinity;
          stints.push({ roomId, begunUs: atUs, joinedUs, leftUs: Infinity, goneUs: Infinity });
        } else if (kind === "joined") {
          last.joinedUs = Math.min(last.joinedUs, atUs);
        }
        break;
      case "left":
        if (isIn) {
          last.leftUs = atUs;
          last.goneUs = atUs;
        }
        break;
      case "gone":
        if (last !== undefined) {
          last.leftUs = Math.min(last.leftUs, atUs);
          last.goneUs = Math.max(last.leftUs, atUs);
        }
        break;
      default:
        kind satisfies never;
    }
  }
  return stints;
}

/** The events that {@link stintsOf} makes these stays from. */
export function eventsOf(stints: readonly Stint[]): MembershipEvent[] {
  return stints.flatMap(({ roomId, begunUs, joinedUs, leftUs, goneUs }) =>
    (
      [
        ["joining", begunUs],
        ["joined", joinedUs],
        ["left", leftUs],
        ["gone", goneUs],
      ] as const
    ).flatMap(([kind, atUs]) => (atUs === Infinity ? [] : [{ kind, roomId, atUs: atUs as Micros }])),
  );
}

/**
 * Whether a message must come to a receiver with these stays in its room: `expected` where he had joined before it was
 * sent and did not begin to leave before it was acknowledged; `uncertain` where he came or went in between, or it
 * was never acknowledged; else `foreign`: it must not.
 */
export function claimOf(
  stints: readonly Stint[],
  { startUs, ackUs }: Send,
): "expected" | "uncertain" | "foreign" {
  const untilUs = ackUs ?? Infinity;
  if (ackUs !== null && stints.some((one) => one.joinedUs <= startUs && one.leftUs >= untilUs)) {
    return "expected";
  }
  return stints.some((one) => one.begunUs <= untilUs && one.goneUs >= startUs) ? "uncertain" : "foreign";
}
