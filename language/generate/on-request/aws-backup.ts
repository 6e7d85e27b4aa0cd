/** AWS Backup as CloudFormation: plans for what a provider manages, one template for each region it is taken in. */
import { sourceOf } from '../../model/fact.js';
import type { Backup, BackupSeries, Component, Region } from '../../model/model.js';
import { componentsByName } from '../../model/queries.js';
import type { Context } from '../context.js';
import { cronOf } from '../cron.js';
import { dnsLabel } from '../names.js';
import { cloudOf, hostRegion } from '../object-store.js';
import { sha256 } from '../sha256.js';
import { traced, type Yaml, type YamlObject } from '../yaml.js';

const day = 86_400;
/** The tag by which a plan finds what it backs up: its value is the store's name. */
const storeTag = 'drml.dev/store';

interface Planned {
  readonly component: Component;
  readonly backup: Backup;
}

/** The templates, by the name of their region. */
export function awsBackupTemplates(context: Context): readonly { readonly name: string; readonly body: YamlObject }[] {
  const planned = [...componentsByName(context.model)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, component]) =>
      component.data.managedBy?.value.manager === 'provider'
        ? component.data.backups.map((backup): Planned => ({ component, backup }))
        : [],
    );
  return [...context.model.regions]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((region) => {
      const here = planned.filter(({ component }) => cloudOf(region) === 'aws' && isServedFrom(component, region));
      return here.length === 0 ? [] : [{ name: context.names.region(region.name), body: template(context, region, here) }];
    });
}

function isServedFrom({ placements, hosts }: Component, region: Region): boolean {
  return (
    placements.some((placement) => placement.region === region.name && placement.role === 'active') ||
    (placements.length === 0 && hosts.some(({ name }) => name === region.name))
  );
}

/**
 * Roles and vaults elsewhere are parameters: the model has no ARNs. The own vault is locked for as long as the shortest copy of it is
 * kept, where the bucket or the backup says that nobody may delete it.
 */
function template(context: Context, region: Region, planned: readonly Planned[]): YamlObject {
  const copies = [...new Set(planned.flatMap(({ backup }) => backup.copies.map(({ bucket }) => bucket.name)))].sort();
  const locked = planned.filter(({ backup }) => backup.immutable !== undefined && backup.keeps !== undefined);
  const shortest = Math.min(...locked.map(({ backup }) => backup.keeps?.value ?? Number.POSITIVE_INFINITY));
  const resources: [string, YamlObject][] = [
    [
      'Vault',
      {
        Type: 'AWS::Backup::BackupVault',
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          BackupVaultName: dnsLabel(`${context.names.model}-${region.name}`, 50),
          LockConfiguration: locked.length === 0 ? undefined : { MinRetentionDays: Math.max(1, Math.floor(shortest / day)) },
        },
      },
    ],
    ...planned.flatMap(({ component, backup }) => plan(context, component, backup)),
  ];
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Backups of ${context.names.model} in ${region.name}. Tag what is to be backed up: ${storeTag} = the store's name.`,
    Parameters: {
      BackupRoleArn: { Type: 'String', Description: 'The role that AWS Backup takes backups with.' },
      ...Object.fromEntries(
        copies.map((bucket) => [
          vaultParameter(bucket),
          { Type: 'String', Description: `The backup vault that stands for ${bucket}, in its own region and account.` },
        ]),
      ),
    },
    Resources: Object.fromEntries(resources),
  };
}

function vaultParameter(bucket: string): string {
  return `${logicalId(bucket)}VaultArn`;
}

/** CloudFormation's names are letters and digits; what loses others gets digits of its hash. */
function logicalId(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  const plain = words.join('-') === name && /^[A-Z]/.test(joined);
  return plain && !/\d-\d|-\d/.test(name) ? joined : `Store${joined}${sha256(name).slice(0, 6)}`;
}

function plan(context: Context, component: Component, backup: Backup): readonly [string, YamlObject][] {
  const id = logicalId(`${component.name}-${backup.name}`);
  const rules = backup.series.flatMap((series) => (series.kind === 'log' ? [] : [rule(context, component, backup, series)]));
  if (rules.length === 0) return [];
  return [
    [
      `${id}Plan`,
      {
        Type: 'AWS::Backup::BackupPlan',
        Properties: {
          BackupPlan: {
            BackupPlanName: dnsLabel(`${context.names.component(component.name)}-${backup.name}`, 50),
            BackupPlanRule: rules,
          },
        },
      },
    ],
    [
      `${id}Selection`,
      {
        Type: 'AWS::Backup::BackupSelection',
        Properties: {
          BackupPlanId: { Ref: `${id}Plan` },
          BackupSelection: {
            SelectionName: dnsLabel(`${context.names.component(component.name)}-${backup.name}`, 50),
            IamRoleArn: { Ref: 'BackupRoleArn' },
            ListOfTags: [
              { ConditionType: 'STRINGEQUALS', ConditionKey: storeTag, ConditionValue: context.names.component(component.name) },
            ],
          },
        },
      },
    ],
  ];
}

function rule(context: Context, component: Component, backup: Backup, series: BackupSeries): YamlObject {
  const { timezone } = context.model.settings;
  const { fields, every } = cronOf(series, `${component.name} ${backup.name}`);
  const [minute, hour, , , weekday] = fields.split(' ');
  const lifecycle = keeps(backup);
  // Logs beside it are AWS Backup's continuous backup, which it keeps for 35 days at most.
  const continuous =
    backup.series.some(({ kind }) => kind === 'log') && (backup.keeps?.value ?? Number.POSITIVE_INFINITY) <= 35 * day;
  return {
    RuleName: series.kind,
    TargetBackupVault: { Ref: 'Vault' },
    // Its days of the week count from 1, and one of the two days has to be left open.
    ScheduleExpression: traced(
      weekday === '*' || weekday === undefined
        ? `cron(${minute} ${hour} * * ? *)`
        : `cron(${minute} ${hour} ? * ${Number(weekday) + 1} *)`,
      series.source,
    ),
    ScheduleExpressionTimezone: timezone === undefined ? undefined : traced(timezone.value, sourceOf(timezone)),
    StartWindowMinutes: 60,
    CompletionWindowMinutes: Math.max(120, Math.floor(every / 60)),
    EnableContinuousBackup: continuous ? true : undefined,
    Lifecycle: lifecycle,
    CopyActions: copies(context, backup, lifecycle),
  };
}

function keeps(backup: Backup): YamlObject | undefined {
  return backup.keeps === undefined
    ? undefined
    : { DeleteAfterDays: traced(Math.ceil(backup.keeps.value / day), sourceOf(backup.keeps)) };
}

function copies(context: Context, backup: Backup, lifecycle: YamlObject | undefined): readonly Yaml[] | undefined {
  if (backup.copies.length === 0) return undefined;
  const components = componentsByName(context.model);
  return backup.copies.map(({ bucket, source }) => {
    const component = components.get(bucket.name);
    const region = component === undefined ? undefined : hostRegion(context.model, component);
    const note = region === undefined ? undefined : `in ${region.name}`;
    return {
      DestinationBackupVaultArn: { Ref: traced(vaultParameter(bucket.name), source, note) },
      Lifecycle: lifecycle,
    };
  });
}
