/** One exchange between this process and another: a message there and one back. All in microseconds. */
export interface ClockExchange {
  /** On this process' clock: when the question was sent, and when its answer came. */
  readonly sentUs: number;
  readonly answeredUs: number;
  /** On the other's: when the question came, and when its answer was sent. */
  readonly thereReceivedUs: number;
  readonly thereSentUs: number;
}

/** By how much another process' clock is ahead of this one's. */
export interface ClockOffset {
  /** To be taken from the other's times to have them on this clock; negative where the other is behind. */
  readonly offsetUs: number;
  /** The true offset differs from it by at most this. */
  readonly boundUs: number;
}

/**
 * The offset between two clocks, by NTP's formula (RFC 5905, section 8): the mean of what the way there and the way back
 * seem to have taken, which is exact where both took the same time, and at most half the round trip wrong. Of several
 * exchanges the one with the least round trip counts, since it leaves the least room.
 *
 * @throws RangeError without an exchange
 */
export function clockOffset(exchanges: readonly ClockExchange[]): ClockOffset {
  const [best] = exchanges
    .map(({ sentUs, answeredUs, thereReceivedUs, thereSentUs }) => ({
      offsetUs: (thereReceivedUs - sentUs + (thereSentUs - answeredUs)) / 2,
      roundTripUs: answeredUs - sentUs - (thereSentUs - thereReceivedUs),
    }))
    .toSorted((a, b) => a.roundTripUs - b.roundTripUs);
  if (best === undefined) throw new RangeError("the offset of a clock needs an exchange");
  return { offsetUs: best.offsetUs, boundUs: Math.max(0, best.roundTripUs) / 2 };
}
