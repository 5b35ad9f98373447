/** The formats of `bench compare`, as the command line knows them: apart from them, which take a while to be loaded. */
export const COMPARE_FORMAT_NAMES = ["text", "markdown", "json", "html"] as const;

/** One of {@link COMPARE_FORMAT_NAMES}. */
export type CompareFormatName = (typeof COMPARE_FORMAT_NAMES)[number];
