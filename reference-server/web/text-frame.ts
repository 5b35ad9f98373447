/** FIN, and the opcode of text. */
const TEXT = 0x81;
/** From here on, a length is told in two bytes behind one that says so; from {@link IN_EIGHT} on, in eight. */
const IN_TWO = 126;
const IN_EIGHT = 0x1_0000;
const TWO_FOLLOW = 126;
const EIGHT_FOLLOW = 127;

/** A text as a server's WebSocket frame: whole, neither masked nor compressed (RFC 6455, 5.2). */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const start = length < IN_TWO ? 2 : length < IN_EIGHT ? 4 : 10;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = TEXT;
  if (start === 2) frame[1] = length;
  else if (start === 4) {
    frame[1] = TWO_FOLLOW;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = EIGHT_FOLLOW;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, start, "utf8");
  return frame;
}
