/**
 * Milliseconds of processor time that this process spends while some work is done. Unlike the time of a clock, it
 * does not depend on what else the machine is doing. For bounds far above what is usual, which tell a parser
 * that takes quadratic time from one that does not.
 */
export async function processorTimeOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
