import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { type AddressInfo, connect, type Socket } from "node:net";
import { join } from "node:path";
import { createServer } from "node:tls";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./bench.ts";

/** A server behind TLS. */
export interface TlsProxy {
  /** `https://localhost:1234` */
  readonly url: string;
  /** The file of the authority that has signed its certificate. */
  readonly ca: string;
}

/** Puts TLS before a server, with a certificate for `localhost` of an authority made for it. It ends with the test. */
export async function startTlsProxy(origin: string): Promise<TlsProxy> {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  const openssl = (...args: readonly string[]) =>
    execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const key = ["-newkey", "rsa:2048", "-nodes", "-days", "2"];
  openssl(
    "req",
    "-x509",
    ...key,
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-subj",
    "/CN=an authority of the tests",
  );
  const signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-addext", "subjectAltName=DNS:localhost"];
  const isLeaf = ["-addext", "basicConstraints=critical,CA:FALSE"];
  openssl(
    "req",
    "-x509",
    ...key,
    "-keyout",
    "site.key",
    "-out",
    "site.pem",
    "-subj",
    "/CN=localhost",
    ...signed,
    ...isLeaf,
  );

  const { hostname, port } = new URL(origin);
  const open = new Set<Socket>();
  const server = createServer({ key: readFileSync(at("site.key")), cert: readFileSync(at("site.pem")) });
  server.on("secureConnection", (outer) => {
    const inner = connect(Number(port), hostname);
    for (const [socket, other] of [
      [outer, inner],
      [inner, outer],
    ] as const) {
      open.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return { url: `https://localhost:${(server.address() as AddressInfo).port}`, ca: at("ca.pem") };
}
