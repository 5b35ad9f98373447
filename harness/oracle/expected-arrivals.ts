import { claimOf, type Send, type Stint } from "./room-membership.ts";

/** Inserts of one lane as bits: those that must arrive at a receiver, and those that may. */
export interface ExpectedArrivals {
  readonly expected: Uint32Array;
  readonly uncertain: Uint32Array;
}

/** A send, and the bit that stands for it. */
export interface PlacedSend {
  readonly bit: number;
  readonly send: Send;
}

/** What was sent to one room. */
export interface RoomSends {
  readonly roomId: number;
  readonly sends: readonly PlacedSend[];
  readonly unacknowledged: readonly PlacedSend[];
  /** All that were acknowledged, as bits, and the time from the first of their starts to the last of their answers. */
  readonly acknowledged: Uint32Array;
  readonly firstStartUs: number;
  readonly lastAckUs: number;
}

/** Sends by room, for so many bits. */
export function sendsByRoom(places: readonly PlacedSend[], bits: number): RoomSends[] {
  return [...Map.groupBy(places, ({ send }) => send.roomId)].map(([roomId, sends]) => {
    const acknowledged = new Uint32Array(Math.ceil(bits / 32));
    let firstStartUs = Infinity;
    let lastAckUs = -Infinity;
    for (const { bit, send } of sends) {
      if (send.ackUs === null) continue;
      set(acknowledged, bit);
      firstStartUs = Math.min(firstStartUs, send.startUs);
      lastAckUs = Math.max(lastAckUs, send.ackUs);
    }
    const unacknowledged = sends.filter(({ send }) => send.ackUs === null);
    return { roomId, sends, unacknowledged, acknowledged, firstStartUs, lastAckUs };
  });
}

/** Writes what a receiver with these stays must and may get. One who was there all the time costs no look at each send. */
export function expectArrivals(
  stints: readonly Stint[],
  rooms: readonly RoomSends[],
  { expected, uncertain }: ExpectedArrivals,
): void {
  expected.fill(0);
  uncertain.fill(0);
  for (const room of rooms) {
    const here = stints.filter(({ roomId }) => roomId === room.roomId);
    if (here.length === 0) continue;
    const always = here.some(
      ({ joinedUs, leftUs }) => joinedUs <= room.firstStartUs && leftUs >= room.lastAckUs,
    );
    if (always) {
      for (let word = 0; word < expected.length; word += 1) {
        expected[word] = (expected[word] ?? 0) | (room.acknowledged[word] ?? 0);
      }
    }
    for (const { bit, send } of always ? room.unacknowledged : room.sends) {
      const claim = claimOf(here, send);
      if (claim === "expected") set(expected, bit);
      if (claim === "uncertain") set(uncertain, bit);
    }
  }
}

function set(words: Uint32Array, bit: number): void {
  words[bit >>> 5] = (words[bit >>> 5] ?? 0) | (1 << (bit & 31));
}
