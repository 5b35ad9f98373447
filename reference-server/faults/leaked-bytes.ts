/** What each connection leaves behind, headers of objects included. */
const LEAKED_BYTES = 10_240;
const WORD_BYTES = 8;
/** In words: of the object with its two fields, of the array in it, and of the array's elements. */
const HEADER_WORDS = 5 + 4 + 2;

interface Leak {
  readonly before: Leak | undefined;
  readonly words: readonly number[];
}

/** A leak of so many bytes of the JavaScript heap for each call. @returns a function that leaks */
export function leaking(): () => void {
  let last: Leak | undefined;
  return () => {
    const words = new Array<number>(LEAKED_BYTES / WORD_BYTES - HEADER_WORDS).fill(0);
    last = { before: last, words };
  };
}
