export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Waits until a condition holds; false when it does not within `milliseconds`. */
export async function eventually(
  isSo: () => boolean | Promise<boolean>,
  milliseconds = 15_000,
): Promise<boolean> {
  for (const end = performance.now() + milliseconds; performance.now() < end; await pause(10)) {
    if (await isSo()) return true;
  }
  return isSo();
}
