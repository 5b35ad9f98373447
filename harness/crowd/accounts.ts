import { type Account, type Accounts, accountAt, accountCount } from "../core/account.ts";
import { UsageError } from "../core/errors.ts";

/**
 * Whom the user or Chrome with this number logs in as: users first, then Chromes.
 *
 * @throws UsageError `too-few-accounts`
 */
export function accountOf(accounts: Accounts, number: number): Account {
  const account = accountAt(accounts, number);
  if (account !== undefined) return account;
  throw new UsageError(`there is no account ${number + 1}: there are ${accountCount(accounts)}`, {
    code: "too-few-accounts",
  });
}
