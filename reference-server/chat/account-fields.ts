import { z } from "zod";

const MIN_PASSWORD_LENGTH = 12;
const MAX_PASSWORD_LENGTH = 200;
/** RFC 5321, 4.5.3.1.3, less the angle brackets. */
const MAX_EMAIL_LENGTH = 254;

/** The nickname to go by: 2 to 32 letters, digits, dots, hyphens and underscores. */
export const userName = z
  .string()
  .trim()
  .normalize("NFC")
  .regex(/^[\p{L}\p{N}._-]{2,32}$/u, "a name has 2 to 32 letters, digits, dots, hyphens or underscores");

/** An e-mail address, in lower case. Whether it is his who gives it is not known: no mail is sent. */
export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(MAX_EMAIL_LENGTH, `an e-mail address has at most ${MAX_EMAIL_LENGTH} characters`)
  .pipe(z.email("this is not an e-mail address"));

/** A new password, of 12 to 200 characters. Source: NIST SP 800-63B, 5.1.1.2: long, and of any characters. */
export const newPassword = z
  .string()
  .refine(
    (text) => [...text].length >= MIN_PASSWORD_LENGTH,
    `a password has at least ${MIN_PASSWORD_LENGTH} characters`,
  )
  .refine(
    (text) => [...text].length <= MAX_PASSWORD_LENGTH,
    `a password has at most ${MAX_PASSWORD_LENGTH} characters`,
  );

/** A name as it is compared: neither case nor the form of a letter makes another name. */
export const nameKey = (name: string): string => name.normalize("NFKC").toLowerCase();

/** What is wrong with a value, in the first sentence that applies; undefined where nothing is. */
export function problemOf(schema: z.ZodType, value: unknown): string | undefined {
  return schema.safeParse(value).error?.issues[0]?.message;
}
