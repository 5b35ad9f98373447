/** Does something once all that was asked for before is over, and settles as it does. */
export type InTurn = <T>(act: () => Promise<T>) => Promise<T>;

/** A queue of one: acts run one after the other, in the order in which they were asked for; one that fails holds up none. */
export function turns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const turn = last.then(act);
    last = turn.catch(() => {});
    return turn;
  };
}
