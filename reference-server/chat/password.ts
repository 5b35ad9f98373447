import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

/** What a hash costs: 128 * 2^logN * r bytes of memory, p times. Source: RFC 7914. */
export interface ScryptCost {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/** The cost of people's passwords: 32 MiB three times. Source: OWASP Password Storage Cheat Sheet. */
export const PASSWORD_COST: ScryptCost = { logN: 15, r: 8, p: 3 };

const SALT_BYTES = 16;
const KEY_BYTES = 32;
const HASH = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;

/**
 * Hashes a password, with a salt of its own: `$scrypt$ln=15,r=8,p=3$<salt>$<key>`, in unpadded base64. The cost is in it,
 * so that a later one can be higher. Source: the PHC string format.
 */
export async function hashPassword(password: string, cost: ScryptCost = PASSWORD_COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await deriveKey(password, salt, cost);
  return `$scrypt$ln=${cost.logN},r=${cost.r},p=${cost.p}$${unpadded(salt)}$${unpadded(key)}`;
}

/**
 * Whether a password is the one that was hashed. Where there is no hash it is not; to find out takes as long as with one
 * of the usual cost, so that nobody can tell from the time whether there is such an account.
 *
 * @throws Error where the hash is none of {@link hashPassword}.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  if (hash === null) {
    await deriveKey(password, randomBytes(SALT_BYTES), PASSWORD_COST);
    return false;
  }
  const [, logN, r, p, salt = "", key = ""] = HASH.exec(hash) ?? [];
  const expected = Buffer.from(key, "base64");
  if (expected.length !== KEY_BYTES) throw new Error("a stored password hash cannot be read");
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
  return timingSafeEqual(await deriveKey(password, Buffer.from(salt, "base64"), cost), expected);
}

/** Keyboards write one letter in several ways: compatible ones are the same (NIST SP 800-63B, 5.1.1.2). */
function deriveKey(password: string, salt: Buffer, { logN, r, p }: ScryptCost): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** logN, r, p, maxmem: 256 * 2 ** logN * r };
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  scrypt(password.normalize("NFKC"), salt, KEY_BYTES, options, (error, key) =>
    error === null ? resolve(key) : reject(error),
  );
  return promise;
}

const unpadded = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "");
