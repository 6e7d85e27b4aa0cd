/** CPU time of this process so far, user and system, in milliseconds: on a shared machine it says more than the clock on the wall. */
export function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
