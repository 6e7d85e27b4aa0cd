/** Addresses of Services in the environment of containers. */

/** Names of variables that hold addresses. */
const addressNames = /(^|_)(ADDR|ADDRESS|HOST|HOSTNAME|URL|URI|ENDPOINT|ENDPOINTS|SERVER|SERVERS|SERVICE|UPSTREAM|DSN)$/i;

/** What stands for this machine or for no host at all. */
const noHosts = /^(localhost|true|false|yes|no|none|null|http|https|tcp|udp|default|[0-9.]+)$/i;

/**
 * The host of the cluster that a variable of the environment names: `redis-cart` in `REDIS_ADDR: redis-cart:6379`; undefined where
 * the value is no such address. A name without dots needs a port or a scheme, so that plain words are not taken for hosts.
 */
export function serviceAddress(name: string, value: string): string | undefined {
  const parts =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^@/\s]*@)?([a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*)(?::(\d{1,5}))?(?:[/?].*)?$/.exec(
      value.trim(),
    );
  const [, scheme, host, port] = parts ?? [];
  if (host === undefined || noHosts.test(host)) return undefined;
  if (/\.svc(\.cluster\.local)?$/.test(host)) return host;
  // Other names with dots lead out of the cluster.
  if (host.includes('.') || (scheme === undefined && port === undefined)) return undefined;
  return scheme !== undefined || addressNames.test(name) ? host : undefined;
}
