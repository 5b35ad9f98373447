export async function mountAgain(..._: unknown[]): Promise<void> {}
