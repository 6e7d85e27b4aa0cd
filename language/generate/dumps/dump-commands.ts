/** How each engine is dumped to a file, and how the file is proved to be a whole one. */

export interface DumpCommands {
  /** Ending of the file. */
  readonly ending: string;
  /** Writes `$file` from the store at `$host` and `$port`. */
  readonly dump: string;
  /** Fails where `$file` does not read as a dump from its beginning to its end. */
  readonly check: string;
  /** What its tools read from the environment, for people. */
  readonly environment: string;
}

const mysql = (tool: string): DumpCommands => ({
  ending: 'sql.gz',
  dump: `${tool} --host="$host" --port="$port" --user="$MYSQL_USER" --single-transaction --routines --events --all-databases | gzip > "$file"`,
  // The last line is written when everything before it was.
  check: `gzip -dc "$file" | tail -n 1 | grep -q '^-- Dump completed'`,
  environment: 'MYSQL_USER, MYSQL_PWD',
});

const redis = (client: string, checker: string, variable: string): DumpCommands => ({
  ending: 'rdb',
  dump: `${client} -h "$host" -p "$port" --rdb "$file"`,
  check: `${checker} "$file"`,
  environment: variable,
});

const commands: Readonly<Record<string, DumpCommands>> = {
  postgres: {
    ending: 'dump',
    dump: 'pg_dump --host="$host" --port="$port" --format=custom --file="$file"',
    check: 'pg_restore --list "$file" > /dev/null',
    environment: 'PGUSER, PGPASSWORD, PGDATABASE',
  },
  mysql: mysql('mysqldump'),
  mariadb: mysql('mariadb-dump'),
  mongodb: {
    ending: 'archive.gz',
    dump: 'mongodump --host="$host" --port="$port" --username="$MONGODB_USER" --password="$MONGODB_PASSWORD" --gzip --archive="$file"',
    check:
      'mongorestore --host="$host" --port="$port" --username="$MONGODB_USER" --password="$MONGODB_PASSWORD" --gzip --archive="$file" --dryRun',
    environment: 'MONGODB_USER, MONGODB_PASSWORD',
  },
  redis: redis('redis-cli', 'redis-check-rdb', 'REDISCLI_AUTH'),
  valkey: redis('valkey-cli', 'valkey-check-rdb', 'VALKEYCLI_AUTH'),
  etcd: {
    ending: 'snapshot',
    dump: 'etcdctl --endpoints="http://$host:$port" snapshot save "$file"',
    check: 'etcdutl snapshot status "$file"',
    environment: 'ETCDCTL_USER, ETCDCTL_PASSWORD',
  },
};

/** Whether an engine has a tool that dumps it while it serves, so that a full backup need not copy its volume. */
export function dumpsEngine(engine: string | undefined): boolean {
  return engine !== undefined && Object.hasOwn(commands, engine);
}

/** The commands of an engine; undefined where it cannot be dumped. */
export function dumpCommands(engine: string | undefined): DumpCommands | undefined {
  return engine !== undefined && Object.hasOwn(commands, engine) ? commands[engine] : undefined;
}
