import { readFileSync } from "node:fs";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { messageOf, UsageError } from "../core/errors.ts";

/**
 * Has all of this process's TLS connections from now on, HTTP and WebSocket, trust the certificates of a file besides.
 * Each process that connects has to be told.
 *
 * @param file certificates in PEM
 * @returns what undoes it
 * @throws UsageError `bad-ca`
 */
export function trustCertificates(file: string): () => void {
  const before = getCACertificates("default");
  try {
    setDefaultCACertificates([...before, readFileSync(file, "utf8")]);
  } catch (cause) {
    throw new UsageError(`${file} cannot be trusted: ${messageOf(cause)}; tls.ca wants certificates in PEM`, {
      code: "bad-ca",
      cause,
    });
  }
  return () => setDefaultCACertificates(before);
}
