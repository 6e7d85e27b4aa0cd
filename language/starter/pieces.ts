/** Passages that several patterns share, as text of the language. */

/** A nightly full with logs between, kept in the vault and in the archive. That nobody has tried a restore of it is a fact of every new system. `rate`: how fast it is restored, with its unit. */
export function nightlyBackup(rate: string): string {
  return `  backup nightly {
    full every 1d at 02:00 takes 30m
    log every 5m
    copies to vault takes 20m
    copies to archive takes 20m
    keeps 35d
    restores at ${rate}
    accepts DR048 because "no restore was tried yet: try one before the first release"
  }`;
}

/** What one copy of the store is like: how often it fails, how much it holds, how soon bad data is noticed. */
export function storeFacts(mttr: string, size: string, changes: string): string {
  return `  mtbf 90d  mttr ${mttr}
  size ${size}  changes ${changes}
  corruption found within 30m`;
}

/** How a store elects within its home and moves to its standby. */
export function storeFailovers(home: string, election: string, standby: string, decision: string): string {
  return `  failover within ${home} {
    detect 10s  decide automatic  promote ${election}
    switch mesh  fenced
  }
  failover to ${standby} {
    detect 30s  hold 30s  decide ${decision}  promote 60s
    switch mesh  success 98%  fenced  failback 2h
  }`;
}

/** The buckets that keep the backups: one `away` under an account of its own, one at `home`, from where a restore is fast. */
export function vaults(away: string, home: string): string {
  return `bucket vault "Backup vault" in ${away} { account backups  locked 35d }
bucket archive "Backup archive" in ${home} { }`;
}

/** The journey with its promises, `objectives` one a line. */
export function journeyWithPromises(tier: number, objectives: readonly string[]): string {
  return `/** What users do, and what is promised to them. */
journey use "Use the service" tier ${tier} {
  requires edge, api
  objective {
${objectives.map((objective) => `    ${objective}\n`).join('')}  }
}`;
}
