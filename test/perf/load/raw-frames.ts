/** What a client's text frame takes on the wire. Masked with zeros, which changes nothing (RFC 6455, 5.3). */
export function clientFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const header =
    payload.length < 126 ? Buffer.from([0x81, 0x80 | payload.length]) : Buffer.from([0x81, 0x80 | 126, 0, 0]);
  if (payload.length > 0xffff) throw new Error("a frame of so much is not for this client");
  if (payload.length >= 126) header.writeUInt16BE(payload.length, 2);
  return Buffer.concat([header, Buffer.alloc(4), payload]);
}

/** Where a server's frame begins and ends, once its header is there (RFC 6455, 5.2). */
export function serverFrame(bytes: Buffer): { readonly start: number; readonly end: number } | undefined {
  const short = bytes.length < 2 ? undefined : (bytes[1] ?? 0) & 0x7f;
  if (short === undefined) return undefined;
  if (short < 126) return { start: 2, end: 2 + short };
  if (short === 126) return bytes.length < 4 ? undefined : { start: 4, end: 4 + bytes.readUInt16BE(2) };
  return bytes.length < 10 ? undefined : { start: 10, end: 10 + Number(bytes.readBigUInt64BE(2)) };
}
