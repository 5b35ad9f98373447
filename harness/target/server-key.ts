import { createHash } from "node:crypto";
import { isIP } from "node:net";
import { connect } from "node:tls";
import { messageOf, UsageError } from "../core/errors.ts";

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * The key that a server shows over TLS, once this process has found its certificate good: Chrome, which does not know
 * `tls.ca`, is told to trust that key. The SHA-256 of its SPKI, in base64. Null for a target without TLS.
 *
 * @throws UsageError `untrusted`
 */
export async function keyOfServer(origin: string): Promise<string | null> {
  const { protocol, hostname, port } = new URL(origin);
  if (protocol !== "https:") return null;
  const host = hostname.replace(/^\[(.*)\]$/u, "$1");
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect({
    host,
    port: Number(port || 443),
    timeout: CONNECT_TIMEOUT_MS,
    ...(isIP(host) === 0 && { servername: host }),
  });
  socket.once("secureConnect", () => {
    const key = socket.getPeerX509Certificate()?.publicKey.export({ type: "spki", format: "der" });
    if (key === undefined) reject(new Error("it shows no certificate"));
    else resolve(createHash("sha256").update(key).digest("base64"));
  });
  socket.once("timeout", () => reject(new Error(`no answer within ${CONNECT_TIMEOUT_MS / 1000} s`)));
  socket.once("error", reject);
  try {
    return await promise;
  } catch (cause) {
    // What the system says is not about certificates.
    if (cause instanceof Error && "syscall" in cause) {
      const message = `${origin} got no answer: ${messageOf(cause)}`;
      throw new UsageError(message, { code: "unreachable", cause });
    }
    const [why] = messageOf(cause).split(";");
    throw new UsageError(
      `${origin} is not trusted: ${why}; name the certificate of its authority as tls.ca in the file of --config`,
      { code: "untrusted", cause },
    );
  } finally {
    socket.destroy();
  }
}
