/** What a variant is called where it is part of a file's name: `127.0.0.1-4000-rooms-1`. */
export const slugOf = (name: string): string => name.replaceAll(/[^\w.=-]+/g, "-");
